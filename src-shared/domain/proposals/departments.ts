import type { Proposal } from './classifier'

export interface DepartmentProposal {
  readonly departmentCode: string
  /** Of all proposals together. */
  readonly share: number
}

interface MatrixRow {
  readonly kind: 'component' | 'event'
  readonly subclassCode: string
  readonly areaCode: string
  readonly departmentCode: string
}

/** Who answers for each class at a place, by label: of the rows whose area contains it the one with the longest code. `place` is a street or what lies in it. */
export function responsibleAt(rows: readonly MatrixRow[], place: string): ReadonlyMap<string, string> {
  const found = new Map<string, MatrixRow>()
  for (const row of rows) {
    if (!place.startsWith(row.areaCode)) continue
    const label = `${row.kind}/${row.subclassCode}`
    const known = found.get(label)
    if (!known || known.areaCode.length < row.areaCode.length) found.set(label, row)
  }
  return new Map([...found].map(([label, { departmentCode }]) => [label, departmentCode]))
}

/** Who is likely responsible before a class is chosen: every proposed class speaks for its department, so that three doubtful ones of one department are sure of it. */
export function departmentsOf(
  proposals: readonly Proposal[],
  responsible: (label: string) => string | undefined,
): readonly DepartmentProposal[] {
  const shares = new Map<string, number>()
  for (const { label, share } of proposals) {
    const departmentCode = responsible(label)
    if (departmentCode !== undefined) shares.set(departmentCode, (shares.get(departmentCode) ?? 0) + share)
  }
  return [...shares].map(([departmentCode, share]) => ({ departmentCode, share })).sort((a, b) => b.share - a.share)
}
