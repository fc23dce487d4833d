import { useDeferredValue, useMemo, useState } from 'react'
import type { CaseRow } from '#shared/domain/case/row'
import { useNow } from '../../../bridge/use-now'
import { createRowSorter } from '../../../ui/virtual-table/row-sort'
import type { CaseSettings } from '../use-case-settings'
import { sortValues } from './columns'
import { grouped, groupNameOf } from './grouping'
import { createLampCounter, createQueueFilter } from './queue-filter'
import type { QueueViewSettings } from './queue-view'

/** Lamps change with time: what is filtered, counted or grouped by them is looked at this often. Words in view change every second by themselves. */
const lampPeriodMs = 15_000

/** What a view leaves of the rows, in its order, with the counts for the lamp chips. Unchanged rows stay the same objects. */
export function useShownRows(rows: readonly CaseRow[], view: QueueViewSettings, settings: CaseSettings) {
  const now = useNow(lampPeriodMs)
  const [filter] = useState(createQueueFilter)
  const [countLamps] = useState(createLampCounter)
  const sorter = useMemo(() => createRowSorter<CaseRow>(sortValues(settings)), [settings])
  const fields = useDeferredValue(view.fields)
  const groupOf = useMemo(() => groupNameOf(view.grouping, settings, now), [view.grouping, settings, now])
  const shown = useMemo(() => {
    const sorted = sorter.sort(filter(rows, fields, now), view.sort)
    return groupOf ? grouped(sorted, view.grouping, groupOf) : sorted
  }, [rows, filter, fields, now, sorter, view.sort, view.grouping, groupOf])
  const counts = useMemo(() => countLamps(rows, now), [countLamps, rows, now])
  return useMemo(() => ({ shown, counts, groupOf }), [shown, counts, groupOf])
}
