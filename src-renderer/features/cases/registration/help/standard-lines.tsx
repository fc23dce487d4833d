import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { describeLimit } from '#shared/domain/clock/limit'
import { useCaseSettings } from '../../use-case-settings'
import { responsibleRow } from '../../workspace/forms/responsible-row'
import { handbookEntryOf } from '../../workspace/handbook-panel'
import type { RegistrationDraft } from '../registration-draft'
import { RegistrationLine } from '../registration-line'

/** What follows from the chosen class and place: when it is filed and how fast it is handled, by whom and on what ground. Read, not filled in. */
export function StandardLines({
  draft,
  matrix,
}: {
  readonly draft: RegistrationDraft
  readonly matrix: ReferenceDocument<'responsibility'> | undefined
}) {
  const settings = useCaseSettings()
  const facts = useMemo(
    () => ({
      ...{ kind: draft.kind, standard: draft.standard, subclassCode: draft.subclassCode },
      streetCode: draft.streetCode || null,
      communityCode: draft.communityCode || null,
      gridCode: draft.gridCode || null,
    }),
    [draft.kind, draft.standard, draft.subclassCode, draft.streetCode, draft.communityCode, draft.gridCode],
  )
  const row = useMemo(() => matrix && responsibleRow(matrix.rows, facts), [matrix, facts])
  if (!settings || draft.subclassCode === '') return null
  const entry = handbookEntryOf(settings, facts)
  const department = settings.departments.find(({ code }) => code === row?.departmentCode)
  const area = row && (settings.communities.get(row.areaCode) ?? settings.streets.get(row.areaCode) ?? '全区')
  return (
    <>
      <RegistrationLine title="立案条件" fields={[]}>
        {entry ? (
          <ol className="reg-standard">
            {entry.conditions.map(({ conditionId, text, limit }) => (
              <li key={conditionId}>
                {text} <b>{describeLimit(limit)}</b>
              </li>
            ))}
          </ol>
        ) : (
          <span className="cases-quiet">指挥手册里没有这个小类</span>
        )}
      </RegistrationLine>
      <RegistrationLine title="责任单位" fields={[]}>
        {row && department ? (
          <span className="reg-standard">
            <b>{department.name}</b> <span className="cases-quiet">{`责任矩阵：${draft.subclassName}·${area}；${row.legalBasis}`}</span>
          </span>
        ) : (
          <span className="cases-quiet">{facts.streetCode === null ? '落点后按责任矩阵给出' : '责任矩阵没有这个小类与街道的条目'}</span>
        )}
      </RegistrationLine>
    </>
  )
}
