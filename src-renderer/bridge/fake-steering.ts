import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { newSteering, priorityOf, type SteerAsk, steer } from '#shared/domain/camera/steering'
import type { FakeWorld } from './fake-world'

/** Steering in memory by the real rules; no camera turns. */
export function fakeSteer(world: FakeWorld, cameraNo: string, ask: SteerAsk) {
  const held = world.state['steering.changed'].cameras
  const before = held.find((one) => one.cameraNo === cameraNo) ?? newSteering(cameraNo)
  const agent = world.state['session.changed'].agent
  const hand = { accountNo: agent?.accountNo ?? '', name: agent?.name ?? '', seatNo: '02', priority: priorityOf(agent?.role ?? '') }
  const done = steer(before, ask, hand, world.options.now())
  if (!done.ok) {
    const refusal = done.error
    const detail = 'by' in refusal ? { name: refusal.by.name, seatNo: refusal.by.seatNo, seconds: Math.ceil(refusal.leftMs / 1_000) } : {}
    return err(appError(refusal.code, { cameraNo, number: 'number' in refusal ? refusal.number : 0, ...detail }))
  }
  world.publish('steering.changed', { cameras: [...held.filter((one) => one.cameraNo !== cameraNo), done.value.state] })
  return ok({ steering: done.value.state, canTurn: true })
}
