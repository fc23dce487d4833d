import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { CaseFilter } from '#shared/contracts/central-api/cases'
import type { Viewer } from '#shared/domain/case/visibility'
import { type CaseCondition, isEndedCase, isOpenCase } from '../../store/case-conditions'
import { conditionsOf } from '../cases/list-cases'

/** A whole filter as conditions, for what reads open and ended cases in one go; a list reads them one after the other. */
export function filterConditions(filter: CaseFilter, viewer: Viewer, now: number): Result<readonly CaseCondition[], AppError> {
  const conditions = conditionsOf(filter, viewer, now)
  if (!conditions.ok || filter.isOpen === undefined) return conditions
  return ok([...conditions.value, () => (filter.isOpen ? isOpenCase : isEndedCase)])
}
