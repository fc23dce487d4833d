import { parseNameAddress } from '#main/telephony/sip/message/name-address'
import { header, headersOf, listHeader, type ReceivedRequest } from '#main/telephony/sip/message/sip-message'
import { parseUri } from '#main/telephony/sip/message/uri'
import { chinaOffsetMs } from '#shared/base/china-time'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { type CatalogDraft, isComplete, isOverdue, mergeCatalog, newCatalog, withPiece } from '#shared/domain/gb28181/catalog'
import { isGbCode } from '#shared/domain/gb28181/codes'
import { type CatalogItem, type DeviceInfo, type DeviceMessage, readDeviceMessage, writeQuery } from '#shared/domain/gb28181/manscdp'
import { decodeText } from './decode-text'
import type { Door } from './door'
import type { ChannelView, DeviceBook, DeviceView, KeptBinding, KeptDevice, RefusedDevice } from './gb28181'
import type { Reaching } from './reaching'
import type { Incoming } from './sip-end'

/**
 * The registrar of the platform (GB/T 28181-2016 §9.1, §9.5, §9.6): who is there, and what each has. Everything is decided in memory, at once; what is
 * to outlive the process goes to the book behind it. Strangers are answered and forgotten.
 */
export interface DeviceDesk {
  load(): Promise<void>
  register(incoming: Incoming): void
  message(incoming: Incoming): void
  devices(): readonly DeviceView[]
  refused(): readonly RefusedDevice[]
  channel(channelId: string): ChannelView | undefined
  bindingOf(deviceId: string): KeptBinding | null
  /** The device whose address this is, when it is registered. */
  isKnown(request: ReceivedRequest, address: string): boolean
  askCatalog(deviceId: string): Result<void, string>
  /** What time does: silence, catalogues that stay incomplete, the next question. */
  tick(): void
}

export interface DeskParts {
  readonly book: DeviceBook
  readonly door: Door
  readonly reaching: Reaching
  readonly clock: Clock
  readonly log: Log
  readonly keepAliveS: number
  /** A device went away, or its picture ended at its end. */
  onGone(deviceId: string): void
  onMediaEnded(callId: string | undefined): void
}

interface Device {
  readonly deviceId: string
  isEnabled: boolean
  secret: KeptDevice['secret']
  binding: KeptBinding | null
  seenAt: number | null
  /** From when silence counts: a centre that was away itself has missed what was said meanwhile. */
  heardAt: number
  isOnline: boolean
  info: DeviceInfo | null
  channels: ReadonlyMap<string, CatalogItem>
  catalog: DeviceView['catalog']
  draft: CatalogDraft | null
  tries: number
  askAgainAt: number
}

/** Annex J and §9.6.2: a device is away after three messages that did not come. */
const mostMissed = 3
const shortestS = 60
const longestS = 86_400
/** A lost piece is asked for so often, all over again, before what came has to do. */
const mostTries = 3
/** Channels of a recorder come and go without a word; the state of each is in the catalogue alone. */
const askEveryMs = 600_000
const mostRefused = 50

