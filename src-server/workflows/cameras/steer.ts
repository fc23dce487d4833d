import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { cameraViewers } from '#shared/contracts/central-api/cameras'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import {
  type DeviceOrder,
  newSteering,
  priorityOf,
  type Steered,
  type SteerRefusal,
  steer,
  steeringAt,
} from '#shared/domain/camera/steering'
import { findSteering, putSteering, tickingSteerings } from '../../store/steering-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Actor, Answer, Ask, Services } from '../services'

/**
 * Steering: who has the camera is written first and told to all seats, then the device is told. A device that does not obey is said in words to whoever
 * asked; the camera stays theirs, to try again or give it back.
 */
type Steering = Pick<Services, 'db' | 'clock' | 'transactor' | 'motors' | 'log'>

export async function readSteering(
  { db, motors }: Services,
  { input }: Ask<InputOf<'cameras.steering'>>,
): Answer<OutputOf<'cameras.steering'>> {
  const { cameraNo } = input.params
  return ok({ steering: (await findSteering(db, cameraNo)) ?? newSteering(cameraNo), canTurn: motors().canTurn(cameraNo) })
}

export async function steerCamera(services: Services, ask: Ask<InputOf<'cameras.steer'>>): Answer<OutputOf<'cameras.steer'>> {
  const { cameraNo } = ask.input.params
  if (!services.motors().canTurn(cameraNo)) return err(appError('camera/cannotTurn', { cameraNo }))
  const decided = await ask.transact(async (unit) => {
    await unit.lock('steering')
    const before = (await findSteering(unit.trx, cameraNo)) ?? newSteering(cameraNo)
    const done = steer(before, ask.input.body.ask, handOf(ask.actor), services.clock.now())
    if (!done.ok) return err(refusalOf(cameraNo, done.error))
    await keep(unit, done.value)
    return ok(done.value)
  })
  if (!decided.ok) return decided
  const obeyed = await obey(services, cameraNo, decided.value.orders)
  return obeyed.ok ? ok({ steering: decided.value.state, canTurn: true }) : obeyed
}

const handOf = ({ accountNo, name, seatNo, role }: Actor) => ({ accountNo, name, seatNo, priority: priorityOf(role) })

async function keep(unit: UnitOfWork, { state }: Steered): Promise<void> {
  await putSteering(unit.trx, state)
  unit.emit('camera.steered', state, { roles: [...cameraViewers] })
}

async function obey(services: Pick<Services, 'motors'>, cameraNo: string, orders: readonly DeviceOrder[]): Promise<Result<void, AppError>> {
  for (const order of orders) {
    const answer = await services.motors().order(cameraNo, order)
    if (!answer.ok) return err(appError('camera/notSteered', { cameraNo, reason: answer.error }))
  }
  return ok(undefined)
}

function refusalOf(cameraNo: string, refusal: SteerRefusal): AppError {
  if (refusal.code !== 'camera/steeredByOther')
    return appError(refusal.code, { cameraNo, number: 'number' in refusal ? refusal.number : 0 })
  const { by, leftMs } = refusal
  return appError(refusal.code, { cameraNo, name: by.name, seatNo: by.seatNo, seconds: Math.ceil(leftMs / 1_000) })
}

/** A second of time for all cameras that somebody has or left. False: there are none. */
export async function tickSteering(services: Steering): Promise<boolean> {
  const ticking = await tickingSteerings(services.db)
  for (const { cameraNo } of ticking) {
    const orders = await services.transactor.inTransaction(async (unit) => {
      await unit.lock('steering')
      const before = await findSteering(unit.trx, cameraNo)
      const step = before && steeringAt(before, services.clock.now())
      if (!before || !step || step.state === before) return ok([])
      await keep(unit, step)
      return ok(step.orders)
    })
    const obeyed = orders.ok ? await obey(services, cameraNo, orders.value) : orders
    if (!obeyed.ok) services.log.warn('camera did not obey', { cameraNo, code: obeyed.error.code, reason: obeyed.error.detail?.reason })
  }
  return ticking.length > 0
}
