import { dayMs } from '#shared/base/china-time'
import { err, ok } from '#shared/base/result'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type HistoryEntry, systemActor } from '#shared/domain/case/history'
import { apply } from '#shared/domain/case/progress'
import { holdCaseForProgram } from '../../store/case-store'
import { listRepliesDue, listRepliesSent } from '../../store/reply-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Answer, Ask, Services } from '../services'
import { viewerOf } from './access'
import { addStep, heldCase, momentAfter } from './change-case'

/** Replies to the sources of cases: the list of those that wait, and what became of those that the program brought there. */
const mostListed = 500
const sentKeptMs = 60 * dayMs

export async function listReplies(services: Services, { actor, input }: Ask<InputOf<'replies.list'>>): Answer<OutputOf<'replies.list'>> {
  const viewer = viewerOf(actor)
  const rows =
    input.query.which === 'due'
      ? await listRepliesDue(services.db, viewer, mostListed)
      : await listRepliesSent(services.db, viewer, services.clock.now() - sentKeptMs, mostListed)
  return ok({ items: rows as CaseRowSchema[] })
}

/**
 * A step of the program's own: the reply arrived, or could not be brought there for days. It is written in the transaction in which the delivery is
 * settled. A reply that somebody settled meanwhile stays as it is.
 */
export async function settleReply(
  services: Pick<Services, 'clock' | 'databaseKind' | 'caseSettings'>,
  unit: UnitOfWork,
  { caseId, isDelivered }: { readonly caseId: string; readonly isDelivered: boolean },
) {
  const stored = await holdCaseForProgram(unit.trx, services.databaseKind, caseId)
  if (!stored) return err(appError('record/notFound'))
  const held = heldCase(stored, await services.caseSettings.read(unit.trx))
  if (!held.ok) return held
  const { progress } = held.value
  if (progress.reply?.state !== 'approved') return ok(undefined)
  const entry: HistoryEntry = {
    ...{ seq: progress.version + 1, at: momentAfter(held.value, services.clock.now()), by: systemActor },
    ...{ action: isDelivered ? 'deliverReply' : 'giveUpReply', from: progress.state, to: progress.state },
    input: progress.reply.via === null ? {} : { replyVia: progress.reply.via },
  }
  await addStep(unit, held.value, { entry, progress: apply(progress, entry) })
  return ok(undefined)
}