export function createDeviceDesk(parts: DeskParts): DeviceDesk {
  const { book, door, reaching, clock } = parts
  const log = parts.log.child({ room: 'gb28181' })
  const devices = new Map<string, Device>()
  /** Which device answers for a channel; of two that name it, the one that is there. */
  let owners = new Map<string, Device>()
  let refused: readonly RefusedDevice[] = []

  const isLive = ({ binding, isEnabled }: Device): boolean => isEnabled && binding !== null && binding.until > clock.now()
  const index = (): void => {
    owners = new Map()
    for (const device of [...devices.values()].sort((a, b) => Number(a.isOnline) - Number(b.isOnline)))
      for (const channelId of device.channels.keys()) owners.set(channelId, device)
  }
  const keep = (what: string, written: Promise<void>): void =>
    void written.catch((thrown: unknown) => log.error('a device could not be written down', { what, reason: String(thrown) }))
  const keepPresence = ({ deviceId, isOnline, seenAt, binding }: Device): void =>
    keep('presence', book.presence(deviceId, { isOnline, seenAt, binding }))
  const comeOnline = (device: Device): void => {
    device.seenAt = clock.now()
    device.heardAt = clock.now()
    if (device.isOnline) return
    device.isOnline = true
    index()
    keepPresence(device)
    log.info('a device is there', { deviceId: device.deviceId })
  }
  const goOffline = (device: Device, why: string): void => {
    if (!device.isOnline && device.binding === null) return
    const wasOnline = device.isOnline
    device.isOnline = false
    device.draft = null
    index()
    keepPresence(device)
    if (wasOnline) log.warn('a device is away', { deviceId: device.deviceId, why })
    parts.onGone(device.deviceId)
  }
  const refuse = (deviceId: string, address: string, why: RefusedDevice['why']): void => {
    const others = refused.filter((one) => one.deviceId !== deviceId || one.address !== address)
    refused = [{ deviceId, address, why, at: clock.now() }, ...others].slice(0, mostRefused)
  }

  function register(incoming: Incoming) {
    const { request, source, end } = incoming
    const deviceId = userOf(request.to.uri)
    if (!isGbCode(deviceId) || userOf(request.from.uri) !== deviceId) return incoming.turnAway(403, [], 'Device Code Not Valid')
    const device = devices.get(deviceId)
    const verdict = door.check(request, source.address, device?.secret ?? null)
    if (verdict.kind === 'stranger') return incoming.turnAway(401, verdict.challenges)
    if (verdict.kind === 'refused' || !device?.isEnabled) {
      refuse(deviceId, source.address, !device ? 'unknown' : device.isEnabled ? 'password' : 'disabled')
      return incoming.turnAway(403)
    }
    const contact = parseNameAddress(listHeader(request, 'contact')[0] ?? '')
    const asked = contact?.parameters.expires ?? header(request, 'expires') ?? '3600'
    if (!/^\d{1,9}$/.test(asked)) return incoming.turnAway(400)
    const seconds = Number(asked)
    if (seconds > 0 && seconds < shortestS)
      return incoming.turnAway(423, headersOf([['min-expires', String(shortestS)]]), 'Interval Too Brief')
    // §9.10: the device sets its clock by this, which is China's and without a zone.
    const date = new Date(clock.now() + chinaOffsetMs).toISOString().slice(0, -1)
    if (seconds === 0) {
      device.binding = null
      goOffline(device, 'unregistered')
      return incoming.answer(
        200,
        headersOf([
          ['expires', '0'],
          ['date', date],
        ]),
      )
    }
    const granted = Math.min(seconds, longestS)
    const before = device.binding
    const isNew = !device.isOnline || before?.address !== source.address || before.protocol !== end.protocol
    device.binding = { protocol: end.protocol, address: source.address, port: source.port, until: clock.now() + granted * 1_000 }
    refused = refused.filter((one) => one.deviceId !== deviceId)
    comeOnline(device)
    keepPresence(device)
    const own = listHeader(request, 'contact')[0] ?? `<sip:${deviceId}@${source.address}:${source.port}>`
    incoming.answer(
      200,
      headersOf([
        ['contact', own],
        ['expires', String(granted)],
        ['date', date],
      ]),
    )
    if (!isNew) return
    void reaching.say(device.binding, deviceId, writeQuery('DeviceInfo', reaching.nextSn(), deviceId))
    device.tries = 0
    ask(device)
  }

  function ask(device: Device): void {
    if (!device.binding) return
    const sn = reaching.nextSn()
    device.tries += 1
    // What came of the last question still counts: of a lossy line each answer brings other pieces.
    device.draft = { ...newCatalog(sn, clock.now()), items: device.draft?.items ?? new Map() }
    device.askAgainAt = clock.now() + askEveryMs
    void reaching.say(device.binding, device.deviceId, writeQuery('Catalog', sn, device.deviceId)).then((said) => {
      if (!said.ok) log.warn('a device does not take the question for its catalogue', { deviceId: device.deviceId, reason: said.error })
    })
  }

  function settle(device: Device, draft: CatalogDraft): void {
    const isWhole = isComplete(draft)
    device.channels = mergeCatalog(device.channels, draft)
    device.catalog = { at: clock.now(), isWhole }
    device.draft = null
    device.tries = 0
    index()
    keep('catalogue', book.catalog(device.deviceId, [...device.channels.values()], isWhole, clock.now()))
  }

  const senderOf = (request: ReceivedRequest, address: string): Device | undefined => {
    const device = devices.get(userOf(request.from.uri))
    return device && isLive(device) && device.binding?.address === address ? device : undefined
  }

  function message(incoming: Incoming) {
    const { request, source, end } = incoming
    const device = senderOf(request, source.address)
    // Annex J.3 leaves it open; a device that is told 403 to its keep-alive registers anew.
    if (!device?.binding) return incoming.turnAway(403)
    const said = readDeviceMessage(decodeText(request.body))
    if (!said) return incoming.answer(400, [], 'Body Not Understood')
    incoming.answer(200)
    // A router between may give it another port from one day to the next.
    if (source.port !== device.binding.port || end.protocol !== device.binding.protocol)
      device.binding = { ...device.binding, port: source.port, protocol: end.protocol }
    comeOnline(device)
    take(device, said, request)
  }

  function take(device: Device, said: DeviceMessage, request: ReceivedRequest): void {
    if (said.kind === 'catalog' && device.draft) {
      const draft = withPiece(device.draft, said.sn, said.piece, clock.now())
      device.draft = draft
      if (isComplete(draft)) settle(device, draft)
    } else if (said.kind === 'deviceInfo' && said.deviceId === device.deviceId) {
      device.info = said.info
      keep('info', book.info(device.deviceId, said.info))
    } else if (said.kind === 'mediaStatus' && said.isAtEnd) parts.onMediaEnded(request.callId)
  }

  const viewOf = (device: Device): DeviceView => ({
    ...{ deviceId: device.deviceId, isOnline: device.isOnline, seenAt: device.seenAt, info: device.info, catalog: device.catalog },
    address: device.binding && `${device.binding.protocol} ${device.binding.address}:${device.binding.port}`,
    channels: [...device.channels.values()],
  })

  return {
    register,
    message,
    async load() {
      const kept = await book.load()
      for (const one of kept) {
        const { secret, isEnabled } = one
        const known = devices.get(one.deviceId)
        if (known) Object.assign(known, { secret, isEnabled })
        else
          devices.set(one.deviceId, {
            ...one,
            channels: mapOf(one.channels),
            heardAt: clock.now(),
            draft: null,
            tries: 0,
            askAgainAt: clock.now(),
          })
      }
      const left = new Set(kept.map(({ deviceId }) => deviceId))
      for (const [deviceId, device] of devices) {
        if (left.has(deviceId) && device.isEnabled) continue
        device.binding = null
        if (left.has(deviceId)) goOffline(device, 'disabled')
        else {
          devices.delete(deviceId)
          parts.onGone(deviceId)
        }
      }
      index()
    },
    devices: () => [...devices.values()].map(viewOf),
    refused: () => refused,
    channel: (channelId) => {
      const device = owners.get(channelId)
      const item = device?.channels.get(channelId)
      return device && item && { deviceId: device.deviceId, item, isOnline: device.isOnline && isLive(device) && item.isOn }
    },
    bindingOf: (deviceId) => {
      const device = devices.get(deviceId)
      return device && isLive(device) ? device.binding : null
    },
    isKnown: (request, address) => senderOf(request, address) !== undefined,
    askCatalog: (deviceId) => {
      const device = devices.get(deviceId)
      if (!device) return err('没有这台设备')
      if (!isLive(device)) return err('设备没有注册上来')
      device.tries = 0
      ask(device)
      return ok(undefined)
    },
    tick: () => {
      const now = clock.now()
      for (const device of devices.values()) {
        const silentSince = now - parts.keepAliveS * mostMissed * 1_000
        if (device.binding && device.binding.until <= now) {
          device.binding = null
          goOffline(device, 'expired')
        } else if (device.isOnline && device.heardAt < silentSince) goOffline(device, 'silent')
        if (!device.isOnline || !isLive(device)) continue
        if (device.draft && isOverdue(device.draft, now)) {
          if (device.tries < mostTries) ask(device)
          else if (device.draft.items.size > 0) settle(device, device.draft)
          else device.draft = null
        } else if (!device.draft && device.askAgainAt <= now) {
          device.tries = 0
          ask(device)
        }
      }
    },
  }
}

const mapOf = (items: readonly CatalogItem[]): ReadonlyMap<string, CatalogItem> => new Map(items.map((item) => [item.channelId, item]))

function userOf(uri: string): string {
  return parseUri(uri)?.user ?? ''
}
