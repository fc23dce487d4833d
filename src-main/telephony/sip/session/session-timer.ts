import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import { type Header, hasToken, header, headersOf } from '../message/sip-message'
import { readParameters, splitOutside } from '../message/split'

/** Session timers (RFC 4028) as pure decisions: what to ask for, what to agree to, and when to act. */
export interface SessionTimer {
  readonly intervalS: number
  readonly refresher: 'here' | 'peer'
}

/** RFC 4028 §4: nobody may be made to refresh more often. */
export const leastIntervalS = 90

interface Asked {
  readonly intervalS: number
  readonly refresher: 'uac' | 'uas' | null
}

type Message = { readonly headers: readonly Header[] }

export function readSessionExpires(message: Message): Asked | null {
  const [seconds = '', ...parameters] = splitOutside(header(message, 'session-expires') ?? '', ';')
  if (!/^\d{1,9}$/.test(seconds)) return null
  const { refresher } = readParameters(parameters)
  return { intervalS: Number(seconds), refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null }
}

/** In our INVITE and refreshes (§7.1). `current` keeps the roles of a running session (§7.4). */
export function timerRequest(
  profile: Pick<ExchangeProfile, 'sessionTimerS'>,
  current: SessionTimer | null,
  leastS = leastIntervalS,
): Header[] {
  const intervalS = current?.intervalS ?? profile.sessionTimerS
  if (intervalS === 0) return []
  const role = current ? `;refresher=${current.refresher === 'here' ? 'uac' : 'uas'}` : ''
  return headersOf([
    ['session-expires', `${Math.max(intervalS, leastS)}${role}`],
    ['min-se', String(leastS)],
  ])
}

/** §8: an interval below ours is refused with 422 and our Min-SE; only a caller that knows the extension can take it (§9). */
export function isTooShort(request: Message): boolean {
  const asked = readSessionExpires(request)
  return asked !== null && asked.intervalS < leastIntervalS && hasToken(request, 'supported', 'timer')
}

/** As UAS (§9): what goes into the 2xx, and what then holds. */
export function timerAnswer(
  request: Message,
  profile: Pick<ExchangeProfile, 'sessionTimerS'>,
): { readonly timer: SessionTimer | null; readonly headers: Header[] } {
  const asked = readSessionExpires(request)
  const peerKnows = hasToken(request, 'supported', 'timer')
  if (!asked && (profile.sessionTimerS === 0 || !peerKnows)) return { timer: null, headers: [] }
  const intervalS = Math.max(asked?.intervalS ?? profile.sessionTimerS, leastIntervalS)
  // §9, table 2: without the caller's support it can only be us; without its wish we leave the work to the side that asked.
  const refresher = peerKnows ? (asked?.refresher ?? 'uac') : 'uas'
  const headers = headersOf([
    ['session-expires', `${intervalS};refresher=${refresher}`],
    ['require', peerKnows && refresher === 'uac' ? 'timer' : null],
  ])
  return { timer: { intervalS, refresher: refresher === 'uas' ? 'here' : 'peer' }, headers }
}

/** As UAC (§7.2): what the 2xx says holds; a peer that does not know timers leaves the refreshing to us, when we asked. */
export function timerOfResponse(response: Message, asked: readonly Header[]): SessionTimer | null {
  const said = readSessionExpires(response)
  if (said) return { intervalS: Math.max(said.intervalS, leastIntervalS), refresher: said.refresher === 'uas' ? 'peer' : 'here' }
  const own = readSessionExpires({ headers: asked })
  return own ? { intervalS: own.intervalS, refresher: 'here' } : null
}

/** §10: the refresher acts at half the interval; the other side gives up a little before the end, so that both agree that it is over. */
export function actAfterMs({ intervalS, refresher }: SessionTimer): number {
  return 1_000 * (refresher === 'here' ? intervalS / 2 : intervalS - Math.min(32, Math.floor(intervalS / 3)))
}
