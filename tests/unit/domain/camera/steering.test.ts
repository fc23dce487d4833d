import { expect, it } from 'vitest'
import { ptzPolicy } from '#shared/domain/camera/ptz-session'
import { type CameraSteering, isTicking, newSteering, type SteerAsk, steer, steeringAt } from '#shared/domain/camera/steering'

const operator = { accountNo: '0601', name: '丁一凡', seatNo: '11', priority: 3 }
const other = { accountNo: '0602', name: '沈玉梅', seatNo: '12', priority: 3 }
const lead = { accountNo: '0101', name: '王班长', seatNo: '01', priority: 4 }
const t0 = 1_000_000

function must(state: CameraSteering, ask: SteerAsk, hand = operator, now = t0) {
  const done = steer(state, ask, hand, now)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const withPresets = () => {
  const one = must(newSteering('008'), { type: 'savePreset', number: 1, name: '路口' }).state
  const two = must(one, { type: 'savePreset', number: 2, name: '商铺' }).state
  return must(two, { type: 'setHome', number: 1 }).state
}

it('is taken by the first movement, refused to an equal with the time left, and given to a higher priority', () => {
  const moving = must(newSteering('008'), { type: 'move', pan: 0.5, tilt: 0, zoom: 0 })
  expect(moving.orders).toEqual([{ kind: 'move', pan: 0.5, tilt: 0, zoom: 0 }])
  expect(steer(moving.state, { type: 'stop' }, other, t0 + 5_000)).toEqual({
    ok: false,
    error: { code: 'camera/steeredByOther', by: operator, leftMs: 10_000 },
  })
  expect(must(moving.state, { type: 'take' }, lead, t0 + 5_000).displaced).toEqual(operator)
  expect(must(moving.state, { type: 'take' }, other, t0 + 15_001).displaced).toBeNull()
})

it('stops turning when its hand goes away, and later returns home', () => {
  const left = must(withPresets(), { type: 'move', pan: 1, tilt: 0, zoom: 0 }).state
  expect(isTicking(left)).toBe(true)
  const yielded = steeringAt(left, t0 + ptzPolicy.idleMs)
  expect(yielded.orders).toEqual([{ kind: 'stop' }])
  expect(yielded.state.session.hand).toBeNull()
  expect(steeringAt(yielded.state, t0 + ptzPolicy.idleMs + 60_000).orders).toEqual([])
  const home = steeringAt(yielded.state, t0 + ptzPolicy.idleMs + ptzPolicy.returnAfterMs)
  expect(home.orders).toEqual([{ kind: 'recall', number: 1 }])
  expect(isTicking(home.state)).toBe(false)
})

it('tours its presets, yields to a hand, and goes on with the tour when it is left', () => {
  const planned = must(withPresets(), { type: 'setTour', tour: { presets: [1, 2], dwellMs: 10_000 } }).state
  const begun = must(planned, { type: 'startTour' })
  expect(begun.orders).toEqual([{ kind: 'recall', number: 1 }])
  expect(steeringAt(begun.state, t0 + 9_999).orders).toEqual([])
  const second = steeringAt(begun.state, t0 + 10_000)
  expect(second.orders).toEqual([{ kind: 'recall', number: 2 }])
  expect(steeringAt(second.state, t0 + 20_000).orders).toEqual([{ kind: 'recall', number: 1 }])
  const steered = must(second.state, { type: 'move', pan: 0, tilt: 1, zoom: 0 }, operator, t0 + 12_000).state
  expect(steered.touring).toBeNull()
  const free = must(steered, { type: 'release' }, operator, t0 + 14_000).state
  const again = steeringAt(free, t0 + 14_000 + ptzPolicy.returnAfterMs)
  expect(again.orders).toEqual([{ kind: 'recall', number: 1 }])
  expect(again.state.touring).not.toBeNull()
})

it('keeps a locked preset where it is, and forgets a removed one in home and tour', () => {
  const state = withPresets()
  const locked = must(state, { type: 'lockPreset', number: 1, isLocked: true }).state
  for (const ask of [
    { type: 'savePreset', number: 1, name: '别处' },
    { type: 'removePreset', number: 1 },
  ] as const)
    expect(steer(locked, ask, lead, t0 + 20_000)).toMatchObject({ error: { code: 'camera/presetLocked', number: 1 } })
  const toured = must(state, { type: 'setTour', tour: { presets: [1, 2], dwellMs: 10_000 } }).state
  const removed = must(toured, { type: 'removePreset', number: 1 }).state
  expect([removed.homePreset, removed.tour?.presets]).toEqual([null, [2]])
  expect(steer(removed, { type: 'goTo', number: 1 }, operator, t0)).toMatchObject({ error: { code: 'camera/presetUnknown' } })
  expect(steer(newSteering('1'), { type: 'startTour' }, operator, t0)).toMatchObject({ error: { code: 'camera/noTour' } })
})
