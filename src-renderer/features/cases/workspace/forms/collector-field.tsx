import { Select } from 'antd'
import type { Collector } from '#shared/contracts/central-api/cases'
import type { CaseFacts } from '#shared/domain/case/facts'
import { metresBetween } from '#shared/domain/geo/position'
import { useQuery } from '../../../../bridge/use-query'
import { formatMetres } from '../../../../ui/distance'
import { type FieldProps, FormField } from './form-field'

/** On duty first, then those of this grid, the nearest, the least busy. Pure. */
export function orderedCollectors(collectors: readonly Collector[], { gridCode, position }: Pick<CaseFacts, 'gridCode' | 'position'>) {
  return collectors
    .map((each) => ({
      ...each,
      isOfGrid: gridCode !== null && each.gridCodes.includes(gridCode),
      distanceM: position && each.position ? metresBetween(position, each.position) : null,
    }))
    .toSorted(
      (a, b) =>
        Number(b.isOnDuty) - Number(a.isOnDuty) ||
        Number(b.isOfGrid) - Number(a.isOfGrid) ||
        (a.distanceM ?? Number.POSITIVE_INFINITY) - (b.distanceM ?? Number.POSITIVE_INFINITY) ||
        a.openTasks - b.openTasks,
    )
}

/** Which collector goes: on duty, of this grid, how many tasks, how far. */
export function CollectorField({ input, progress, change }: FieldProps) {
  const query = useQuery('collectors.list', {})
  const collectors = orderedCollectors(query.value?.items ?? [], progress.facts)
  const options = collectors.map(({ accountNo, name, isOnDuty, isOfGrid, openTasks, distanceM }) => ({
    value: accountNo,
    label: [
      `${isOnDuty ? '●' : '○'} ${name}`,
      isOnDuty ? '在岗' : '不在岗',
      ...(isOfGrid ? ['本网格'] : []),
      `任务 ${openTasks}`,
      ...(distanceM === null ? [] : [formatMetres(distanceM)]),
    ].join('　'),
  }))
  const hint = query.error ? query.error.message : query.value && options.length === 0 ? '没有可派的监督员。' : undefined
  return (
    <FormField name="collectorNo" title="监督员" isDue hint={hint}>
      <Select
        size="small"
        aria-label="监督员"
        showSearch={{ optionFilterProp: 'label' }}
        loading={query.isLoading}
        placeholder="选派谁去"
        value={input.collectorNo ?? null}
        options={options}
        onChange={(collectorNo: string) => change({ collectorNo })}
      />
    </FormField>
  )
}
