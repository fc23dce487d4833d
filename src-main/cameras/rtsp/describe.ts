import { parse } from 'sdp-transform'

/** The video of a camera's description (SDP, RFC 4566; H.264 parameters RFC 6184 §8.1). */
export interface VideoDescription {
  readonly codec: 'H264' | 'H265' | 'other'
  readonly payloadType: number
  /** Absolute address to set up. */
  readonly control: string
  /** From `sprop-parameter-sets`, where given. */
  readonly sequence: Buffer | null
  readonly picture: Buffer | null
}

/** The first video that can be shown, else the first video; null when there is none. */
export function describeVideo(sdp: string, base: string): VideoDescription | null {
  const { media } = parse(sdp)
  const videos = media.filter(({ type }) => type === 'video').map((one) => readVideo(one, base))
  return videos.find(({ codec }) => codec === 'H264') ?? videos[0] ?? null
}

function readVideo(media: ReturnType<typeof parse>['media'][number], base: string): VideoDescription {
  const map = media.rtp[0]
  const parameters = media.fmtp.find(({ payload }) => payload === map?.payload)?.config ?? ''
  const sets = /sprop-parameter-sets=([^;\s]+)/.exec(parameters)?.[1]?.split(',') ?? []
  const [sequence = null, picture = null] = sets.map((text) => Buffer.from(text, 'base64'))
  const name = map?.codec.toUpperCase()
  return {
    codec: name === 'H264' || name === 'H265' ? name : 'other',
    payloadType: map?.payload ?? Number.parseInt(media.payloads ?? '96', 10),
    control: absolute(media.control ?? '*', base),
    sequence: sequence?.length ? sequence : null,
    picture: picture?.length ? picture : null,
  }
}

/** RFC 2326 §C.1.1: relative addresses are appended to the base, with or without its last slash. */
function absolute(control: string, base: string): string {
  if (control === '*') return base
  if (/^rtsps?:\/\//i.test(control)) return control
  return `${base.replace(/\/$/, '')}/${control.replace(/^\//, '')}`
}
