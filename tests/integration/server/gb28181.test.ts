import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '#shared/base/clock'
import type { CatalogItem } from '#shared/domain/gb28181/manscdp'
import { openFlvGateway } from '../../../src-main/cameras/flv/flv-gateway'
import { digestSecret } from '../../../src-main/telephony/sip/auth/digest'
import { createCameraFilm } from '../../../src-server/demo/cameras/camera-film'
import type { DeviceBook, Gb28181, KeptDevice, KeptPresence } from '../../../src-server/gb28181/gb28181'
import { openGb28181 } from '../../../src-server/gb28181/open-gb28181'
import type { GbSettings } from '../../../src-server/gb28181/settings'
import { createZlmGateway } from '../../../src-server/gb28181/zlm-gateway'
import { systemClock } from '../../../src-server/platform/machine'
import { type FakeChannel, type FakeGbDevice, type FakeGbOptions, startFakeGbDevice } from '../../fakes/gb28181/fake-gb-device'
import { type FakeMediaGateway, startFakeMediaGateway } from '../../fakes/gb28181/fake-media-gateway'
import { createKeptLog } from '../../fakes/kept-log'

const serverId = '34020000002000000001'
const deviceId = '34020000001180000001'
const password = 'Cam-12345'
const channelId = (serial: number) => `340200000013200000${String(serial).padStart(2, '0')}`
const channels: readonly FakeChannel[] = [
  { channelId: channelId(1), name: '解放路口球机', position: [117.25, 31.5], ptzType: 1 },
  { channelId: channelId(2), name: '模范街枪机', ptzType: 3 },
  { channelId: channelId(3), name: '停用的一路', isOn: false },
]

