/**
 * P4: how much later speech arrives because it goes through this program: RTP from a far side to the page behind WebRTC, and from the page to the far side, against
 * the same packets sent from one socket to another, in the same run and in turn. All ends are in this process, so that one clock measures; each waits for the other's
 * work, and what is measured is rather too much than too little.
 */
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSystemClock } from '#main/platform/system-clock'
import { createMedia, usualPorts } from '#main/telephony/media/create-media'
import { parseRtp, writeRtp } from '#main/telephony/media/rtp/rtp-packet'
import { createKeptLog } from '../fakes/kept-log'
import { openPage } from '../fixtures/werift-page'
import { type Figure, quantile, rounded } from './figure'

const packetMs = 20
const warmUp = 50

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const samples = isShort ? 100 : 1_500
  const folder = mkdtempSync(join(tmpdir(), 'seat-p4-'))
  const media = createMedia({
    ...{ clock: createSystemClock(), log: createKeptLog(), randomBytes },
    journal: { read: () => null, write: () => undefined, remove: () => undefined },
    settings: { address: () => '127.0.0.1', ports: usualPorts, srtp: () => 'off', recordingFolder: folder },
  })
  const page = await openPage()
  const [far, plain] = [createSocket('udp4'), createSocket('udp4')]
  try {
    for (const socket of [far, plain]) await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const answered = await media.connectPage(page.offer)
    if (!answered.ok) throw new Error(answered.error.code)
    await page.take(answered.value.answerSdp)
    await page.isConnected()
    const opened = await media.port.open('p4')
    if (!opened.ok) throw new Error(opened.error.code)
    const { port } = far.address()
    opened.value.apply({
      remote: { address: '127.0.0.1', port, rtcpPort: port + 1 },
      codec: { name: 'PCMA', clockRate: 8_000, payloadType: 8 },
      ...{ receivePayloadType: 8, telephoneEvent: null, receiveTelephoneEvent: null, direction: 'sendrecv', packetMs, srtp: null },
    })
    media.join(['p4'])
    await media.startRecording('p4', 'p4')

    const times = { toPage: [] as number[], toFar: [] as number[], direct: [] as number[] }
    const sentAt = new Map<number, number>()
    // A packet's number stands in its speech: what the relay rewrites is not believed.
    const stamped = (way: number, place: number): Buffer => {
      const payload = Buffer.alloc(160, 0x35)
      payload.writeUInt32BE(way * 100_000 + place, 0)
      sentAt.set(way * 100_000 + place, performance.now())
      return payload
    }
    const arrived = (name: keyof typeof times, payload: Uint8Array, at: number): void => {
      const stamp = Buffer.from(payload).readUInt32BE(0)
      const from = sentAt.get(stamp)
      if (from !== undefined && stamp % 100_000 >= warmUp) times[name].push(at - from)
      sentAt.delete(stamp)
    }
    far.on('message', (bytes) => {
      const packet = parseRtp(bytes)
      if (packet && packet.payload.length === 160) arrived('toFar', packet.payload, performance.now())
    })
    plain.on('message', (bytes) => arrived('direct', parseRtp(bytes)?.payload ?? Buffer.alloc(4), performance.now()))
    const packet = (place: number, payload: Buffer): Buffer =>
      writeRtp({ payloadType: 8, marker: place === 0, sequence: place, timestamp: place * 160, ssrc: 7, payload })
    const target = opened.value.local().port
    const beganMs = performance.now()
    for (let place = 0; place < warmUp + samples; place += 1) {
      far.send(packet(place, stamped(1, place)), target, '127.0.0.1')
      await turn()
      void page.say(place, stamped(2, place))
      await turn()
      far.send(packet(place, stamped(3, place)), plain.address().port, '127.0.0.1')
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, beganMs + (place + 1) * packetMs - performance.now())))
    }
    await turn()
    for (const { at, payload } of page.heard) if (payload.length === 160) arrived('toPage', payload, at)
    opened.value.close()
    return (['toPage', 'toFar'] as const).map((way) => figureOf(way, times[way], times.direct))
  } finally {
    page.close()
    await media.stop()
    far.close()
    plain.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each sending has the loop to itself for a moment: the three ways must not wait for each other. */
const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5))

function figureOf(way: 'toPage' | 'toFar', ours: readonly number[], direct: readonly number[]): Figure {
  const [value, reference] = [quantile(ours, 0.99), quantile(direct, 0.99)]
  return {
    name: 'P4',
    ...{
      value: rounded(value - reference),
      unit: 'ms',
      reference: rounded(reference),
      ratio: rounded(value / reference),
      samples: ours.length,
    },
    detail: {
      ...{ what: way === 'toPage' ? 'added from the far side to the page' : 'added from the page to the far side', measure: 'p99' },
      ...{ budget: 'p99 ≤ 10 ms', medianMs: rounded(quantile(ours, 0.5) - quantile(direct, 0.5)), worstMs: rounded(quantile(ours, 1)) },
    },
  }
}
