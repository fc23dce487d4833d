import type { EpochMs } from '../../base/clock'
import { changeCells } from './change-cells'
import { andThen, findCell, type Occurrence, type Rule, type Step, sameContent, unchanged, type Wall, type WallCell } from './wall'

/**
 * Rules 规则: an urgent case or an alarm takes a cell by itself and gives it back. A cell that a person has just used is not taken from under their
 * hands: the rule takes the next of its cells, and when all are in use it waits for one. What was in the cell comes back afterwards, unless a person
 * has changed it meanwhile: then the cell is theirs.
 */
/** How long a cell belongs to the person who used it. */
export const personHoldsMs = 30_000

export function occur(wall: Wall, occurrence: Occurrence, at: EpochMs): Step {
  if (wall.served.includes(occurrence.occurrenceId) || wall.driver.status !== 'connected') return unchanged(wall)
  const rule = wall.rules.find((one) => applies(one, occurrence) && freeCell(wall, one, at))
  const cell = rule && freeCell(wall, rule, at)
  if (!rule || !cell) return unchanged(wall)
  const taken = {
    ruleId: rule.ruleId,
    occurrenceId: occurrence.occurrenceId,
    former: cell.wanted,
    until: rule.holdMs === null ? null : at + rule.holdMs,
  }
  const by = { kind: 'rule', id: rule.ruleId, name: rule.name } as const
  const served = { ...wall, served: [...wall.served, occurrence.occurrenceId] }
  return changeCells(served, [{ cell: cell.cell, content: occurrence.content, taken }], {
    ...{ action: 'take', by, at, subject: rule.name, why: occurrence.why },
  })
}

function applies({ isEnabled, trigger }: Rule, { kind, alarmKind }: Occurrence): boolean {
  if (!isEnabled || trigger.kind !== kind) return false
  return trigger.kind !== 'alarm' || trigger.alarmKind === null || trigger.alarmKind === alarmKind
}

function freeCell(wall: Wall, rule: Rule, at: EpochMs): WallCell | undefined {
  const isFree = (cell: WallCell) => cell.taken === null && !(cell.by.kind === 'person' && at - cell.at < personHoldsMs)
  return rule.cells.map((cell) => findCell(wall, cell)).find((cell) => cell !== undefined && isFree(cell))
}

/** Gives back the cells of cases and alarms that are over: all but `present`. */
export function releaseOver(wall: Wall, present: readonly string[], at: EpochMs): Step {
  const step = giveBack(wall, ({ taken }) => taken !== null && !present.includes(taken.occurrenceId), at)
  const held = step.wall.cells.flatMap(({ taken }) => (taken ? [taken.occurrenceId] : []))
  const served = wall.served.filter((id) => present.includes(id) || held.includes(id))
  return served.length === wall.served.length ? step : { ...step, wall: { ...step.wall, served } }
}

/** Gives back what was held long enough. Not while the wall does not answer: it is given back when it does. */
export function releaseDue(wall: Wall, at: EpochMs): Step {
  return giveBack(wall, ({ taken }) => taken !== null && taken.until !== null && taken.until <= at, at)
}

function giveBack(wall: Wall, isDue: (cell: WallCell) => boolean, at: EpochMs): Step {
  if (wall.driver.status !== 'connected') return unchanged(wall)
  return wall.cells.filter(isDue).reduce<Step>((step, { cell, taken }) => {
    const rule = wall.rules.find(({ ruleId }) => ruleId === taken?.ruleId)
    const by = { kind: 'rule', id: taken?.ruleId ?? '', name: rule?.name ?? '规则' } as const
    const former = taken?.former ?? null
    return andThen(step, (next) =>
      sameContent(findCell(next, cell)?.wanted ?? null, former)
        ? unchanged(next)
        : changeCells(next, [{ cell, content: former }], { action: 'giveBack', by, at, subject: by.name }),
    )
  }, unchanged(wall))
}
