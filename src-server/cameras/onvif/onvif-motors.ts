import { type AskDevice, createAskDevice } from '#main/device-http/ask-device'
import { err, ok, type Result } from '#shared/base/result'
import { escapeXml, type XmlElement, xmlAll, xmlAt, xmlText } from '#shared/base/xml'
import type { DeviceOrder } from '#shared/domain/camera/steering'
import { envelope, type OnvifAccount, readEnvelope } from './soap'

/**
 * The motors of one camera over ONVIF: the media profile and the address of its PTZ service are asked once, then ContinuousMove, Stop, GotoPreset,
 * SetPreset and RemovePreset. Presets are found by our number in their name, because makes number them as they like.
 */
export interface OnvifSettings {
  /** Of the device service, e.g. `http://10.20.3.8/onvif/device_service`. */
  readonly address: string
  readonly account: OnvifAccount
}

export interface OnvifMotors {
  order(order: DeviceOrder): Promise<Result<void, string>>
}

interface Known {
  readonly ptzPath: string
  readonly profileToken: string
  /** The camera's clock less ours, ms. */
  readonly clockOffsetMs: number
}

const withinMs = 4_000
const device = 'http://www.onvif.org/ver10/device/wsdl'
const media = 'http://www.onvif.org/ver10/media/wsdl'
const ptz = 'http://www.onvif.org/ver20/ptz/wsdl'
/** A hand that was lost stops after this by itself, where the camera knows it. */
const moveTimeout = 'PT20S'
const soapType = 'application/soap+xml; charset=utf-8'

export function createOnvifMotors(
  { address, account }: OnvifSettings,
  parts: { fetch: typeof globalThis.fetch; now: () => number },
): OnvifMotors {
  const url = new URL(address)
  // Some makes ask for HTTP Digest besides; the token alone is enough for the others.
  const http: AskDevice = createAskDevice({ origin: url.origin, account, withinMs }, parts.fetch)
  let known: Known | undefined

  async function ask(path: string, body: string, offsetMs: number | null): Promise<Result<XmlElement, string>> {
    const text = envelope(body, offsetMs === null ? null : account, parts.now() + (offsetMs ?? 0))
    const answer = await http({ method: 'POST', path, body: { type: soapType, text } })
    if (!answer.ok) return err(answer.error.reason)
    const read = readEnvelope(answer.value.text)
    if (read.kind === 'answer') return ok(read.body)
    if (read.kind === 'rubbish') return err(answer.value.status === 200 ? '回答看不懂' : `设备回答 ${answer.value.status}`)
    return err(read.isUnauthorised ? '账号或口令不对' : read.words.slice(0, 80))
  }

  async function getKnown(): Promise<Result<Known, string>> {
    if (known) return ok(known)
    const time = await ask(url.pathname, `<GetSystemDateAndTime xmlns="${device}"/>`, null)
    const clockOffsetMs = time.ok ? offsetOf(time.value, parts.now()) : 0
    const services = await ask(url.pathname, `<GetCapabilities xmlns="${device}"><Category>All</Category></GetCapabilities>`, clockOffsetMs)
    if (!services.ok) return services
    const [ptzPath, mediaPath] = ['PTZ', 'Media'].map((name) => pathOf(xmlText(xmlAll(services.value, name)[0], 'XAddr')))
    if (!ptzPath || !mediaPath) return err('这台探头没有云台')
    const profiles = await ask(mediaPath, `<GetProfiles xmlns="${media}"/>`, clockOffsetMs)
    if (!profiles.ok) return profiles
    const profile = xmlAll(profiles.value, 'Profiles').find((one) => xmlAt(one, 'PTZConfiguration'))
    const profileToken = profile?.attributes.token
    if (profileToken === undefined) return err('这台探头没有云台')
    known = { ptzPath, profileToken, clockOffsetMs }
    return ok(known)
  }

  async function presetToken(number: number, { ptzPath, profileToken, clockOffsetMs }: Known): Promise<Result<string | undefined, string>> {
    const asked = `<GetPresets xmlns="${ptz}"><ProfileToken>${escapeXml(profileToken)}</ProfileToken></GetPresets>`
    const answer = await ask(ptzPath, asked, clockOffsetMs)
    if (!answer.ok) return answer
    const presets = xmlAll(answer.value, 'Preset')
    const named =
      presets.find((one) => xmlText(one, 'Name') === presetName(number)) ??
      presets.find(({ attributes }) => attributes.token === String(number))
    return ok(named?.attributes.token)
  }

  async function bodyOf(order: DeviceOrder, at: Known): Promise<Result<string, string>> {
    const own = `<ProfileToken>${escapeXml(at.profileToken)}</ProfileToken>`
    if (order.kind === 'stop') return ok(`<Stop xmlns="${ptz}">${own}<PanTilt>true</PanTilt><Zoom>true</Zoom></Stop>`)
    if (order.kind === 'move') {
      const velocity = `<tt:PanTilt x="${order.pan}" y="${order.tilt}"/><tt:Zoom x="${order.zoom}"/>`
      return ok(`<ContinuousMove xmlns="${ptz}">${own}<Velocity>${velocity}</Velocity><Timeout>${moveTimeout}</Timeout></ContinuousMove>`)
    }
    const token = await presetToken(order.number, at)
    if (!token.ok) return token
    const named = token.value === undefined ? '' : `<PresetToken>${escapeXml(token.value)}</PresetToken>`
    if (order.kind === 'store')
      return ok(`<SetPreset xmlns="${ptz}">${own}<PresetName>${presetName(order.number)}</PresetName>${named}</SetPreset>`)
    if (named === '') return err(`设备里没有预置位 ${order.number}`)
    const verb = order.kind === 'recall' ? 'GotoPreset' : 'RemovePreset'
    return ok(`<${verb} xmlns="${ptz}">${own}${named}</${verb}>`)
  }

  return {
    async order(order) {
      const at = await getKnown()
      if (!at.ok) return at
      const body = await bodyOf(order, at.value)
      if (!body.ok) return body
      const answer = await ask(at.value.ptzPath, body.value, at.value.clockOffsetMs)
      // It may have been replaced, or its clock set: what was known of it is asked again next time.
      if (!answer.ok) known = undefined
      return answer.ok ? ok(undefined) : answer
    },
  }
}

const presetName = (number: number): string => `seat-${number}`

/** Behind a router the address that a camera gives of itself is often wrong: only its path is taken. */
function pathOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).pathname : undefined
}

function offsetOf(body: XmlElement, now: number): number {
  const utc = xmlAll(body, 'UTCDateTime')[0]
  const [year, month, day] = ['Year', 'Month', 'Day'].map((name) => Number(xmlText(utc, 'Date', name)))
  const [hour, minute, second] = ['Hour', 'Minute', 'Second'].map((name) => Number(xmlText(utc, 'Time', name)))
  const at = Date.UTC(year ?? Number.NaN, (month ?? 1) - 1, day, hour, minute, second)
  return Number.isFinite(at) ? at - now : 0
}
