/** When whoever left their seat is warned, and when the shift lead is told. */
import { describe, expect, it } from 'vitest'
import { createPostWatch } from '#main/workflows/shift/post-watch'
import type { TopicName } from '#shared/contracts/seat-api/table'
import { leavingRuleOf, usualShiftSettings } from '#shared/domain/shift/leaving'
import { createFakeClock } from '../../../fakes/fake-clock'

const start = Date.parse('2026-11-20T09:00:00+08:00')
const minute = 60_000

function watchOf(role: 'shiftLead' | 'intake', shiftEndsAt = start + 4 * 3_600_000) {
  const clock = createFakeClock(start)
  const state = new Map<string, unknown>()
  const held = new Map<string, string>()
  let lockedAt: number | null = null
  const watch = createPostWatch({
    clock,
    now: () => clock.now(),
    session: {
      current: () => ({ me: { accountNo: '0102', role, shift: { endsAt: shiftEndsAt } }, isLocked: lockedAt !== null, lockedAt }) as never,
    },
    look: ((topic: TopicName) => state.get(topic)) as never,
    rule: () => leavingRuleOf(usualShiftSettings),
    notices: { raise: (key, { level, title }) => void held.set(key, `${level} ${title}`), settle: (key) => void held.delete(key) },
    publish: ((topic: TopicName, view: unknown) => void state.set(topic, view)) as never,
  })
  const tell = (topic: TopicName, view: unknown) => {
    state.set(topic, view)
    watch.follow(topic)
  }
  const agent = (more: object) => tell('telephone.changed', { agent: { phase: 'notReady', since: clock.now(), forced: null, ...more } })
  const lock = (isLocked: boolean) => {
    lockedAt = isLocked ? clock.now() : null
    tell('session.changed', {})
  }
  return { clock, held, tell, agent, lock, watch, post: () => state.get('post.changed') }
}

const absence = { forced: { by: 'absence' }, wish: { phase: 'ready' } }
const away = { seatNo: '03', accountNo: '0103', name: '王芳', phase: 'notReady', reason: 'absence', since: start }

describe('the seat that was left', () => {
  it('warns its person five minutes before the limit, says when it has passed, and is silent again when they are back', async () => {
    const { clock, held, agent, lock, post } = watchOf('intake')
    lock(true)
    agent(absence)
    expect(post()).toEqual({ since: start, breakName: null, warnAt: start + 25 * minute, limitAt: start + 30 * minute })
    await clock.advance(25 * minute - 1)
    expect([...held]).toEqual([])
    await clock.advance(1)
    expect([...held.values()]).toEqual(['warning 离开坐席已 25 分钟'])
    await clock.advance(5 * minute)
    expect([...held.values()]).toEqual(['error 离开坐席已满 30 分钟'])
    lock(false)
    agent({ wish: { phase: 'ready' } })
    expect([...held]).toEqual([])
    expect(post()).toBeNull()
  })

  it('counts no break that was said before, and no seat that a fault keeps not ready', async () => {
    for (const view of [{ wish: { phase: 'notReady', reason: 'meal' } }, { ...absence, forced: { by: 'fault', faults: [] } }]) {
      const { clock, held, agent, lock, post } = watchOf('intake')
      agent(view)
      lock(true)
      await clock.advance(60 * minute)
      expect([...held]).toEqual([])
      expect(post()).toMatchObject({ breakName: 'forced' in view ? null : '用餐', limitAt: null })
    }
  })

  it('says nothing where the shift ends before the limit', async () => {
    const { clock, held, agent, lock } = watchOf('intake', start + 20 * minute)
    lock(true)
    agent(absence)
    await clock.advance(60 * minute)
    expect([...held]).toEqual([])
  })
})

describe('the shift lead', () => {
  it('is told once when the limit of somebody has passed, also of whoever left before they sat down, until they are back', async () => {
    const { clock, held, tell } = watchOf('shiftLead')
    tell('onDuty.changed', { people: [] })
    tell('agents.changed', { agents: [away, { ...away, accountNo: '0104', name: '李静', seatNo: '04', since: start - 40 * minute }] })
    expect([...held.values()]).toEqual(['warning 04 号坐席 李静 离开已满 30 分钟'])
    await clock.advance(30 * minute)
    expect(held.get('post/left/0103')).toBe('warning 03 号坐席 王芳 离开已满 30 分钟')
    tell('agents.changed', { agents: [{ ...away, phase: 'ready', reason: null }] })
    expect([...held]).toEqual([])
  })

  it('alone is told, and leaves no timer behind', async () => {
    const { clock, held, tell, watch } = watchOf('intake')
    tell('agents.changed', { agents: [away] })
    await clock.advance(40 * minute)
    expect([...held]).toEqual([])
    const lead = watchOf('shiftLead')
    lead.tell('agents.changed', { agents: [away] })
    lead.watch.stop()
    await lead.clock.advance(40 * minute)
    expect([...lead.held]).toEqual([])
    watch.stop()
  })
})
