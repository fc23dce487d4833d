/**
 * Limits 时限 as people write them: a figure and a unit. What a unit lasts in a calendar is told in `limit-length.ts`. Units are those of the
 * reference document `handlingLimits`, and the minute of the node limits.
 */
export type LimitUnit = 'minute' | 'urgentHour' | 'workingHour' | 'workingDay' | 'urgentDay' | 'naturalDay'

export interface Limit {
  readonly value: number
  readonly unit: LimitUnit
}

/** `isWorking`: the unit runs only within the working hours of working days; the others never stop. */
export const limitUnits: Record<LimitUnit, { readonly name: string; readonly isWorking: boolean }> = {
  minute: { name: '分', isWorking: false },
  urgentHour: { name: '紧急工作时', isWorking: false },
  workingHour: { name: '工作时', isWorking: true },
  workingDay: { name: '工作日', isWorking: true },
  urgentDay: { name: '紧急工作日', isWorking: false },
  naturalDay: { name: '自然日', isWorking: false },
}

/** `2 紧急工作时`, `10 分`. */
export function describeLimit(limit: Limit): string {
  return `${limit.value} ${limitUnits[limit.unit].name}`
}
