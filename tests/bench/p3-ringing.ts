/**
 * P3: from an INVITE on the wire to 180 Ringing on the wire. The whole core of a seat in a process of its own, against baresip in the same run and in turn with it;
 * both are asked directly, over UDP, by the same socket, and each call is given up as soon as it rings.
 */
import { createSocket, type Socket } from 'node:dgram'
import { password, startCentre } from '../integration/main/harness'
import { createSeatPc } from '../interop/killable-seat'
import { hasBaresip, startBaresip } from '../interop/peers/baresip'
import { freePort } from '../interop/peers/free-port'
import { hasKamailio, startKamailio } from '../interop/peers/kamailio'
import { openTalkingPage } from '../interop/talking-page'
import { lineOf } from '../interop/talking-seat'
import { type Figure, quantile, rounded } from './figure'

const warmUp = 10
/** The record of the call before is on disk and told to the centre by then: calls do not come within milliseconds of each other at one seat. */
const betweenMs = 150

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  if (!hasBaresip || !hasKamailio) {
    console.error('P3: no baresip or no Kamailio on this machine, not measured')
    return []
  }
  const samples = isShort ? 20 : 300
  const [kamailio, centre, seatPort] = [await startKamailio(), await startCentre(), await freePort()]
  const phone = await startBaresip({ user: '2001', toneHz: 440, exchange: null })
  const pc = createSeatPc({ centralUrl: centre.url, telephone: lineOf(kamailio.port, { localPort: seatPort }) })
  const caller = await openCaller()
  try {
    const seat = await pc.start()
    const page = await openTalkingPage(seat.call, 1_000)
    await seat.must('session.signIn', { accountNo: '0803', password })
    await seat.until('telephone.changed', ({ registration }) => registration?.state === 'registered')
    const times: Record<'seat' | 'baresip', number[]> = { seat: [], baresip: [] }
    for (let round = 0; round < warmUp + samples; round += 1) {
      const pair = [
        ['seat', '1002', seatPort],
        ['baresip', '2001', phone.port],
      ] as const
      // Whoever goes first finds colder caches: take turns.
      for (const [name, user, port] of round % 2 === 0 ? pair : [...pair].reverse()) {
        await new Promise((resolve) => setTimeout(resolve, betweenMs))
        const ms = await caller.ringingMs(user, port)
        if (round >= warmUp) times[name].push(ms)
      }
    }
    page.close()
    const [value, reference] = [quantile(times.seat, 0.99), quantile(times.baresip, 0.99)]
    return [
      {
        name: 'P3',
        ...{ value: rounded(value), unit: 'ms', reference: rounded(reference), ratio: rounded(value / reference), samples },
        detail: {
          ...{ what: 'INVITE to 180 Ringing, beside baresip', measure: 'p99', budget: 'ratio ≤ 2' },
          ...{ medianMs: rounded(quantile(times.seat, 0.5)), referenceMedianMs: rounded(quantile(times.baresip, 0.5)) },
          medianRatio: rounded(quantile(times.seat, 0.5) / quantile(times.baresip, 0.5)),
          worstMs: rounded(quantile(times.seat, 1)),
        },
      },
    ]
  } finally {
    caller.close()
    await pc.remove()
    await phone.stop()
    await centre.stop()
    await kamailio.stop()
  }
}

/** A caller that knows just enough: INVITE, CANCEL, ACK (RFC 3261 §13, §9, §17.1.1.3). */
async function openCaller() {
  const socket: Socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port: ownPort } = socket.address()
  const sdp = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...['m=audio 39000 RTP/AVP 8 101', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000', ''],
  ].join('\r\n')
  let number = 0
  let onAnswer: (text: string) => void = () => undefined
  socket.on('message', (bytes) => onAnswer(bytes.toString('latin1')))

  return {
    async ringingMs(user: string, port: number): Promise<number> {
      number += 1
      const uri = `sip:${user}@127.0.0.1:${port}`
      const message = (method: string, to: string, body: string): Buffer =>
        Buffer.from(
          [
            `${method} ${uri} SIP/2.0`,
            `Via: SIP/2.0/UDP 127.0.0.1:${ownPort};branch=z9hG4bKp3-${number};rport`,
            ...[`From: <sip:13800138000@127.0.0.1>;tag=p3-${number}`, to, `Call-ID: p3-${number}@127.0.0.1`, `CSeq: 1 ${method}`],
            ...['Max-Forwards: 70', `Contact: <sip:13800138000@127.0.0.1:${ownPort}>`],
            ...(body === '' ? [] : ['Content-Type: application/sdp']),
            ...[`Content-Length: ${Buffer.byteLength(body)}`, '', body],
          ].join('\r\n'),
        )
      const to = `To: <${uri}>`
      return new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no ringing at ${uri}`)), 5_000)
        let rangMs: number | null = null
        const sentMs = performance.now()
        onAnswer = (text) => {
          if (!text.includes(`p3-${number}@`)) return
          if (text.startsWith('SIP/2.0 180') && rangMs === null) {
            rangMs = performance.now() - sentMs
            socket.send(message('CANCEL', to, ''), port, '127.0.0.1')
          }
          if (!/^SIP\/2\.0 [3-6]/.test(text)) return
          const told = /^To: .*$/im.exec(text)?.[0] ?? to
          socket.send(message('ACK', told, ''), port, '127.0.0.1')
          clearTimeout(late)
          if (rangMs === null) reject(new Error(`refused: ${text.split('\r\n')[0]}`))
          else resolve(rangMs)
        }
        socket.send(message('INVITE', to, sdp), port, '127.0.0.1')
      })
    },
    close: () => socket.close(),
  }
}