/** Time that a test moves on by hand; what repeats does so twenty times as often, what waits a quarter as long. */
function quickClock(): Clock & { skip(ms: number): void } {
  let skipped = 0
  return {
    now: () => systemClock.now() + skipped,
    monotonicMs: () => systemClock.monotonicMs(),
    after: (delayMs, action) => systemClock.after(delayMs / 4, action),
    every: (periodMs, action) => systemClock.every(Math.max(50, periodMs / 20), action),
    skip: (ms) => {
      skipped += ms
    },
  }
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

function memoryBook(accounts: readonly Partial<KeptDevice>[] = [{}]) {
  const realm = serverId.slice(0, 10)
  const kept = new Map<string, KeptDevice>()
  for (const one of accounts) {
    const id = one.deviceId ?? deviceId
    const secret = { realm, md5: digestSecret('MD5', id, realm, password), sha256: digestSecret('SHA-256', id, realm, password) }
    kept.set(id, {
      ...{ deviceId: id, isEnabled: true, secret, info: null, channels: [], catalog: null, isOnline: false, seenAt: null, binding: null },
      ...one,
    })
  }
  const change = (id: string, next: Partial<KeptDevice>) => {
    const before = kept.get(id)
    if (before) kept.set(id, { ...before, ...next })
  }
  const book: DeviceBook = {
    load: async () => [...kept.values()],
    presence: async (id, presence: KeptPresence) => change(id, presence),
    info: async (id, info) => change(id, { info }),
    catalog: async (id, items: readonly CatalogItem[], isWhole, at) => change(id, { channels: items, catalog: { at, isWhole } }),
  }
  return { book, kept, change }
}

interface Platform {
  readonly gb: Gb28181
  readonly port: number
  readonly clock: ReturnType<typeof quickClock>
  readonly kept: ReturnType<typeof memoryBook>
  readonly gateway: FakeMediaGateway
}

async function platform(options: { settings?: Partial<GbSettings>; kept?: ReturnType<typeof memoryBook> } = {}): Promise<Platform> {
  const clock = quickClock()
  const kept = options.kept ?? memoryBook()
  const gateway = await startFakeMediaGateway()
  const opened = await openGb28181({
    settings: { serverId, listen: { address: '127.0.0.1', port: 0 }, ...options.settings },
    gateway: createZlmGateway({ ...gateway, rtpAddress: '127.0.0.1', rtpTransport: 'udp' }, fetch),
    ...{ book: kept.book, clock, log: createKeptLog() },
  })
  if (!opened.ok) throw new Error(opened.error)
  stops.push(
    () => gateway.stop(),
    () => opened.value.gb.stop(),
  )
  return { ...opened.value, clock, kept, gateway }
}

async function device({ port }: Platform, options: Partial<FakeGbOptions> = {}): Promise<FakeGbDevice> {
  const made = await startFakeGbDevice({ deviceId, password, serverId, port, channels, ...options })
  stops.push(() => made.stop())
  return made
}

/** What comes by itself, on a machine however busy. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const only = ({ gb }: Platform) => gb.devices()[0]
/** The one that was under way, and one more. */
const askedAgain = async ({ gateway }: Platform): Promise<void> => {
  const before = gateway.asked()
  await soon(() => gateway.asked()).toBeGreaterThan(before + 2)
}
const namesOf = (on: Platform) =>
  only(on)
    ?.channels.map(({ name }) => name)
    .sort()

describe.each(['udp', 'tcp'] as const)('a device over %s', (transport) => {
  it('registers, is asked for what it has, keeps alive, and says goodbye', async () => {
    const on = await platform()
    const camera = await device(on, { transport })
    expect(await camera.register()).toBe(200)
    expect(camera.answers.at(-1)).toMatch(/^Date: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\r$/m)
    await soon(() => namesOf(on)).toEqual(['停用的一路', '模范街枪机', '解放路口球机'])
    await soon(() => only(on)?.info?.name).toBe('路口录像机')
    expect(only(on)).toMatchObject({ isOnline: true, catalog: { isWhole: true } })
    expect([1, 2, 3, 4].map((serial) => on.gb.channel(channelId(serial))?.isOnline)).toEqual([true, true, false, undefined])
    expect(await camera.keepAlive()).toBe(200)
    expect(await camera.register({ expires: 0 })).toBe(200)
    expect(only(on)).toMatchObject({ isOnline: false, address: null })
    expect(await camera.keepAlive()).toBe(403)
  })

  it('is steered by the standard’s octets', async () => {
    const on = await platform()
    const camera = await device(on, { transport })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    expect(await on.gb.order(channelId(1), { kind: 'move', pan: 0, tilt: 0x64 / 0xff, zoom: 0 })).toEqual({ ok: true, value: undefined })
    expect(await on.gb.order(channelId(1), { kind: 'stop' })).toMatchObject({ ok: true })
    expect(await on.gb.order(channelId(1), { kind: 'recall', number: 5 })).toMatchObject({ ok: true })
    await soon(() => camera.orders).toEqual([
      `${channelId(1)} A50F010800640021`,
      `${channelId(1)} A50F0100000000B5`,
      `${channelId(1)} A50F01820005003C`,
    ])
    expect(await on.gb.order(channelId(9), { kind: 'stop' })).toEqual({ ok: false, error: '设备不在线' })
  })

  it('gives a picture while somebody looks, and the seat plays it', async () => {
    const on = await platform()
    const film = createCameraFilm('1001', { clock: systemClock, fault: 'none', isNight: false })
    let units: readonly Buffer[] = []
    const stopFilming = film.look((picture) => {
      units = picture.isKey ? [film.parameters.sequence, film.parameters.picture, ...picture.units] : picture.units
    })
    stops.push(async () => stopFilming())
    const camera = await device(on, {
      transport,
      picture: () => {
        const now = units
        units = []
        return now
      },
    })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    const [opened, again] = await Promise.all([on.gb.openLive(channelId(1), 'main'), on.gb.openLive(channelId(1), 'main')])
    expect(opened).toEqual(again)
    if (!opened.ok) throw new Error(opened.error)
    const [streamId = ''] = on.gateway.streams()
    expect(on.gateway.streams().length).toBe(1)
    await soon(() => on.gateway.stream(streamId)?.pictures ?? 0).toBeGreaterThan(2)
    const [stream] = camera.streams()
    expect(stream?.ssrc).toBe(on.gateway.stream(streamId)?.ssrc)
    expect(stream?.ssrc).toMatch(/^020000\d{4}$/)
    expect(stream?.subject).toBe(`${channelId(1)}:${stream?.ssrc},${serverId}:0`)

    let pictures = 0
    const player = await openFlvGateway({ address: opened.value, clock: systemClock, onPicture: () => (pictures += 1), onLost: () => {} })
    if (!player.ok) throw new Error(player.error.message)
    await soon(() => pictures).toBeGreaterThan(5)
    await soon(() => on.gateway.stream(streamId)?.viewers).toBe(1)
    on.clock.skip(60_000)
    await askedAgain(on)
    expect(on.gb.counts().streams).toBe(1)
    player.value.close()
    await soon(() => on.gateway.stream(streamId)?.viewers).toBe(0)
    on.clock.skip(15_000)
    await askedAgain(on)
    expect(on.gb.counts().streams).toBe(1)
    on.clock.skip(15_000)
    await soon(() => camera.streams().length).toBe(0)
    expect(camera.heard).toContain(`BYE ${channelId(1)}`)
    await soon(() => [on.gb.counts().streams, on.gateway.streams()]).toEqual([0, []])
  })
})

describe('the door', () => {
  it('takes SHA-256 where it is offered, and MD5 beside it', async () => {
    const on = await platform({ settings: { digest: ['SHA-256', 'MD5'] } })
    const camera = await device(on)
    expect(await camera.register({ algorithm: 'SHA-256' })).toBe(200)
    expect(await camera.register({ algorithm: 'MD5' })).toBe(200)
  })

  it('is shut for a wrong password, a device without account, one that is disabled, and what is no code', async () => {
    const other = '34020000001180000002'
    const on = await platform({ kept: memoryBook([{}, { deviceId: other, isEnabled: false }]) })
    const camera = await device(on)
    expect(await camera.register({ password: 'wrong' })).toBe(403)
    expect(await (await device(on, { deviceId: '34020000001180000009' })).register()).toBe(403)
    expect(await (await device(on, { deviceId: other })).register()).toBe(403)
    expect(await (await device(on, { deviceId: '3402' })).register()).toBe(403)
    expect(on.gb.refused().map(({ deviceId: id, why }) => [id.slice(-1), why])).toEqual([
      ['2', 'disabled'],
      ['9', 'unknown'],
      ['1', 'password'],
    ])
    expect(only(on)?.isOnline).toBe(false)
    // The right password takes it off that list.
    expect(await camera.register()).toBe(200)
    expect(on.gb.refused().map(({ why }) => why)).toEqual(['disabled', 'unknown'])
  })

  it('lets nobody speak who is not registered, and nobody from elsewhere', async () => {
    const on = await platform()
    const camera = await device(on)
    expect(await camera.keepAlive()).toBe(403)
    expect(on.gb.counts().transactions).toBe(0)
    await camera.register()
    expect(await camera.message('<Notify>')).toBe(400)
    expect(await camera.message(`<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>${deviceId}</DeviceID></Notify>`)).toBe(200)
  })
})

describe('what time and bad lines do', () => {
  it('a device that misses three messages is away, and back with the next', async () => {
    const on = await platform()
    const camera = await device(on)
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    await soon(() => only(on)?.info?.name).toBe('路口录像机')
    on.clock.skip(179_000)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(only(on)?.isOnline).toBe(true)
    on.clock.skip(2_000)
    await soon(() => only(on)?.isOnline).toBe(false)
    expect(on.kept.kept.get(deviceId)).toMatchObject({ isOnline: false })
    expect(await camera.keepAlive()).toBe(200)
    expect(only(on)?.isOnline).toBe(true)
    // Its registration ends whatever it says.
    on.clock.skip(3_600_000)
    await soon(() => only(on)?.address).toBeNull()
  })

  it('is known again after the centre was started anew, without registering', async () => {
    const kept = memoryBook()
    const first = await platform({ kept })
    const camera = await device(first)
    await camera.register()
    await soon(() => kept.kept.get(deviceId)?.channels.length).toBe(3)
    await first.gb.stop()
    const again = await platform({ kept, settings: { listen: { address: '127.0.0.1', port: first.port } } })
    expect(again.gb.channel(channelId(1))?.isOnline).toBe(true)
    expect(await camera.keepAlive()).toBe(200)
  })

  it('puts a catalogue together from GB18030 and UTF-8, whatever is declared, and asks again for lost pieces', async () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ channelId: channelId(at + 1), name: `城管探头${at + 1}号，模` }))
    for (const [encoding, declares] of [
      ['gb18030', 'GB2312'],
      ['gb18030', undefined],
      ['utf8', 'GB2312'],
      ['utf8', 'UTF-8'],
      ['utf8', undefined],
    ] as const) {
      const on = await platform()
      const camera = await device(on, { channels: many, piece: 4, encoding, ...(declares && { declares }), losesPieces: [0, 3, 9] })
      await camera.register()
      // Twice at the door, what it is, and seven pieces of ten: all that will come of the first question.
      await soon(() => camera.answers.length).toBe(10)
      expect(only(on)?.catalog).toBeNull()
      on.clock.skip(10_000)
      await soon(() => only(on)?.channels.length).toBe(40)
      expect(only(on)).toMatchObject({ catalog: { isWhole: true } })
      expect(on.gb.channel(channelId(40))?.item.name).toBe('城管探头40号，模')
    }
  })

  it('repeats what was lost and is answered, and acknowledges a repeated 200', async () => {
    const on = await platform()
    const camera = await device(on, { losesRequests: { INVITE: 2, MESSAGE: 1 }, losesAcks: 1 })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    expect(await on.gb.openLive(channelId(2), 'main')).toMatchObject({ ok: true })
    await soon(() => camera.heard.filter((one) => one.startsWith('ACK')).length).toBeGreaterThanOrEqual(2)
  })
})

