import type { AppError } from '#shared/base/app-error'
import { chinaOffsetMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseLock } from '#shared/contracts/case-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type ActionId, actionSpec } from '#shared/domain/case/actions'
import { decide } from '#shared/domain/case/decide'
import type { HistoryEntry } from '#shared/domain/case/history'
import type { Viewer } from '#shared/domain/case/visibility'
import { findLock } from '../../store/case-desk-store'
import { holdInOrder } from '../../store/case-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Actor, Answer, Ask, Services } from '../services'
import { caseActorOf, entryFor, viewerOf } from './access'
import { addStep, type HeldCase, holdForChange, momentAfter, wire } from './change-case'
import { claimNamed, completeInput } from './complete-input'

/** One step of a case, by the rules of `domain/case`: judged on what is stored now, written and told in one transaction. */
export function actOnCase(services: Services, ask: Ask<InputOf<'cases.act'>>): Answer<OutputOf<'cases.act'>> {
  const { actor, input } = ask
  const { caseId, action } = input.params
  return ask.transact(async (unit) => {
    await holdBothOfMerge(services, unit, input)
    const held = await holdForChange(services, unit, actor, caseId)
    if (!held.ok) return held
    const refusal = await outOfTurn(services, unit, held.value, { action, actor, seenVersion: ask.seenVersion })
    if (refusal) return err(refusal)
    const complete = await completeInput(unit, held.value, { action, actor, input: input.body })
    if (!complete.ok) return complete
    const { progress, measures } = held.value
    const now = momentAfter(held.value, services.clock.now())
    const context = { progress, actor: caseActorOf(actor), input: complete.value, profile: measures.profile, now }
    const decision = decide(action, context)
    if (!decision.ok) return err(appError(decision.error.code, decision.error.detail))
    const claimed = await claimNamed(unit, held.value, { actor, input: complete.value })
    if (!claimed.ok) return claimed
    return ok(wire(await addStep(unit, held.value, decision.value)))
  })
}

/** Of two cases that are merged into each other at the same moment, one must find the other ended; so both are held, in one order for everybody. */
async function holdBothOfMerge({ databaseKind }: Services, unit: UnitOfWork, { params, body }: InputOf<'cases.act'>): Promise<void> {
  if (params.action !== 'mergeDuplicate' || body.otherCaseId === undefined) return
  await holdInOrder(unit.trx, databaseKind, [params.caseId, body.otherCaseId])
}

interface Turn {
  readonly action: ActionId
  readonly actor: Actor
  readonly seenVersion: number
}

/** Notes that were written offline neither wait for an editor nor grow stale: they are added to whatever the case is by now. */
async function outOfTurn(services: Services, unit: UnitOfWork, held: HeldCase, turn: Turn): Promise<AppError | undefined> {
  if (actionSpec(turn.action).isQueued) return undefined
  const stale = staleness(held, turn.seenVersion, viewerOf(turn.actor))
  if (!stale.ok) return stale.error
  const lock = await findLock(unit.trx, held.stored.identity.caseId, services.clock.now())
  return lock && lock.accountNo !== turn.actor.accountNo ? lockedBy(lock) : undefined
}

/** Error: `record/stale`, with the steps that were taken since. */
export function staleness({ progress, stored }: HeldCase, seen: number, viewer: Viewer): Result<void, AppError> {
  const current = progress.version
  if (current === seen) return ok(undefined)
  const since = stored.history.filter(({ seq }) => seq > seen).map((entry) => changeOf(entryFor(viewer, entry)))
  return err(appError('record/stale', { current, seen, since }))
}

function changeOf({ seq, at, action, by }: HistoryEntry) {
  const title = action === 'register' ? '登记' : action === 'undo' ? '撤销' : actionSpec(action).title
  return { seq, at, action, title, byName: by.name }
}

export function lockedBy({ name, seatNo, until }: CaseLock): AppError {
  return appError('case/locked', { name, seatNo, until: new Date(until + chinaOffsetMs).toISOString().slice(11, 16), untilMs: until })
}
