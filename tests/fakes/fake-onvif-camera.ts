import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readXml, type XmlElement, xmlAll, xmlAt, xmlText } from '../../src-shared/base/xml'

/**
 * An ONVIF camera with motors: it checks the digest of the username token and refuses one that is older than a minute by its own clock, which is wrong;
 * it numbers presets itself, and tells what its motors were told.
 */
export interface FakeOnvifCamera {
  readonly address: string
  readonly moves: readonly string[]
  readonly presets: ReadonlyMap<string, string>
  failWith(words: string | null): void
  /** Takes the question and never answers. */
  mute(isMute: boolean): void
  stop(): Promise<void>
}

const account = { user: 'operator', password: 'Turn-1' }
export const onvifAccount = account

export async function startFakeOnvifCamera({ clockOffsetMs = 0, hasMotors = true } = {}): Promise<FakeOnvifCamera> {
  const moves: string[] = []
  const presets = new Map<string, string>()
  let failure: string | null = null
  let isMute = false
  let port = 0
  let next = 100
  const now = () => Date.now() + clockOffsetMs

  function isAllowed(root: XmlElement | undefined): boolean {
    const token = xmlAll(root, 'UsernameToken')[0]
    const [nonce, created, password] = ['Nonce', 'Created', 'Password'].map((name) => xmlText(token, name) ?? '')
    if (xmlText(token, 'Username') !== account.user || Math.abs(Date.parse(created ?? '') - now()) > 60_000) return false
    const digest = createHash('sha1')
      .update(Buffer.from(nonce ?? '', 'base64'))
      .update(`${created}${account.password}`)
      .digest('base64')
    return digest === password
  }
  function act(request: XmlElement): string {
    const preset = xmlText(request, 'PresetToken') ?? ''
    switch (request.name) {
      case 'GetSystemDateAndTime': {
        const at = new Date(now())
        return `<r:GetSystemDateAndTimeResponse><x:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></x:SystemDateAndTime></r:GetSystemDateAndTimeResponse>`
      }
      case 'GetCapabilities': {
        // The address of another network, as cameras behind a router give it.
        const service = (name: string) => `<tt:${name}><tt:XAddr>http://192.168.1.64/onvif/${name}</tt:XAddr></tt:${name}>`
        return `<r:GetCapabilitiesResponse><x:Capabilities>${service('Media')}${hasMotors ? service('PTZ') : ''}</x:Capabilities></r:GetCapabilitiesResponse>`
      }
      case 'GetProfiles':
        return `<r:GetProfilesResponse><x:Profiles token="Profile_2"><tt:Name>sub</tt:Name></x:Profiles><x:Profiles token="Profile_1"><tt:PTZConfiguration token="p"/></x:Profiles></r:GetProfilesResponse>`
      case 'GetPresets':
        return `<r:GetPresetsResponse>${[...presets].map(([token, name]) => `<x:Preset token="${token}"><tt:Name>${name}</tt:Name></x:Preset>`).join('')}</r:GetPresetsResponse>`
      case 'SetPreset': {
        const token = preset || String(next++)
        presets.set(token, xmlText(request, 'PresetName') ?? '')
        return `<r:SetPresetResponse><x:PresetToken>${token}</x:PresetToken></r:SetPresetResponse>`
      }
      case 'RemovePreset':
        presets.delete(preset)
        return '<r:RemovePresetResponse/>'
      case 'ContinuousMove': {
        const velocity = xmlAt(request, 'Velocity')
        const [panTilt, zoom] = [xmlAt(velocity, 'PanTilt')?.attributes, xmlAt(velocity, 'Zoom')?.attributes]
        moves.push(`${xmlText(request, 'ProfileToken')} move ${panTilt?.x} ${panTilt?.y} ${zoom?.x}`)
        return '<r:ContinuousMoveResponse/>'
      }
      case 'Stop':
        moves.push('stop')
        return '<r:StopResponse/>'
      default:
        moves.push(`${request.name} ${preset}`)
        return `<r:${request.name}Response/>`
    }
  }
  const fault = (code: string, words: string) =>
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${words}</s:Text></s:Reason></s:Fault>`
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    if (isMute) return
    const root = readXml(text)
    const asked = xmlAt(root, 'Body')?.children[0]
    const isFault = !asked || (asked.name !== 'GetSystemDateAndTime' && !isAllowed(root))
    const body = isFault ? fault('NotAuthorized', 'Sender not authorized') : failure !== null ? fault('Action', failure) : act(asked)
    response.writeHead(isFault || failure !== null ? 400 : 200, { 'content-type': 'application/soap+xml' })
    response.end(`<?xml version="1.0"?><s:Envelope xmlns:s="s" xmlns:r="r" xmlns:x="x" xmlns:tt="tt"><s:Body>${body}</s:Body></s:Envelope>`)
  }
  const server: Server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const listening = server.address()
  port = typeof listening === 'object' && listening !== null ? listening.port : 0
  return {
    address: `http://127.0.0.1:${port}/onvif/device_service`,
    moves,
    presets,
    failWith(words) {
      failure = words
    },
    mute(next) {
      isMute = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
