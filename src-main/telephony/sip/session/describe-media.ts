import { parse, type SessionDescription, write } from 'sdp-transform'
import { err, ok, type Result } from '#shared/base/result'
import type { AudioCodec, LocalMedia, MediaDirection, NegotiatedMedia, SrtpKey } from '../media-session'

/**
 * Offers and answers (RFC 3264) between values: the media end of this seat on one side, SDP text on the other. One audio stream is spoken; every
 * other stream of an offer is refused in its place, as §6 wants.
 */
export interface DescriptionId {
  readonly sessionId: string
  /** Grows with every change (RFC 3264 §8). */
  readonly version: number
}

/** The peer's description, as far as it concerns speech. */
export interface RemoteDescription {
  /** Port 0 refuses the stream. */
  readonly address: string
  readonly port: number
  readonly rtcpPort: number
  readonly protocol: string
  readonly codecs: readonly AudioCodec[]
  readonly telephoneEvent: number | null
  readonly direction: MediaDirection
  readonly packetMs: number | null
  readonly crypto: readonly SrtpKey[]
  /** Place of the audio stream among all streams, and those as they came, for the answer. */
  readonly index: number
  readonly streams: readonly { readonly type: string; readonly protocol: string; readonly payloads: string }[]
}

export type DescriptionFailure = 'unreadable' | 'noAudio' | 'noCommonCodec' | 'noCommonSecurity'

const mostSdpLength = 16_384
const mostStreams = 16

/** RFC 3551 §6: what these payload types mean without an rtpmap. */
const staticCodecs: Readonly<Record<number, { readonly name: string; readonly clockRate: number }>> = {
  0: { name: 'PCMU', clockRate: 8_000 },
  3: { name: 'GSM', clockRate: 8_000 },
  8: { name: 'PCMA', clockRate: 8_000 },
  9: { name: 'G722', clockRate: 8_000 },
  18: { name: 'G729', clockRate: 8_000 },
}

export function readDescription(text: string): Result<RemoteDescription, DescriptionFailure> {
  if (text.length > mostSdpLength || !/^v=0\s/m.test(text)) return err('unreadable')
  let session: SessionDescription
  try {
    session = parse(text)
  } catch {
    return err('unreadable')
  }
  const { media } = session
  if (!Array.isArray(media) || media.length === 0 || media.length > mostStreams) return err('unreadable')
  const isSpeech = (one: SessionDescription['media'][number]) =>
    one.type === 'audio' && /^(UDP\/TLS\/)?RTP\/S?AVPF?$/.test(one.protocol ?? '')
  const live = media.findIndex((one) => isSpeech(one) && one.port > 0)
  const index = live >= 0 ? live : media.findIndex(isSpeech)
  const audio = media[index]
  if (!audio) return err('noAudio')
  const address = audio.connection?.ip ?? session.connection?.ip
  if (!address || !isPort(audio.port)) return err('unreadable')
  const payloads = payloadsOf(audio.payloads)
  const rates = new Map((audio.rtp ?? []).map((one) => [one.payload, one]))
  const parametersOf = new Map((audio.fmtp ?? []).map((one) => [one.payload, one.config]))
  const known = payloads.flatMap((payloadType): AudioCodec[] => {
    const mapped = rates.get(payloadType)
    const name = mapped?.codec.toUpperCase() ?? staticCodecs[payloadType]?.name
    const parameters = parametersOf.get(payloadType)
    if (!name) return []
    const clockRate = mapped?.rate ?? staticCodecs[payloadType]?.clockRate ?? 8_000
    return [{ name, clockRate, payloadType, ...(parameters !== undefined && { parameters }) }]
  })
  const isZero = address === '0.0.0.0' || address === '::'
  const direction = asDirection(audio.direction) ?? asDirection(session.direction) ?? 'sendrecv'
  return ok({
    address: isZero ? '0.0.0.0' : address,
    port: audio.port,
    rtcpPort: audio.rtcpMux ? audio.port : (audio.rtcp?.port ?? audio.port + 1),
    protocol: audio.protocol,
    codecs: known.filter(({ name }) => name !== 'TELEPHONE-EVENT'),
    telephoneEvent: known.find(({ name, clockRate }) => name === 'TELEPHONE-EVENT' && clockRate === 8_000)?.payloadType ?? null,
    // RFC 3264 §8.4: RFC 2543's way of putting on hold.
    direction: isZero && direction === 'sendrecv' ? 'sendonly' : direction,
    packetMs: typeof audio.ptime === 'number' && audio.ptime >= 10 && audio.ptime <= 120 ? audio.ptime : null,
    crypto: (audio.crypto ?? []).flatMap(readKey),
    index,
    streams: media.map(({ type, protocol, payloads: list }) => ({ type, protocol, payloads: list ?? '0' })),
  })
}

