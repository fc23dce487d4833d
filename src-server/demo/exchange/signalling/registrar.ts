import { parseNameAddress } from '#main/telephony/sip/message/name-address'
import { type Header, header, headersOf, listHeader, type ReceivedRequest } from '#main/telephony/sip/message/sip-message'
import { isSameTarget, parseUri } from '#main/telephony/sip/message/uri'
import type { Endpoint } from '#main/telephony/sip/transport/wire'
import type { Clock, EpochMs } from '#shared/base/clock'

/**
 * Where each extension is now (RFC 3261 §10.3). One telephone each: the last to register is rung. Who may register is decided before; nothing is
 * kept beyond the process, so telephones find a restarted exchange at their next refresh.
 */
export interface Registrar {
  receive(
    request: ReceivedRequest,
    account: string,
    source: Endpoint,
    protocol: Protocol,
  ): { readonly status: number; readonly headers: readonly Header[] }
  find(account: string): Binding | null
  /** Every account that is there now. */
  accounts(): readonly string[]
}

export type Protocol = 'UDP' | 'TCP'

export interface Binding {
  readonly contact: string
  /** Where the registration came from: over TCP the connection, behind a translator of addresses the only way back. */
  readonly source: Endpoint
  readonly protocol: Protocol
  readonly until: EpochMs
  /** What kind of telephone it says it is (User-Agent). */
  readonly product: string
}

const usualS = 120
const longestS = 600

export function createRegistrar(clock: Clock, onChanged: () => void): Registrar {
  const bindings = new Map<string, Binding>()
  const find = (account: string): Binding | null => {
    const binding = bindings.get(account)
    if (binding && binding.until > clock.now()) return binding
    bindings.delete(account)
    return null
  }
  const change = (account: string, binding: Binding | null): void => {
    const was = find(account)
    if (binding) bindings.set(account, binding)
    else bindings.delete(account)
    if ((was === null) !== (binding === null)) onChanged()
  }
  return {
    find,
    accounts: () => [...bindings.keys()].filter((account) => find(account) !== null),
    receive: (request, account, source, protocol) => {
      const contacts = listHeader(request, 'contact')
      for (const value of contacts) {
        const given = value === '*' ? null : parseNameAddress(value)
        const uri = given && parseUri(given.uri)
        const seconds = Number(given?.parameters.expires ?? header(request, 'expires') ?? usualS)
        if (value !== '*' && (!uri?.user || !Number.isInteger(seconds) || seconds < 0)) return { status: 400, headers: [] }
        const current = find(account)
        if (uri && seconds > 0) {
          const until = clock.now() + Math.min(seconds, longestS) * 1_000
          change(account, { contact: uri.text, source, protocol, until, product: header(request, 'user-agent') ?? '' })
        } else if (current && (!uri || isOf(current, uri.text))) change(account, null)
      }
      const now = find(account)
      const left = now ? Math.ceil((now.until - clock.now()) / 1_000) : 0
      return { status: 200, headers: headersOf([['contact', now ? `<${now.contact}>;expires=${left}` : null]]) }
    },
  }
}

/** An old process that says goodbye late must not take the new one's place away. */
function isOf({ contact }: Binding, other: string): boolean {
  const [one, two] = [parseUri(contact), parseUri(other)]
  return one !== null && two !== null && isSameTarget(one, two)
}
