import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { decideUndo } from '#shared/domain/case/decide'
import { progressOf } from '#shared/domain/case/progress'
import { holdersOf } from '#shared/domain/case/roles'
import { findWhoSaw } from '../../store/case-desk-store'
import type { Answer, Ask, Services } from '../services'
import { caseActorOf, viewerOf } from './access'
import { staleness } from './act-on-case'
import { addStep, holdForChange, momentAfter, wire } from './change-case'

/** Takes back one's own last step, within the profile's seconds and before anybody whose turn it is now, or who is to decide its request, has opened the case. */
export function undoAction(services: Services, ask: Ask<InputOf<'cases.undo'>>): Answer<OutputOf<'cases.undo'>> {
  const { actor, input } = ask
  const { caseId } = input.params
  return ask.transact(async (unit) => {
    const held = await holdForChange(services, unit, actor, caseId)
    if (!held.ok) return held
    const { stored, progress, measures } = held.value
    const stale = staleness(held.value, ask.seenVersion, viewerOf(actor))
    if (!stale.ok) return stale
    const now = momentAfter(held.value, services.clock.now())
    const undo = decideUndo({ progress, actor: caseActorOf(actor), profile: measures.profile, now })
    if (!undo.ok) return err(appError(undo.error.code, undo.error.detail))
    const roles = [...holdersOf(progress, measures.profile), ...(stored.row.request?.with ?? [])]
    const name = await findWhoSaw(unit.trx, caseId, { roles, version: progress.version, except: actor.accountNo })
    if (name !== undefined) return err(appError('case/undoSeen', { name }))
    const after = progressOf(stored.beginning, [...stored.history, undo.value])
    if (!after) throw new Error('a registration was undone')
    return ok(wire(await addStep(unit, held.value, { entry: undo.value, progress: after })))
  })
}
