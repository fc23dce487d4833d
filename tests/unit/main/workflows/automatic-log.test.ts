/** What the program writes into the duty log by itself, and how often. */
import { describe, expect, it } from 'vitest'
import { createAutomaticLog } from '#main/workflows/shift/automatic-log'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { TopicName } from '#shared/contracts/seat-api/table'
import { createFakeClock } from '../../../fakes/fake-clock'

const start = Date.parse('2026-11-20T12:47:00+08:00')

function logOf(role: 'shiftLead' | 'intake' = 'shiftLead') {
  const clock = createFakeClock(start)
  const written: string[] = []
  const state = new Map<string, unknown>()
  const person = { accountNo: '0101', name: '沈玉梅', role, seatNo: '02' } as unknown as Me
  const log = createAutomaticLog({
    clock,
    now: () => clock.now(),
    me: () => person,
    look: ((topic: TopicName) => state.get(topic)) as never,
    write: (_me, { kind, text }) => void written.push(`${kind} ${text}`),
  })
  const tell = (topic: TopicName, view: unknown) => {
    state.set(topic, view)
    log.follow(topic)
  }
  return { clock, written, tell, log }
}

const telephone = (listeners: readonly object[]) => ({ agent: { forced: null }, listeners })
const wall = (cells: readonly object[], status = 'connected') => ({
  walls: [{ wall: { wallId: 'w', name: '大厅', driver: { status, message: '网线断' }, cells }, entries: [] }],
})
const failed = { cell: 11, phase: 'failed', reason: '通道满' }

describe('the automatic log', () => {
  it('says once at the seat that its call was taken over, and not that somebody listens', () => {
    const { written, tell } = logOf('intake')
    tell('telephone.changed', telephone([{ accountNo: '0102', name: '郑国平', mode: 'listen', since: start }]))
    const taken = [{ accountNo: '0102', name: '郑国平', mode: 'takeOver', since: start }]
    tell('telephone.changed', telephone(taken))
    tell('telephone.changed', telephone(taken))
    expect(written).toEqual(['event 值班长郑国平于 12:47 接管坐席 02（沈玉梅）的通话。'])
    tell('telephone.changed', telephone([]))
    tell('telephone.changed', telephone([{ ...taken[0], since: start + 60_000 }]))
    expect(written).toHaveLength(2)
  })

  it('says of the wall what lasts a minute, once, and when it is over', async () => {
    const { clock, written, tell } = logOf()
    tell('wall.changed', wall([failed]))
    await clock.advance(30_000)
    tell('wall.changed', wall([{ ...failed, phase: 'confirmed' }]))
    await clock.advance(60_000)
    expect(written).toEqual([])
    tell('wall.changed', wall([failed]))
    await clock.advance(61_000)
    tell('wall.changed', wall([failed]))
    tell('wall.changed', wall([]))
    tell('wall.changed', wall([], 'lost'))
    await clock.advance(61_000)
    expect(written).toEqual([
      'equipment 大屏“大厅”格 11 没有按要求显示：通道满。',
      'equipment 已恢复：大屏“大厅”格 11 没有按要求显示：通道满。',
      'equipment 大屏“大厅”控制中断：网线断。',
    ])
  })

  it('leaves the affairs of the hall to the lead, and no timer running', async () => {
    const { clock, written, tell, log } = logOf('intake')
    tell('wall.changed', wall([failed]))
    await clock.advance(61_000)
    expect(written).toEqual([])
    log.stop()
    expect(clock.pending()).toBe(0)
  })
})