describe('a picture that does not come', () => {
  it.each([
    ['busy', '设备已达到能给的路数'],
    ['refusesMedia', '设备不给这路视频'],
  ] as const)('because the device is %s, in words', async (invite, words) => {
    const on = await platform()
    const camera = await device(on, { invite })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    expect(await on.gb.openLive(channelId(1), 'main')).toEqual({ ok: false, error: words })
    expect([on.gb.counts().streams, on.gateway.streams()]).toEqual([0, []])
    await soon(() => camera.streams().length).toBe(0)
  })

  it('because the gateway is away, full or shut, or nothing answers', async () => {
    const on = await platform()
    const camera = await device(on, { invite: 'silent' })
    expect(await on.gb.openLive(channelId(1), 'main')).toEqual({ ok: false, error: '没有设备报过这个通道' })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    for (const [failure, words] of [
      ['down', '连不上流媒体网关'],
      ['secret', '流媒体网关不接受密钥'],
      ['full', '流媒体网关没有照办（no port left）'],
    ] as const) {
      on.gateway.failWith(failure)
      expect(await on.gb.openLive(channelId(1), 'main')).toEqual({ ok: false, error: words })
    }
    on.gateway.failWith('none')
    expect(await on.gb.openLive(channelId(1), 'main')).toEqual({ ok: false, error: '设备没有应答' })
    expect(on.gateway.streams()).toEqual([])
  })

  it('any more: the device ends it, or goes away', async () => {
    const on = await platform()
    const camera = await device(on, { invite: 'noContact' })
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    expect(await on.gb.openLive(channelId(1), 'main')).toMatchObject({ ok: true })
    expect(await camera.endStream(channelId(1))).toBe(200)
    await soon(() => on.gateway.streams()).toEqual([])
    expect(await on.gb.openLive(channelId(2), 'sub')).toMatchObject({ ok: true })
    await camera.register({ expires: 0 })
    await soon(() => [on.gb.counts().streams, on.gateway.streams()]).toEqual([0, []])
  })
})