/** Our offer: everything that this end can do. */
export function writeOffer(local: LocalMedia, id: DescriptionId, direction: MediaDirection): string {
  const keys = local.srtp.use === 'off' ? [] : local.srtp.keys
  const stream = streamOf(
    local,
    local.codecs,
    local.telephoneEvent,
    direction,
    keys,
    local.srtp.use === 'required' ? 'RTP/SAVP' : 'RTP/AVP',
  )
  return writeSession(local, id, [stream])
}

/**
 * The answer to an offer, and what both have agreed on by it. `wanted` is what this end would like; what the offer allows decides (RFC 3264 §6.1).
 * Our order of codecs counts, so that A-law stays A-law; the payload numbers are the offerer's.
 */
export function answerOffer(
  offer: RemoteDescription,
  local: LocalMedia,
  id: DescriptionId,
  wanted: MediaDirection,
): Result<{ readonly text: string; readonly media: NegotiatedMedia }, DescriptionFailure> {
  if (offer.port === 0) return err('noAudio')
  const codec = commonCodec(local.codecs, offer.codecs)
  if (!codec) return err('noCommonCodec')
  const security = commonSecurity(offer, local)
  if (!security.ok) return security
  const direction = meet(wanted, mirrored(offer.direction))
  const event = local.telephoneEvent === null ? null : offer.telephoneEvent
  const agreed: AudioCodec = { ...codec.local, payloadType: codec.remote.payloadType }
  const stream = streamOf(local, [agreed], event, direction, security.value ? [security.value.answered] : [], offer.protocol)
  const streams = offer.streams.map((one, at) => (at === offer.index ? stream : refused(one)))
  const srtp = security.value && { local: security.value.answered, remote: security.value.remote }
  const media = negotiated(offer, agreed, agreed.payloadType, event, event, direction, local.packetMs, srtp)
  return ok({ text: writeSession(local, id, streams), media })
}

/** What was agreed by the peer's answer to our offer. */
export function readAnswer(
  answer: RemoteDescription,
  local: LocalMedia,
  offered: MediaDirection,
): Result<NegotiatedMedia, DescriptionFailure> {
  if (answer.port === 0) return err('noAudio')
  const remote = answer.codecs.find((one) => local.codecs.some((own) => isSameCodec(own, one)))
  const own = remote && local.codecs.find((one) => isSameCodec(one, remote))
  if (!remote || !own) return err('noCommonCodec')
  const chosen =
    local.srtp.use === 'off'
      ? undefined
      : answer.crypto.find((one) => local.srtp.keys.some((key) => key.tag === one.tag && key.suite === one.suite))
  const ownKey = chosen && local.srtp.keys.find((key) => key.tag === chosen.tag)
  if (!chosen && (local.srtp.use === 'required' || answer.protocol.includes('SAVP'))) return err('noCommonSecurity')
  const srtp = chosen && ownKey ? { local: ownKey, remote: chosen } : null
  const direction = meet(offered, mirrored(answer.direction))
  const event = local.telephoneEvent === null ? null : answer.telephoneEvent
  const codec = { ...own, payloadType: remote.payloadType }
  return ok(
    negotiated(answer, codec, own.payloadType, event, event === null ? null : local.telephoneEvent, direction, local.packetMs, srtp),
  )
}

/** What the other end of a stream with this direction does. */
export function mirrored(direction: MediaDirection): MediaDirection {
  return direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction
}

/** Sends only if both would, receives only if both would. */
export function meet(a: MediaDirection, b: MediaDirection): MediaDirection {
  const sends = sendsIn(a) && sendsIn(b)
  const receives = receivesIn(a) && receivesIn(b)
  return sends ? (receives ? 'sendrecv' : 'sendonly') : receives ? 'recvonly' : 'inactive'
}

export function sendsIn(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'sendonly'
}

export function receivesIn(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly'
}

