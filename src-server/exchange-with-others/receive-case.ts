import type { AppError } from '#shared/base/app-error'
import { dayMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { HandedCase } from '#shared/contracts/central-api/exchange'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { CaseFacts } from '#shared/domain/case/facts'
import { successorOf } from '#shared/domain/grid/explain-code'
import type { CasePerson } from '../store/case-columns'
import { findExchangeCase, insertExchangeCase, type Partner } from '../store/exchange-store'
import { putCase } from '../workflows/cases/register-case'
import type { SettingsNow } from '../workflows/cases/settings'
import type { Answer, Ask, Services } from '../workflows/services'
import { logExchange } from './exchange-log'
import { partnerActor } from './partners'
import { plainLine, plainWords } from './plain-words'

/**
 * 市级平台转办: a case handed down by another platform. Its number there makes it happen once: whoever sends the same number again gets the first
 * answer, whatever else is different. Addresses of pictures are kept as words and never opened.
 */
type Received = OutputOf<'exchange.cityPlatform.receive'>

export async function receiveCase(services: Services, ask: Ask<InputOf<'exchange.cityPlatform.receive'>, Partner>): Answer<Received> {
  const { actor: partner, input } = ask
  const handed = input.body
  const about = { partnerName: partner.name, direction: 'in', operation: 'receiveCase', externalNo: handed.no } as const
  const first = await findExchangeCase(services.db, partner.partnerId, handed.no)
  const received = first ? ok(answerOf(first)) : await take(services, partner, handed)
  // Two that were sent at once: the second could not be written, so the first is there now.
  const winner =
    !received.ok && received.error.code === 'record/exists' ? await findExchangeCase(services.db, partner.partnerId, handed.no) : undefined
  const result = winner ? ok(answerOf(winner)) : received
  const outcome = !result.ok ? 'refused' : (first ?? winner) ? 'repeated' : 'done'
  const caseNo = result.ok ? result.value.caseNo : null
  await logExchange(services, services.db, { ...about, caseNo, outcome, detail: result.ok ? '' : result.error.message })
  return result
}

const answerOf = ({ externalNo, caseNo, receivedAt }: { externalNo: string; caseNo: string; receivedAt: number }): Received => ({
  no: externalNo,
  caseNo,
  receivedAt,
})

function take(services: Services, partner: Partner, handed: HandedCase): Promise<Result<Received, AppError>> {
  return services.transactor.inTransaction(async (unit) => {
    const settings = await services.caseSettings.read(unit.trx)
    const now = services.clock.now()
    const { replyBy = null } = handed
    if (replyBy !== null && Math.abs(replyBy - now) > replyReachMs) return err(invalid('replyBy 离现在太远，应为毫秒'))
    const facts = factsOf(settings, partner, handed)
    if (!facts.ok) return facts
    const caseId = services.ids.uuid()
    const put = await putCase(services, unit, {
      ...{ caseId, facts: facts.value, photoIds: [], citizen: citizenOf(handed) },
      ...{ by: partnerActor(partner), at: now },
    })
    if (!put.ok) return put
    const record = { partnerId: partner.partnerId, externalNo: handed.no, caseId, caseNo: put.value.caseNo, receivedAt: now }
    if (!(await insertExchangeCase(unit.trx, record))) return err(appError('record/exists', { key: handed.no }))
    return ok(answerOf(record))
  })
}

/** A deadline may have passed when a case is handed down late; one that lies further away than this is a mistake of units. */
const replyReachMs = 3 * 366 * dayMs
const invalid = (fields: string): AppError => appError('request/invalid', { fields })

function factsOf(settings: SettingsNow, partner: Partner, handed: HandedCase): Result<CaseFacts, AppError> {
  const subclass = classInForce(handed.subclass ?? null, settings)
  if (!subclass.ok) return subclass
  const position = handed.position ?? null
  const source = handed.source ?? 'cityPlatform'
  const hasCitizen = handed.citizen != null
  return ok({
    source,
    ...subclass.value,
    ...{ description: describe(handed), address: plainLine(handed.address) },
    ...placeOf(position, handed.gridCode ?? null),
    ...{ isUrgent: false, isSensitive: false, namedAgents: [] },
    ...{ hasCitizen, wantsReply: hasCitizen, mayNotBeCalled: handed.citizen?.mayNotBeCalled ?? !hasCitizen },
    ...{ cameraNo: null, instruction: null },
    external: { platform: partner.name, no: handed.no, replyBy: handed.replyBy ?? null },
  })
}

/** A grid's digits hold those of its community and street (GB/T 30428.1). Where none is named, registering finds it around the position. */
export const placeOf = (position: CaseFacts['position'], gridCode: string | null) => ({
  position,
  gridCode,
  communityCode: gridCode?.slice(0, 12) ?? null,
  streetCode: gridCode?.slice(0, 9) ?? null,
  componentCode: null,
})

type Class = Pick<CaseFacts, 'kind' | 'standard' | 'subclassCode' | 'subclassName' | 'majorName'>

/**
 * A class of the edition in force as it is; one of an earlier edition as what became of it. One without a successor is refused: filed under an
 * edition that is no longer in force, nobody here could work on it. Error: `case/codeUnknown`.
 */
export function classInForce(given: (HandedCase['subclass'] & {}) | null, { profile, editions }: SettingsNow): Result<Class, AppError> {
  const standard = profile?.classification ?? ''
  const unnamed = { subclassName: '', majorName: '' }
  if (!given) return ok({ kind: 'event', standard, subclassCode: '', ...unnamed })
  const { kind, code } = given
  // Whether it is in there is checked with every other case.
  if (given.standard === standard) return ok({ kind, standard, subclassCode: code, ...unnamed })
  const next = successorOf(kind, given.standard, code, editions)
  if (next?.standard === standard) return ok({ kind, standard, subclassCode: next.code, ...unnamed })
  const explanation = `它不属于现行的 ${standard}，也没有对应的小类，请改用现行代码。`
  return err(appError('case/codeUnknown', { code, standard: given.standard, explanation }))
}

function describe({ description, urls = [] }: HandedCase): string {
  const links = urls.map(plainLine).filter((url) => url !== '')
  return [plainWords(description), ...links.map((url) => `附件地址（未打开）：${url}`)].join('\n').slice(0, 5_000)
}

const citizenOf = ({ citizen }: HandedCase): CasePerson | null =>
  citizen ? { name: plainLine(citizen.name), number: citizen.number.trim(), gender: citizen.gender ?? 'unknown' } : null
