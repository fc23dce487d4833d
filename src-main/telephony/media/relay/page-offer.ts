/**
 * What of a page's offer is used: SDP with only those candidates that lie on this machine. A page can name any address as its own; speech of the
 * city's callers must not follow it there, and a name under `.local` would be asked for in the whole network (RFC 8828). Pure.
 */
export interface PageOffer {
  readonly sdp: string
  /** The page's browser takes loopback: then nothing else is used, and a network card that goes away takes no call with it. */
  readonly hasLoopback: boolean
}

const longest = 65_536

/** Null: no offer of speech with A-law. */
export function readPageOffer(sdp: string, ownAddresses: readonly string[]): PageOffer | null {
  if (sdp.length > longest || !/^v=0\r?\n/.test(sdp)) return null
  const lines = sdp.split(/\r?\n/)
  if (lines.filter((line) => line.startsWith('m=')).length !== 1 || !/^m=audio /m.test(sdp)) return null
  if (!/^a=rtpmap:\d+ PCMA\/8000/im.test(sdp) || !/^a=fingerprint:/m.test(sdp)) return null
  const candidates = lines.flatMap((line) => candidateAddress(line) ?? [])
  const hasLoopback = candidates.includes('127.0.0.1')
  const allowed = new Set(hasLoopback ? ['127.0.0.1'] : ownAddresses)
  const kept = lines.filter((line) => {
    const address = candidateAddress(line)
    return address === null || allowed.has(address)
  })
  return { sdp: kept.join('\r\n'), hasLoopback }
}

/** RFC 8839 §5.1; null: not a candidate line. A TCP candidate is none that is used. */
function candidateAddress(line: string): string | null {
  if (!line.startsWith('a=candidate:')) return null
  const [, , transport = '', , address = ''] = line.slice('a=candidate:'.length).split(' ')
  return transport.toLowerCase() === 'udp' ? address : ''
}