function negotiated(
  peer: RemoteDescription,
  codec: AudioCodec,
  receivePayloadType: number,
  telephoneEvent: number | null,
  receiveTelephoneEvent: number | null,
  direction: MediaDirection,
  packetMs: number,
  srtp: NegotiatedMedia['srtp'],
): NegotiatedMedia {
  return {
    remote: peer.address === '0.0.0.0' ? null : { address: peer.address, port: peer.port, rtcpPort: peer.rtcpPort },
    codec,
    receivePayloadType,
    telephoneEvent,
    receiveTelephoneEvent,
    direction,
    packetMs: peer.packetMs ?? packetMs,
    srtp,
  }
}

function commonCodec(local: readonly AudioCodec[], remote: readonly AudioCodec[]) {
  for (const own of local) {
    const same = remote.find((one) => isSameCodec(own, one))
    if (same) return { local: own, remote: same }
  }
  return null
}

function isSameCodec(a: AudioCodec, b: AudioCodec): boolean {
  return a.name === b.name && a.clockRate === b.clockRate
}

/** RFC 4568 §7.2: the answer repeats the tag of what it takes, with a key of its own. Null: plain RTP. */
function commonSecurity(
  offer: RemoteDescription,
  local: LocalMedia,
): Result<{ answered: SrtpKey; remote: SrtpKey } | null, DescriptionFailure> {
  const isDemanded = offer.protocol.includes('SAVP')
  const found = local.srtp.use === 'off' ? undefined : offer.crypto.find((one) => local.srtp.keys.some((key) => key.suite === one.suite))
  const key = found && local.srtp.keys.find((one) => one.suite === found.suite)
  if (found && key) return ok({ answered: { ...key, tag: found.tag }, remote: found })
  return isDemanded || local.srtp.use === 'required' ? err('noCommonSecurity') : ok(null)
}

type Stream = SessionDescription['media'][number]

function streamOf(
  local: LocalMedia,
  codecs: readonly AudioCodec[],
  event: number | null,
  direction: MediaDirection,
  keys: readonly SrtpKey[],
  protocol: string,
): Stream {
  const payloads = [...codecs.map(({ payloadType }) => payloadType), ...(event === null ? [] : [event])]
  return {
    type: 'audio',
    port: local.port,
    protocol,
    payloads: payloads.join(' '),
    rtp: [
      ...codecs.map(({ payloadType, name, clockRate }) => ({ payload: payloadType, codec: name, rate: clockRate })),
      ...(event === null ? [] : [{ payload: event, codec: 'telephone-event', rate: 8_000 }]),
    ],
    fmtp: [
      ...codecs.flatMap(({ payloadType, parameters }) => (parameters ? [{ payload: payloadType, config: parameters }] : [])),
      // RFC 4733 §2.4.1: the sixteen keys of a telephone.
      ...(event === null ? [] : [{ payload: event, config: '0-15' }]),
    ],
    ptime: local.packetMs,
    direction,
    ...(keys.length > 0 && { crypto: keys.map(({ tag, suite, keySalt }) => ({ id: tag, suite, config: `inline:${keySalt}` })) }),
  }
}

/** RFC 3264 §6: a stream that is not taken stays in its place with port 0. */
function refused({ type, protocol, payloads }: RemoteDescription['streams'][number]): Stream {
  return { type, port: 0, protocol, payloads, rtp: [], fmtp: [] }
}

function writeSession(local: LocalMedia, { sessionId, version }: DescriptionId, media: Stream[]): string {
  const family = local.address.includes(':') ? 6 : 4
  return write({
    version: 0,
    origin: { username: '-', sessionId, sessionVersion: version, netType: 'IN', ipVer: family, address: local.address },
    name: '-',
    connection: { version: family, ip: local.address },
    timing: { start: 0, stop: 0 },
    media,
  })
}

function readKey({ id, suite, config }: { id: number; suite: string; config: string }): SrtpKey[] {
  // RFC 4568 §6.1: lifetime and MKI may follow; a key with an MKI changes under way, which nobody here does.
  const [keySalt = '', ...rest] = /^inline:(.*)$/.exec(config)?.[1]?.split('|') ?? []
  return /^[A-Za-z0-9+/]{16,128}={0,2}$/.test(keySalt) && !rest.some((one) => one.includes(':')) ? [{ tag: id, suite, keySalt }] : []
}

function payloadsOf(list: string | undefined): number[] {
  return String(list ?? '')
    .split(' ')
    .filter((one) => /^\d{1,3}$/.test(one) && Number(one) < 128)
    .map(Number)
}

function asDirection(value: unknown): MediaDirection | null {
  return value === 'sendrecv' || value === 'sendonly' || value === 'recvonly' || value === 'inactive' ? value : null
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 65_536
}
