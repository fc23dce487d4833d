import { type Header, listHeader, type SipResponse } from '../message/sip-message'
import { readParameters } from '../message/split'

/** One Digest challenge of a 401 or 407 (RFC 3261 §22, RFC 7616 as RFC 8760 brings it to SIP). */
export interface Challenge {
  /** `www`: answered in Authorization; `proxy`: in Proxy-Authorization. */
  readonly from: 'www' | 'proxy'
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | null
  readonly algorithm: string | null
  /** As offered, in lower case; empty for RFC 2069. */
  readonly qop: readonly string[]
  readonly isStale: boolean
}

/** Every Digest challenge of a response, in the order of the server's preference. Other schemes and broken ones are left out. */
export function readChallenges(response: SipResponse): readonly Challenge[] {
  return [...ofHeader(response, 'www-authenticate', 'www'), ...ofHeader(response, 'proxy-authenticate', 'proxy')]
}

function ofHeader(response: { readonly headers: readonly Header[] }, name: string, from: Challenge['from']): Challenge[] {
  // A comma separates parameters and challenges alike: a part that begins with a scheme and a space opens the next challenge.
  const groups: string[][] = []
  for (const part of listHeader(response, name)) {
    const scheme = /^([A-Za-z][\w-]*)[ \t]+(?=\S+[ \t]*=|$)(.*)$/.exec(part)
    if (scheme?.[1]) groups.push([scheme[1].toLowerCase(), scheme[2] ?? ''])
    else groups.at(-1)?.push(part)
  }
  return groups.flatMap(([scheme, ...parts]) => {
    const { realm, nonce, opaque, algorithm, qop, stale } = readParameters(parts)
    if (scheme !== 'digest' || typeof realm !== 'string' || typeof nonce !== 'string') return []
    const offered =
      typeof qop === 'string'
        ? qop
            .toLowerCase()
            .split(/[\s,]+/)
            .filter(Boolean)
        : []
    return [
      { from, realm, nonce, opaque: opaque ?? null, algorithm: algorithm ?? null, qop: offered, isStale: stale?.toLowerCase() === 'true' },
    ]
  })
}
