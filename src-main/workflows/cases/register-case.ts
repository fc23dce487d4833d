import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseDraft } from '#shared/contracts/central-api/cases'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { WrapUpCode } from '#shared/domain/call/wrap-up'
import { isCitizenDue } from '#shared/domain/case/registration'
import type { SeatContext } from '../context'
import { draftKeyOf } from '../drafts'
import { noteSubject } from './note-case'

/**
 * Registers a case 登记: kept here at once and sent when the centre answers, which gives it its number. A caller's name and number are in the intent
 * and nowhere else on this PC; they leave with it.
 */
export interface RegisterBody {
  readonly draft: CaseDraft
  readonly draftKey: string
}

type Registration = InputOfCommand<'cases.register'>

export function registerCase(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'outbox' | 'log'>,
  me: Me,
  { draftKey, ...input }: Registration,
): Result<OutputOfCommand<'cases.register'>, AppError> {
  const refused = refusalOf(input)
  if (refused) return err(refused)
  const [caseId, intentId] = [seat.ids.uuid(), seat.ids.uuid()]
  const registeredAt = seat.now()
  const body: RegisterBody = { draft: { ...input, caseId, registeredAt }, draftKey: draftKey ?? 'cases/register' }
  const written = seat.store.transaction(() => {
    seat.store.intents.append({
      ...{ intentId, kind: 'case.register', subject: noteSubject(caseId), accountNo: me.accountNo, body },
      ...{ createdAt: registeredAt, state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
    })
    if (draftKey !== undefined) seat.store.drafts.discard(draftKeyOf(me.accountNo, draftKey))
    const callId = input.facts.reception?.callId
    if (callId) proposeSummary(seat.store.drafts, { me, callId, code: input.answer ? 'answered' : 'registered' }, registeredAt)
  })
  if (!written.ok) return written
  seat.log.info('case registered', { caseId, source: input.facts.source })
  seat.outbox.wake()
  return ok({ caseId, intentId })
}

/** What the call came to 小结 is known by what was made of it; the person may say otherwise in the wrap-up, and what they said already stays. */
function proposeSummary(
  drafts: SeatContext['store']['drafts'],
  { me, callId, code }: { readonly me: Me; readonly callId: string; readonly code: WrapUpCode },
  now: EpochMs,
): void {
  const key = draftKeyOf(me.accountNo, `callLog/${callId}`)
  if (drafts.get(key) === undefined) drafts.save(key, JSON.stringify({ code, note: '' }), now)
}

function refusalOf({ facts, citizen }: Omit<Registration, 'draftKey'>): AppError | undefined {
  if (facts.description.trim() === '') return appError('case/inputMissing', { fields: '描述', names: ['description'] })
  return isCitizenDue(facts) && (citizen === null || citizen.number.trim() === '') ? appError('case/citizenMissing') : undefined
}
