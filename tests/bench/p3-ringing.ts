/**
 * P3: from an INVITE on the wire to 180 Ringing on the wire. The whole core of a seat in a process of its own, against baresip in the same run and in turn with it;
 * both are asked directly, over UDP, by the same socket, and each call is given up as soon as it rings.
 */
import { password, startCentre } from '../integration/main/harness'
import { createSeatPc } from '../interop/killable-seat'
import { hasBaresip, startBaresip } from '../interop/peers/baresip'
import { freePort } from '../interop/peers/free-port'
import { hasKamailio, startKamailio } from '../interop/peers/kamailio'
import { openTalkingPage } from '../interop/talking-page'
import { lineOf } from '../interop/talking-seat'
import { type Figure, quantile, rounded } from './figure'
import { openSipCaller } from './sip-caller'

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
  const caller = await openSipCaller()
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
        const ringing = caller.ring({ user, port })
        const ms = await ringing.rang
        await ringing.giveUp()
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
