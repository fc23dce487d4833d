import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Proposal } from '#shared/domain/proposals/classifier'
import { departmentsOf, responsibleAt } from '#shared/domain/proposals/departments'
import { useCaseSettings } from '../../use-case-settings'
import type { RegistrationDraft } from '../registration-draft'
import { RegistrationLine } from '../registration-line'

/** Surer than this a department is named alone; less sure ones are two at most, and called possible. */
const sureFrom = 0.7
const possibleFrom = 0.15

interface LikelyDepartmentsProps {
  readonly draft: RegistrationDraft
  readonly matrix: ReferenceDocument<'responsibility'> | undefined
  readonly proposals: readonly Proposal[]
}

/** Who is likely responsible while no class is chosen, by all classes that the words speak of and the pin. Read, not filled in; a class says it for sure. */
export function LikelyDepartments({ draft, matrix, proposals }: LikelyDepartmentsProps) {
  const settings = useCaseSettings()
  const place = draft.communityCode || draft.streetCode || draft.gridCode.slice(0, 12)
  const responsible = useMemo(() => matrix && place !== '' && responsibleAt(matrix.rows, place), [matrix, place])
  const [first, second] = useMemo(
    () => (responsible ? departmentsOf(proposals, (label) => responsible.get(label)) : []),
    [responsible, proposals],
  )
  if (!settings || !first || first.share < possibleFrom) return null
  const nameOf = (code: string) => settings.departments.find((department) => department.code === code)?.name ?? code
  const isSure = first.share >= sureFrom
  const others = isSure || !second || second.share < possibleFrom ? '' : `，或 ${nameOf(second.departmentCode)}`
  return (
    <RegistrationLine title="责任单位" fields={[]}>
      <span className="reg-standard">
        <b>{nameOf(first.departmentCode)}</b>
        {others}{' '}
        <span className="cases-quiet">{isSure ? '据文字和落点推断，选定小类后以责任矩阵为准' : '可能；选定小类后以责任矩阵为准'}</span>
      </span>
    </RegistrationLine>
  )
}