describe('what is hostile', () => {
  const message = (body: string) =>
    `MESSAGE sip:${serverId}@3402000000 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKx\r\nFrom: <sip:${deviceId}@3402000000>;tag=1\r\nTo: <sip:${serverId}@3402000000>\r\nCall-ID: 1\r\nCSeq: 1 MESSAGE\r\nContent-Type: Application/MANSCDP+xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const seeds = [
    message(
      `<?xml version="1.0"?><Response><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>${deviceId}</DeviceID><SumNum>1</SumNum><DeviceList Num="1"><Item><DeviceID>${channelId(1)}</DeviceID><Name>&#x10ffff;</Name></Item></DeviceList></Response>`,
    ),
    message(
      `<?xml version="1.0" encoding="GB2312"?><Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>${deviceId}</DeviceID></Notify>`,
    ),
    `REGISTER sip:${serverId}@3402000000 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKy\r\nFrom: <sip:${deviceId}@3402000000>;tag=1\r\nTo: <sip:${deviceId}@3402000000>\r\nCall-ID: 2\r\nCSeq: 1 REGISTER\r\nContact: <sip:${deviceId}@127.0.0.1>\r\nAuthorization: Digest username="x", realm="3402000000", nonce="a-b", uri="x", response="00"\r\nExpires: 99\r\nContent-Length: 0\r\n\r\n`,
    `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKz\r\nFrom: <sip:${serverId}@3402000000>;tag=1\r\nTo: <sip:${deviceId}@3402000000>;tag=2\r\nCall-ID: 2\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`,
  ].map((seed) => Buffer.from(seed))

  /** The same nonsense each time: octets changed, cut off. */
  async function flood(port: number, messages: number): Promise<void> {
    let state = 28_181
    const next = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return (state >> 8) % most
    }
    const socket = createSocket('udp4')
    stops.push(async () => void socket.close())
    for (let sent = 0; sent < messages; sent += 1) {
      const bytes = Buffer.from(seeds[next(seeds.length)] ?? Buffer.alloc(0))
      for (let flips = next(6); flips > 0; flips -= 1) bytes[next(bytes.length)] = next(256)
      const part = next(5) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes
      // One after the other, so that the socket of the centre loses few of them.
      if (sent % 50 === 49) await new Promise<void>((resolve) => socket.send(part, port, '127.0.0.1', () => setImmediate(resolve)))
      else socket.send(part, port, '127.0.0.1')
    }
  }

  it('is read, thirty thousand times over, and leaves nothing behind', async () => {
    const on = await platform({ settings: { mostPerSecond: 1_000_000 } })
    const camera = await device(on)
    await camera.register()
    await soon(() => namesOf(on)?.length).toBe(3)
    await flood(on.port, 30_000)
    await soon(() => on.gb.counts().received).toBeGreaterThan(15_000)
    const stream = connect(on.port, '127.0.0.1')
    stops.push(async () => void stream.destroy())
    stream.on('error', () => {})
    stream.write(Buffer.alloc(100_000, 'x'))
    expect(await camera.keepAlive()).toBe(200)
    expect(on.gb.counts().faults).toBe(0)
    expect(on.gb.counts().malformed).toBeGreaterThan(3_000)
    expect(on.gb.counts().transactions).toBeLessThan(8_001)
    expect(namesOf(on)?.length).toBe(3)
  })

  it('is let through no more than the limit of one address', async () => {
    const on = await platform({ settings: { mostPerSecond: 100 } })
    await flood(on.port, 5_000)
    await soon(() => on.gb.counts().flooded).toBeGreaterThan(1_000)
    // Strangers leave nothing behind.
    expect(on.gb.counts().transactions).toBe(0)
  })
})
