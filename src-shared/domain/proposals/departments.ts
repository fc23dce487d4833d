import type { Proposal } from './classifier'

export interface DepartmentProposal {
  readonly departmentCode: string
  /** Of all proposals together. */
  readonly share: number
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
