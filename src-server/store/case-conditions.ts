import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { QueueFilter } from '#shared/domain/case/queues'
import { caseReaders, notForRecused, sensitiveReaders, type Viewer } from '#shared/domain/case/visibility'
import type { CentralTables } from './schema'

/**
 * The rules of `domain/case/visibility` and `domain/case/queues` as conditions on `case_record`. Each says the same as `maySee` and `matches`; the
 * contract suite proves it on generated cases, for both databases.
 */
type Builder = ExpressionBuilder<CentralTables, 'case_record'>
export type CaseCondition = (eb: Builder) => Expression<SqlBool>

const never = sql<SqlBool>`1 = 0`
/** Written out and not bound, because only then does a partial index on open cases serve. */
export const isOpenCase = sql<SqlBool>`case_record.is_open = 1`
export const isEndedCase = sql<SqlBool>`case_record.is_open = 0`

/** As `maySee`. */
export function visibleTo({ accountNo, role, departmentCode }: Viewer): CaseCondition {
  return (eb) => {
    if (!caseReaders.includes(role)) return never
    const named = eb
      .selectFrom('case_named')
      .select('case_named.case_id')
      .whereRef('case_named.case_id', '=', 'case_record.case_id')
      .where('case_named.account_no', '=', accountNo)
    const conditions: Expression<SqlBool>[] = [eb.or([eb('is_recused', '=', 0), eb.not(eb.exists(named))])]
    if (!sensitiveReaders.includes(role)) conditions.push(eb('is_sensitive', '=', 0))
    if (notForRecused.includes(role)) conditions.push(eb('is_recused', '=', 0))
    if (role === 'collector') conditions.push(isWithCollector(eb, accountNo))
    if (role === 'departmentOperator') conditions.push(isOfDepartment(eb, departmentCode))
    return eb.and(conditions)
  }
}

function isWithCollector(eb: Builder, accountNo: string): Expression<SqlBool> {
  const task = eb
    .selectFrom('case_collector')
    .select('case_collector.case_id')
    .whereRef('case_collector.case_id', '=', 'case_record.case_id')
    .where('case_collector.account_no', '=', accountNo)
  return eb.exists(task)
}

function isOfDepartment(eb: Builder, departmentCode: string | null): Expression<SqlBool> {
  if (departmentCode === null) return never
  const involved = eb
    .selectFrom('case_department')
    .select('case_department.case_id')
    .whereRef('case_department.case_id', '=', 'case_record.case_id')
    .where('case_department.department_code', '=', departmentCode)
  return eb.exists(involved)
}

/** As `matches`. */
export function matching(filter: QueueFilter, viewer: Viewer, now: EpochMs): CaseCondition {
  return (eb) => {
    const parts: (Expression<SqlBool> | undefined)[] = [
      filter.states && eb('state', 'in', filter.states),
      filter.sources && eb('source', 'in', filter.sources),
      filter.isUrgent && eb('is_urgent', '=', 1),
      filter.isRecused === undefined ? undefined : eb('is_recused', '=', filter.isRecused ? 1 : 0),
      filter.isSensitive && eb('is_sensitive', '=', 1),
      filter.isOverseen && eb('is_overseen', '=', 1),
      filter.isRequestMine && eb('request_with', 'like', `%,${viewer.role},%`),
      filter.hasRequest && eb('request_with', 'is not', null),
      filter.wasReworked === undefined ? undefined : eb('reworks', filter.wasReworked ? '>' : '=', 0),
      filter.wasSentBack === undefined ? undefined : eb('sent_backs', filter.wasSentBack ? '>' : '=', 0),
      filter.wasUrged && eb('urges', '>', 0),
      filter.needsFollowUp && eb('needs_follow_up', '=', 1),
      filter.isOverdue && overdue(now)(eb),
      filter.isOfMyDepartment && isOfDepartment(eb, viewer.departmentCode),
      filter.isMyTask && eb('collector_no', '=', viewer.accountNo),
    ]
    return eb.and(parts.filter((part) => part !== undefined))
  }
}

/** As `isOverdue`; without a clock `due_at` is never reached. */
export const overdue =
  (now: EpochMs): CaseCondition =>
  (eb) =>
    eb.and([eb('is_paused', '=', 0), eb('due_at', '<', now)])

export const amber =
  (now: EpochMs): CaseCondition =>
  (eb) =>
    eb.and([eb('is_paused', '=', 0), eb('amber_at', '<=', now), eb('due_at', '>=', now)])
