import { expect, it } from 'vitest'
import type { SteerAsk } from '#shared/domain/camera/steering'
import { nearer, within } from '../../../src-renderer/features/cameras/use-hand-on-picture'
import { createSteerQueue } from '../../../src-renderer/features/cameras/use-steering'

const move = (pan: number): SteerAsk => ({ type: 'move', pan, tilt: 0, zoom: 0 })

it('sends one after the other, of waiting movements only the newest, and never a stop before its movement', async () => {
  const sent: SteerAsk[] = []
  const answers: (() => void)[] = []
  const steer = createSteerQueue((ask) => {
    sent.push(ask)
    return new Promise((done) => answers.push(done))
  })
  for (const ask of [move(0.1), move(0.2), move(0.3), { type: 'goTo', number: 2 } as const, { type: 'stop' } as const]) steer(ask)
  expect(sent).toEqual([move(0.1)])
  for (let turn = 0; turn < 4; turn += 1) {
    answers.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  expect(sent).toEqual([move(0.1), { type: 'goTo', number: 2 }, { type: 'stop' }])
})

it('magnifies about the pointer and never beyond the picture', () => {
  const near = nearer({ x: 0.5, y: 0.5, scale: 1 }, { x: 1, y: 0 }, 2)
  expect(near).toEqual({ x: 0.75, y: 0.25, scale: 2 })
  expect(nearer(near, { x: 0.5, y: 0.5 }, 100).scale).toBe(8)
  expect(nearer(near, { x: 0, y: 0 }, 0.01)).toEqual({ x: 0.5, y: 0.5, scale: 1 })
  expect(within({ x: 2, y: -1, scale: 4 })).toEqual({ x: 0.875, y: 0.125, scale: 4 })
})
