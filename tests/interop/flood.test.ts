import { describe, expect, it } from 'vitest'
import { malformedDatagrams } from '../chaos/malformed-datagrams'
import { isShort } from './extent'

/** The bounded form of `npm run chaos -- malformed-datagrams --datagrams 100000`. */
describe('broken messages while two talk', () => {
  it.each(['UDP', 'TCP'] as const)('leave the call alone over %s', async (transport) => {
    const { failures, figures } = await malformedDatagrams({ datagrams: isShort ? 5_000 : 20_000, seed: 12_319, transport })
    expect(failures).toEqual([])
    // Over a stream a broken message ends its connection, and those behind it with it.
    expect(figures.malformed).toBeGreaterThan(figures.datagrams / 50)
  })
})
