import { randomBytes } from 'node:crypto'
import { headersOf } from '#main/telephony/sip/message/sip-message'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { presetCommand, ptzMoveCommand, ptzStopCommand } from '#shared/domain/camera/gb28181-ptz'
import type { DeviceOrder } from '#shared/domain/camera/steering'
import { domainOfCode } from '#shared/domain/gb28181/codes'
import { writePtz } from '#shared/domain/gb28181/manscdp'
import { createDeviceDesk } from './device-desk'
import { createDoor } from './door'
import { usualPerSecond } from './flood-gate'
import type { MediaGateway } from './gateway'
import type { DeviceBook, Gb28181 } from './gb28181'
import { createLiveStreams } from './live-streams'
import { createReaching } from './reaching'
import type { GbSettings } from './settings'
import { createSipEnd, type Incoming } from './sip-end'

/** Puts the platform together: two transports, the registrar, live pictures. */
export interface GbParts {
  readonly settings: GbSettings
  readonly book: DeviceBook
  readonly gateway: MediaGateway | null
  readonly clock: Clock
  readonly log: Log
}

const product = 'seat-centre'
const tickEveryMs = 1_000
const liveEveryMs = 5_000
const usualKeepAliveS = 60
/** How strongly this platform steers (annex A.2.3.1 ControlPriority); who comes before whom among its own people is decided before. */
const priority = 5
const allowed = 'REGISTER, MESSAGE, INVITE, ACK, CANCEL, BYE, OPTIONS'

/** The port that both transports have; the error is the system's own words. */
export async function openGb28181(parts: GbParts): Promise<Result<{ readonly gb: Gb28181; readonly port: number }, string>> {
  const { settings, book, clock, log } = parts
  const { serverId, listen } = settings
  const token = () => randomBytes(12).toString('hex')
  const endParts = {
    ...{ address: listen.address, advertised: settings.advertised ?? listen.address, clock, log, token, product },
    mostPerSecond: settings.mostPerSecond ?? usualPerSecond,
    receive: (incoming: Incoming) => receive(incoming),
  }
  const udp = createSipEnd({ ...endParts, protocol: 'UDP', port: listen.port })
  const opened = await udp.open()
  if (!opened.ok) return opened
  const tcp = createSipEnd({ ...endParts, protocol: 'TCP', port: opened.value })
  const openedTcp = await tcp.open()
  if (!openedTcp.ok) {
    udp.close()
    return err(openedTcp.error)
  }
  const ends = [udp, tcp]
  const reaching = createReaching({ serverId, ends, clock, token })
  const door = createDoor({
    ...{ realm: domainOfCode(serverId), algorithms: settings.digest ?? ['MD5'], nonceSecret: randomBytes(32).toString('hex'), clock },
  })
  const desk = createDeviceDesk({
    ...{ book, door, reaching, clock, log, keepAliveS: settings.keepAliveS ?? usualKeepAliveS },
    onGone: (deviceId) => live.deviceGone(deviceId),
    onMediaEnded: (callId) => callId !== undefined && live.endedByDevice(callId),
  })
  const live = createLiveStreams({
    ...{ serverId, gateway: parts.gateway, reaching, bindingOf: desk.bindingOf, clock, log, token },
  })

  function receive(incoming: Incoming) {
    const { request, source } = incoming
    if (request.method === 'REGISTER') return desk.register(incoming)
    if (!desk.isKnown(request, source.address)) return incoming.turnAway(request.method === 'OPTIONS' ? 200 : 403)
    if (request.method === 'MESSAGE') return desk.message(incoming)
    if (request.method === 'BYE') return incoming.answer(live.endedByDevice(request.callId) ? 200 : 481)
    if (request.method === 'OPTIONS' || request.method === 'INFO') return incoming.answer(200)
    // A device that talks first wants what is not built: talk-back, pushing of pictures.
    incoming.answer(405, headersOf([['allow', allowed]]))
  }

  await desk.load()
  const stopTicking = clock.every(tickEveryMs, () => desk.tick())
  let looking: Promise<void> = Promise.resolve()
  let isLooking = false
  const stopLooking = clock.every(liveEveryMs, () => {
    if (isLooking) return
    isLooking = true
    looking = live
      .tick()
      .catch((thrown: unknown) => log.error('live pictures could not be looked after', { reason: String(thrown) }))
      .then(() => {
        isLooking = false
      })
  })
  const gb: Gb28181 = {
    accountsChanged: () => desk.load(),
    devices: desk.devices,
    refused: desk.refused,
    channel: desk.channel,
    askCatalog: desk.askCatalog,
    async openLive(channelId, quality) {
      const found = desk.channel(channelId)
      const binding = found && desk.bindingOf(found.deviceId)
      if (!found) return err('没有设备报过这个通道')
      if (!binding) return err('设备不在线')
      return live.open({ deviceId: found.deviceId, channelId, quality, binding })
    },
    async order(channelId, order) {
      const found = desk.channel(channelId)
      const binding = found && desk.bindingOf(found.deviceId)
      if (!found || !binding) return err('设备不在线')
      const text = writePtz(reaching.nextSn(), channelId, octetsOf(order, settings.ptz?.presetOctet ?? 6), priority)
      return reaching.say(binding, channelId, text)
    },
    counts: () => {
      const sum = (name: 'received' | 'malformed' | 'faults' | 'flooded' | 'transactions') =>
        ends.reduce((total, end) => total + end.counts()[name], 0)
      return {
        ...{ received: sum('received'), malformed: sum('malformed'), faults: sum('faults'), flooded: sum('flooded') },
        ...{ transactions: sum('transactions'), streams: live.count() },
      }
    },
    async stop() {
      stopTicking()
      stopLooking()
      await looking
      await live.stop()
      for (const end of ends) end.close()
    },
  }
  return ok({ gb, port: opened.value })
}

function octetsOf(order: DeviceOrder, presetOctet: 5 | 6): string {
  if (order.kind === 'move') return ptzMoveCommand(order)
  if (order.kind === 'stop') return ptzStopCommand()
  return presetCommand(order.kind, order.number, { presetOctet })
}
