import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { ActionInputSchema } from '#shared/contracts/case-shapes'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type InputName, inputTitles, isGiven } from '#shared/domain/case/inputs'
import { transitions } from '#shared/domain/case/transitions'
import type { SeatContext } from '../context'
import { draftKeyOf } from '../drafts'

/**
 * Writes a note about a case 记意见、附件、回访、标注、到场. The intent is the record: with the end of its draft it is one transaction. Notes of one case
 * leave in the order they were written, each after the photos that it names, and say when they were written: hours count for calls that were not
 * answered, and whoever arrives while the centre is away has arrived all the same.
 */
export interface NoteBody {
  readonly caseId: string
  readonly caseNo: string
  readonly action: InputOfCommand<'cases.note'>['action']
  readonly input: ActionInputSchema
  readonly byName: string
  /** The version its author saw: what they wrote about. */
  readonly version: number
  /** Where withdrawn words go back to. */
  readonly draftKey: string
}

export const noteSubject = (caseId: string) => `case/${caseId}`

type NoteContext = Pick<SeatContext, 'store' | 'cases' | 'ids' | 'now' | 'outbox' | 'log'>

export function noteCase(
  seat: NoteContext,
  me: Me,
  { draftKey, ...note }: InputOfCommand<'cases.note'>,
): Result<OutputOfCommand<'cases.note'>, AppError> {
  const missing = requiredInputs(note.action).filter((name) => !isGiven(note.input, name))
  if (missing.length > 0) return err(inputMissing(missing))
  const intentId = seat.ids.uuid()
  const version = seat.cases.row(note.caseId)?.version ?? seat.cases.detail(note.caseId)?.detail.row.version ?? 1
  const madeAt = seat.now()
  const input = { ...note.input, madeAt }
  const body: NoteBody = { ...note, input, byName: me.name, version, draftKey: draftKey ?? `cases/${note.caseId}/note` }
  const written = seat.store.transaction(() => {
    seat.store.intents.append({
      ...{ intentId, kind: 'case.note', subject: noteSubject(note.caseId), accountNo: me.accountNo, body, createdAt: madeAt },
      ...{ state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
    })
    if (draftKey !== undefined) seat.store.drafts.discard(draftKeyOf(me.accountNo, draftKey))
  })
  if (!written.ok) return written
  seat.log.info('case note written', { caseId: note.caseId, intentId, action: note.action })
  seat.outbox.wake()
  return ok({ intentId })
}

/** A note asks for the same wherever the case stands. */
const requiredInputs = (action: NoteBody['action']): readonly InputName[] =>
  transitions.find((transition) => transition.action === action)?.requires ?? []

export const inputMissing = (names: readonly InputName[]): AppError =>
  appError('case/inputMissing', { fields: names.map((name) => inputTitles[name]).join('、'), names })
