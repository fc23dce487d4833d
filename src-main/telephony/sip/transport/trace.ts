import type { Clock } from '#shared/base/clock'
import type { TraceEntry } from '../user-agent'
import type { Endpoint } from './wire'

/**
 * The last messages, for the diagnostics bundle: enough to see what went wrong between seat and exchange, without who called or how to sign in as
 * the seat. Masking happens on the way in, so that nothing readable is ever kept.
 */
export interface SipTrace {
  record(direction: 'in' | 'out', bytes: Buffer, peer: Endpoint): void
  entries(): readonly TraceEntry[]
}

/** About a busy hour of a seat's signalling. */
const mostEntries = 500
const mostBytesEach = 4_096

export function createTrace(clock: Clock): SipTrace {
  const ring: TraceEntry[] = []
  return {
    record: (direction, bytes, peer) => {
      ring.push({
        at: clock.now(),
        direction,
        peer: `${peer.address}:${peer.port}`,
        text: maskMessage(bytes.toString('utf8', 0, mostBytesEach)),
      })
      if (ring.length > mostEntries) ring.shift()
    },
    entries: () => [...ring],
  }
}

/** Headers whose whole value is a secret or a citizen's data. */
const hidden = /^(Authorization|Proxy-Authorization|X-Case-No|User-to-User|Subject|Alert-Info|Call-Info)(\s*:\s*).*$/gim
/** Headers that name people. */
const naming =
  /^((?:From|f|To|t|Contact|m|P-Asserted-Identity|P-Preferred-Identity|P-Called-Party-Id|Remote-Party-ID|Diversion|History-Info|Refer-To|r|Referred-By|b|Reply-To)\s*:)(.*)$/gim

/** Keeps the shape of a message: numbers keep their last three digits, display names, secrets and SRTP keys go (RFC 3261 §22, RFC 4568 §7.1). */
export function maskMessage(text: string): string {
  return text
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/^([A-Z]+ )(\S+)( SIP\/2\.0)$/m, (_, method: string, uri: string, end: string) => method + maskUris(uri) + end)
    .replace(hidden, '$1$2•••')
    .replace(
      naming,
      (_, name: string, value: string) =>
        name + maskUris(value.replace(/"(?:[^"\\]|\\.)*"/g, '"•••"').replace(/^(\s*)[^"<:]+(?=<)/, '$1••• ')),
    )
    .replace(/(inline:)[^|\s]+/g, '$1•••')
    .replace(/^(a=key-mgmt:|k=).*$/gim, '$1•••')
}

function maskUris(text: string): string {
  return text
    .replace(/(sips?:)([^@>;\s]+)(?=@)/gi, (_, scheme: string, user: string) => scheme + maskNumber(user))
    .replace(/(tel:)([^>;\s]+)/gi, (_, scheme: string, number: string) => scheme + maskNumber(number))
}

/** Short numbers are extensions and services, not people. */
function maskNumber(number: string): string {
  return number.length > 6 ? `•••${number.slice(-3)}` : number
}
