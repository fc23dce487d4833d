import type { RoleId } from '#shared/domain/account/role'
import type { QueueId } from '#shared/domain/case/queues'
import { type ColumnChoice, readableWidth } from '../../../ui/virtual-table/column-choice'
import type { Sort } from '../../../ui/virtual-table/row-sort'
import { type ColumnKey, firstChoice } from './columns'
import { type Grouping, groupingFrom } from './grouping'
import { fieldsFrom, noFields, type QueueFields } from './queue-filter'

/** How a queue is looked at: what a saved view keeps under its name. Values only. */
export interface QueueViewSettings {
  readonly fields: QueueFields
  readonly sort: Sort
  readonly grouping: Grouping
  readonly choice: readonly ColumnChoice[]
}

/** By time left, the worst first. */
export const firstSort: Sort = [{ column: 'lamp', direction: 'ascending' }]

export function firstView(role: RoleId, columns: readonly { readonly key: ColumnKey }[], queue?: QueueId): QueueViewSettings {
  return { fields: noFields, sort: firstSort, grouping: 'none', choice: firstChoice(role, columns, queue) }
}

export const settingsToKeep = (view: QueueViewSettings): Record<string, unknown> => ({ ...view })

/** Reads what a view kept, perhaps by another release: what is not understood is as at first. */
export function viewFrom(kept: Readonly<Record<string, unknown>>, first: QueueViewSettings): QueueViewSettings {
  const choice = listOf(kept.choice).flatMap((each): ColumnChoice[] =>
    typeof each.key === 'string' && typeof each.isShown === 'boolean'
      ? [{ key: each.key, isShown: each.isShown, ...(typeof each.width === 'number' && { width: readableWidth(each.width) }) }]
      : [],
  )
  const sort = listOf(kept.sort).flatMap(
    (each): Sort =>
      typeof each.column === 'string' && (each.direction === 'ascending' || each.direction === 'descending')
        ? [{ column: each.column, direction: each.direction }]
        : [],
  )
  return {
    fields: fieldsFrom(kept.fields),
    sort: Array.isArray(kept.sort) ? sort : first.sort,
    grouping: groupingFrom(kept.grouping),
    choice: choice.length > 0 ? choice : first.choice,
  }
}

const listOf = (kept: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(kept) ? kept.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null) : []
