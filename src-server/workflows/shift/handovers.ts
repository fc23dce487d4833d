import { err, ok } from '#shared/base/result'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import { findAccountByNo } from '../../store/account-store'
import { findSeatKey } from '../../store/log-store'
import { insertStep, listSteps } from '../../store/shift-store'
import type { Outcome } from '../../store/transaction'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'
import { judgePassword } from '../sign-in-attempts'
import { createProving } from './proving'
import { isSignedStep } from './signed-step'

/**
 * Steps of handovers as seats bring them. The centre does not judge where a step stands: two seats may have worked alone, and every reader folds the same
 * steps to the same state, conflicts included. It takes in what is signed by a seat, and made by whom it says.
 */
export function takeInStep(services: Services, ask: Ask<InputOf<'handovers.step'>>): Answer<OutputOf<'handovers.step'>> {
  const step = ask.input.body
  return ask.transact(async (unit) => {
    const key = await findSeatKey(unit.trx, step.keyId)
    if (!key || step.handoverId !== ask.input.params.handoverId || !isSignedStep(step, [key], createProving())) {
      return err(appError('handover/unsigned'))
    }
    // Another person's step comes through the seat at which both were: that seat checked their password and signs for it.
    if (step.by.accountNo !== ask.actor.accountNo && !mayComeWithAnother(step)) return err(appError('handover/notYours'))
    if (!(await insertStep(unit.trx, step, services.clock.now()))) return err(appError('record/exists', { key: step.stepId }))
    const detail = { did: step.words.did, by: step.by.accountNo, seatNo: step.seatNo }
    await audit(services, unit, ask.actor, { action: 'handover.step', subject: step.handoverId, detail })
    unit.emit('handover.stepped', step, { roles: [...shiftPosts] })
    return ok(step)
  })
}

function mayComeWithAnother({ words }: HandoverStepSchema): boolean {
  return ['read', 'take', 'ask', 'object'].includes(words.did) || (words.did === 'accept' && words.via !== 'centre')
}

export async function readHandovers({ db }: Services, ask: Ask<InputOf<'handovers.list'>>): Answer<OutputOf<'handovers.list'>> {
  return ok({ steps: [...(await listSteps(db, ask.input.query.from))] })
}

/** The incoming person signs at the seat of the outgoing: their password is checked and counted like at signing in, and no session begins. */
export async function vouch(services: Services, ask: Ask<InputOf<'handovers.vouch'>>): Answer<OutputOf<'handovers.vouch'>> {
  const { accountNo, password } = ask.input.body
  if (services.passwords.isOverloaded()) return err(appError('request/busy'))
  const known = await findAccountByNo(services.db, accountNo)
  const isCorrect = await services.passwords.verify(password, known?.passwordHash)
  return ask.transact(async (unit): Promise<Outcome<OutputOf<'handovers.vouch'>>> => {
    await unit.lock('accounts')
    const account = await findAccountByNo(unit.trx, accountNo)
    const actor = { accountNo, name: account?.name ?? null, seatNo: ask.actor.seatNo }
    const refusal = await judgePassword(services, unit, {
      accountNo,
      isCorrect: isCorrect && account?.passwordHash === known?.passwordHash,
      actor,
    })
    if (refusal) return { ...err(refusal), keep: true }
    if (!account?.isEnabled) return { ...err(appError('auth/accountDisabled')), keep: true }
    await audit(services, unit, actor, { action: 'handover.vouched', subject: ask.input.params.handoverId })
    return ok({ accountNo, name: account.name, roles: [...account.roles] })
  })
}
