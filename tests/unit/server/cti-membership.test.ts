import { describe, expect, it } from 'vitest'
import type { Pause } from '#server/cti/cti'
import { followAgents } from '#server/cti/follow-agents'
import { changedPauses, wantedPauses } from '#server/cti/membership'
import { err, ok } from '#shared/base/result'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { Seat } from '#shared/contracts/central-api/centre'
import { appError } from '#shared/contracts/errors'
import { createFakeClock } from '../../fakes/fake-clock'
import { createFakeCti } from '../../fakes/fake-cti'
import { createKeptLog } from '../../fakes/kept-log'

const seat = (seatNo: string, more: Partial<Seat> = {}): Seat => ({
  ...{ seatId: seatNo, seatNo, name: '大厅', extension: `80${seatNo}`, isEnabled: true, version: 1 },
  ...more,
})
const agent = (seatNo: string, phase: AgentOnBoard['phase']) => ({ seatNo, phase }) as AgentOnBoard

describe('what the queue should know of seats', () => {
  const seats = [seat('01'), seat('02'), seat('03'), seat('04'), seat('05', { extension: null }), seat('06', { isEnabled: false })]

  it('is that only who shows ready takes calls', () => {
    const agents = [agent('01', 'ready'), agent('02', 'notReady'), agent('03', 'wrapUp'), agent('05', 'ready'), agent('06', 'ready')]
    expect([...wantedPauses(seats, agents, new Map())]).toEqual([
      ['8001', null],
      ['8002', 'notReady'],
      ['8003', 'wrapUp'],
      ['8004', 'signedOut'],
      ['8006', 'signedOut'],
    ])
  })

  it('stands while a call rings or is spoken', () => {
    const told = new Map<string, Pause | null>([['8001', 'notReady']])
    const wanted = wantedPauses(seats, [agent('01', 'talking'), agent('02', 'ringing')], told)
    expect([wanted.get('8001'), wanted.get('8002')]).toEqual(['notReady', null])
    expect(changedPauses(wanted, told).map(([extension]) => extension)).not.toContain('8001')
  })
})

describe('following the agents', () => {
  function stage() {
    const clock = createFakeClock(1_000)
    const cti = createFakeCti()
    const shown = { agents: [agent('01', 'notReady')] }
    let reads = 0
    const follower = followAgents({
      ...{ cti, clock, log: createKeptLog() },
      read: async () => {
        reads += 1
        return { seats: [seat('01'), seat('02')], agents: shown.agents }
      },
    })
    return { clock, cti, shown, follower, reads: () => reads }
  }

  it('tells each change once, however often it is asked to look', async () => {
    const { clock, cti, shown, follower, reads } = stage()
    await clock.advance(200)
    expect(cti.said).toEqual(['8001 notReady', '8002 signedOut'])
    shown.agents = [agent('01', 'ready')]
    for (let times = 0; times < 20; times += 1) follower.look()
    await clock.advance(200)
    expect(cti.said.slice(2)).toEqual(['8001 null'])
    expect(reads()).toBe(2)
    follower.stop()
    expect(clock.pending()).toBe(0)
  })

  it('tells again what was refused, and everything when the exchange is back', async () => {
    const { clock, cti } = stage()
    cti.answer = () => err(appError('cti/refused', { reason: 'no' }))
    await clock.advance(200)
    cti.answer = () => ok(undefined)
    cti.said.length = 0
    await clock.advance(30_200)
    expect(cti.said).toEqual(['8001 notReady', '8002 signedOut'])
    cti.setUp(false)
    await clock.advance(60_000)
    expect(cti.said.length).toBe(2)
    cti.setUp(true)
    await clock.advance(200)
    expect(cti.said.slice(2)).toEqual(['8001 notReady', '8002 signedOut'])
  })
})
