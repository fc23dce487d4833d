import { describe, expect, it } from 'vitest'
import { tortureMessages } from '../../../../fixtures/sip-torture'
import { createLab } from './sip-lab'

/** RFC 4475 in spirit: every message gets the answer that its fault deserves, and costs at most one line of the log. */
describe('torture', () => {
  it.each(tortureMessages)('$name', async ({ text, expects }) => {
    const lab = createLab()
    const peer = lab.peer(9)
    const seat = lab.seat('1004')
    seat.agent.register()
    await lab.clock.advance(5)
    peer.send(text, seat.endpoint)
    await lab.clock.advance(5)
    const status = peer.received.flatMap((one) => /^SIP\/2\.0 (\d+)/.exec(one)?.[1] ?? []).filter((one) => one !== '100')[0]
    expect(expects).toContain(status === undefined ? null : Number(status))
    expect(seat.agent.counters()).toMatchObject({ faults: 0 })
    expect(seat.agent.calls()).toHaveLength(0)
  })
})
