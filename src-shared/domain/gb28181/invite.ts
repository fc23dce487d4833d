import { err, ok, type Result } from '../../base/result'

/**
 * The description of a live picture in INVITE and its answer (GB/T 28181-2016 §9.2, annex F): SDP with two lines of the standard's own, `y=` the SSRC
 * that the stream is to carry and `f=` what is asked of it.
 */
export interface LiveOffer {
  /** Code of the channel. */
  readonly channelId: string
  /** Where the gateway receives. */
  readonly address: string
  readonly port: number
  readonly ssrc: string
  /** `tcp`: the device connects to the gateway (annex L). */
  readonly transport: 'udp' | 'tcp'
  readonly quality: 'main' | 'sub'
}

/** Annex F: `v/codec/size/frames/kind of rate/rate a/codec/rate/sampling`; codec 2 is H.264, what is left empty is the device's choice. */
const wanted = 'v/2////a///'

export function writeLiveOffer({ channelId, address, port, ssrc, transport, quality }: LiveOffer): string {
  const family = address.includes(':') ? 'IP6' : 'IP4'
  return [
    'v=0',
    `o=${channelId} 0 0 IN ${family} ${address}`,
    's=Play',
    `c=IN ${family} ${address}`,
    't=0 0',
    `m=video ${port} ${transport === 'tcp' ? 'TCP/RTP/AVP' : 'RTP/AVP'} 96 98`,
    'a=recvonly',
    'a=rtpmap:96 PS/90000',
    'a=rtpmap:98 H264/90000',
    ...(transport === 'tcp' ? ['a=setup:passive', 'a=connection:new'] : []),
    // GB/T 28181-2022 annex G: 0 is the main stream. Older devices pass over an attribute that they do not know.
    `a=streamnumber:${quality === 'main' ? 0 : 1}`,
    `y=${ssrc}`,
    `f=${wanted}`,
    '',
  ].join('\r\n')
}

export interface LiveAnswer {
  /** The SSRC that the device will use; null: it does not say. */
  readonly ssrc: string | null
}

/** The error is a reason in Chinese without a full stop. */
export function readLiveAnswer(text: string): Result<LiveAnswer, string> {
  const lines = text.split(/\r\n|\n|\r/)
  const media = lines.find((line) => line.startsWith('m=video '))
  if (!media) return err('设备的应答里没有视频')
  // RFC 3264 §6: port zero refuses the stream.
  if (/^m=video 0\b/.test(media)) return err('设备不给这路视频')
  const ssrc =
    lines
      .find((line) => line.startsWith('y='))
      ?.slice(2)
      .trim() ?? ''
  return ok({ ssrc: /^\d{1,10}$/.test(ssrc) ? ssrc.padStart(10, '0') : null })
}

/**
 * Annex F: 0 for live, then the fourth to the eighth digit of the SIP domain's code, then four digits that no other stream of this domain has now.
 * `isTaken` is asked for each; null when all are.
 */
export function freeSsrc(serverCode: string, from: number, isTaken: (ssrc: string) => boolean): string | null {
  const domain = serverCode.slice(3, 8)
  for (let step = 0; step < 10_000; step += 1) {
    const ssrc = `0${domain}${String((from + step) % 10_000).padStart(4, '0')}`
    // Zeros throughout would read as no number at all.
    if (Number(ssrc) !== 0 && !isTaken(ssrc)) return ssrc
  }
  return null
}

/** Annex K: who sends with which SSRC, who receives with which number of its own. */
export function writeSubject(channelId: string, ssrc: string, serverCode: string): string {
  return `${channelId}:${ssrc},${serverCode}:0`
}
