import { describe, expect, it } from 'vitest'
import { floodedSeat } from '../chaos/flooded-seat'
import { isShort } from './extent'
import { hasBaresip } from './peers/baresip'
import { hasKamailio } from './peers/kamailio'

/** The bounded form of `npm run chaos -- flooded-seat --datagrams 100000`. */
describe.skipIf(!hasKamailio || !hasBaresip)('broken messages to a seat that talks', () => {
  it.each(['UDP', 'TCP'] as const)('leave speech and memory alone over %s', { timeout: 120_000 }, async (transport) => {
    const { failures, figures } = await floodedSeat({ datagrams: isShort ? 5_000 : 20_000, seed: 12_319, transport, settleS: 0 })
    console.log(`flooded over ${transport}: ${JSON.stringify(figures)}`)
    expect(failures).toEqual([])
  })
})
