import { chinaDate, dayMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { RoleId } from '#shared/domain/account/role'
import { type Duty, dutiesOf, faultsOf, type Presence, presenceOf, type RosterFault } from '#shared/domain/shift/roster'
import { findAccountByNo, listAccounts } from '../../store/account-store'
import type { Database, Statements } from '../../store/open-database'
import { insertAdmission, isAdmitted, replaceRoster, rosterLines } from '../../store/shift-store'
import { audit } from '../audit'
import { patternInForce } from '../describe-centre'
import type { Answer, Ask, Services } from '../services'

/** The roster, and who may sit down beside it. */
export async function readRoster(services: Services, ask: Ask<InputOf<'roster.read'>>): Answer<OutputOf<'roster.read'>> {
  const { from, until } = ask.input.query
  const pattern = await patternInForce(services)
  const lines = await rosterLines(services.db, from, until)
  const copies = lines.map((line) => ({ ...line, ruleIds: [...line.ruleIds] }))
  return ok({ patternId: pattern?.id ?? '', lines: copies, isPublished: lines.length > 0 })
}

/** Whole days are replaced. What cannot be worked (a person twice, a shift that does not exist) is refused; what should not be is told. */
export async function writeRoster(services: Services, ask: Ask<InputOf<'roster.write'>>): Answer<OutputOf<'roster.write'>> {
  const { from, until, lines } = ask.input.body
  const pattern = await patternInForce(services)
  if (!pattern) return err(appError('roster/unfit', { mistakes: '中心没有班次' }))
  const outside = lines.find(({ date }) => date < from || date > until)
  if (outside) return err(appError('roster/unfit', { mistakes: `${outside.date} 不在 ${from}–${until} 之内` }))
  const faults = faultsOf(pattern, lines)
  const mistakes = faults.filter(({ kind }) => kind !== 'noLead')
  if (mistakes.length > 0) return err(appError('roster/unfit', { mistakes: mistakes.slice(0, 5).map(wordsOf).join('；') }))
  return ask.transact(async (unit) => {
    await replaceRoster(unit.trx, from, until, lines)
    await audit(services, unit, ask.actor, { action: 'roster.written', subject: `${from}/${until}`, detail: { lines: lines.length } })
    unit.emit('roster.changed', { from, until, byName: ask.actor.name })
    return ok({ faults: faults.map((fault) => ({ ...fault })) })
  })
}

function wordsOf(fault: RosterFault): string {
  if (fault.kind === 'twice') return `${fault.date} ${fault.accountNo} 出现两次`
  if (fault.kind === 'unknownShift') return `${fault.date} ${fault.accountNo} 的班次“${fault.ruleId}”不存在`
  return fault.kind === 'overlap' ? `${fault.date} ${fault.accountNo} 的班与前一日重叠` : `${fault.date} 没有值班长`
}

const mostPeople = 1000

/** Whom a roster can name: enabled accounts with a post in the hall. */
export async function listRosterPeople({ db }: Services): Answer<OutputOf<'roster.people'>> {
  const accounts = await listAccounts(db, { limit: mostPeople })
  const items = accounts.flatMap(({ accountNo, name, isEnabled, roles }) => {
    const posts = roles.filter((role) => shiftPosts.some((post) => post === role))
    return isEnabled && posts.length > 0 ? [{ accountNo, name, roles: posts }] : []
  })
  return ok({ items })
}

/** The duties that can be on at `at`: yesterday's may run past midnight, and somebody's next one is looked for a week ahead. */
export async function dutiesAround(services: Services, db: Database | Statements, at: EpochMs): Promise<readonly Duty[]> {
  const pattern = await patternInForce(services, db)
  if (!pattern) return []
  return dutiesOf(pattern, await rosterLines(db, chinaDate(at - dayMs), chinaDate(at + 7 * dayMs)))
}

/** Whoever answers for the hall comes when they must; who only watches, or works from elsewhere, is on no roster. */
const freeOfRoster: readonly RoleId[] = [
  'shiftLead',
  'assistant',
  'director',
  'commander',
  'admin',
  'presenter',
  'departmentOperator',
  'collector',
]

/** 非当班不得上机: undefined when this person may sit down now. */
export async function refusalOfShift(
  services: Services,
  trx: Statements,
  who: { readonly accountNo: string; readonly role: RoleId },
): Promise<Extract<Presence, { is: 'outside' }> | undefined> {
  if (freeOfRoster.includes(who.role)) return undefined
  const at = services.clock.now()
  const presence = presenceOf(await dutiesAround(services, trx, at), who.accountNo, at)
  if (presence.is !== 'outside') return undefined
  return (await isAdmitted(trx, who.accountNo, at)) ? undefined : presence
}

const longestAdmissionMs = 16 * 3_600_000

export function admit(services: Services, ask: Ask<InputOf<'admissions.create'>>): Answer<OutputOf<'admissions.create'>> {
  const { accountNo, until, reason } = ask.input.body
  return ask.transact(async (unit) => {
    const at = services.clock.now()
    if (until > at + longestAdmissionMs) return err(appError('admission/tooLong', { hours: longestAdmissionMs / 3_600_000 }))
    if (!(await findAccountByNo(unit.trx, accountNo))) return err(appError('record/notFound'))
    const { accountNo: byNo, name: byName } = ask.actor
    const admission = { admissionId: services.ids.uuid(), accountNo, until, reason, byNo, byName, at }
    await insertAdmission(unit.trx, admission)
    await audit(services, unit, ask.actor, { action: 'admission.created', subject: accountNo, detail: { until, reason } })
    return ok(admission)
  })
}
