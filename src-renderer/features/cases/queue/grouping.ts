import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import type { CaseSettings } from '../use-case-settings'
import { lampNames, lampOf, lampOrder, shortStreet, sourceName } from './row-words'

/** By what a queue can stand in groups. Pure: sorted rows come back with each group together, in the order in which the groups first appear (lamps: worst first). */
export const groupings = {
  none: '不分组',
  lamp: '按灯',
  street: '按街道',
  subclass: '按小类',
  department: '按部门',
  source: '按来源',
} as const
export type Grouping = keyof typeof groupings

export function groupNameOf(grouping: Grouping, { streets }: CaseSettings, now: EpochMs): ((row: CaseRow) => string) | undefined {
  const names: Record<Exclude<Grouping, 'none'>, (row: CaseRow) => string> = {
    lamp: (row) => lampNames[lampOf(row, now)],
    street: ({ streetCode }) => (streetCode === null ? '没有街道' : shortStreet(streets.get(streetCode) ?? streetCode)),
    subclass: ({ subclassName }) => (subclassName === '' ? '未定小类' : subclassName),
    department: ({ departmentName }) => departmentName ?? '还没有部门',
    source: sourceName,
  }
  return grouping === 'none' ? undefined : names[grouping]
}

export function grouped(rows: readonly CaseRow[], grouping: Grouping, nameOf: (row: CaseRow) => string): readonly CaseRow[] {
  const groups = new Map<string, CaseRow[]>(grouping === 'lamp' ? lampOrder.map((lamp) => [lampNames[lamp], []]) : [])
  for (const row of rows) {
    const name = nameOf(row)
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return [...groups.values()].flat()
}

export const groupingFrom = (kept: unknown): Grouping =>
  (Object.keys(groupings) as Grouping[]).find((grouping) => grouping === kept) ?? 'none'
