import type { EpochMs } from '../../base/clock'
import { emptyCell } from './change-cells'
import { gridLayout, layoutFaults } from './layout'
import type { Occurrence, Rule, Scene, Tour, Wall } from './wall'

/** A wall that nobody has used yet: one tile for each screen, nothing known of what it shows. */
export function newWall({ wallId, name, size, driverSeatNo }: Pick<Wall, 'wallId' | 'name' | 'size' | 'driverSeatNo'>, at: EpochMs): Wall {
  const layout = gridLayout(size, size.columns, size.rows)
  const by = { kind: 'driver', id: '', name: '初始' } as const
  return {
    ...{ wallId, name, size, driverSeatNo, revision: 1, layout },
    cells: layout.tiles.map(({ cell }) => emptyCell(cell, by, at)),
    power: { isOn: true, phase: 'confirmed', reason: null, revision: 1 },
    driver: { status: 'absent', product: '', message: null, since: at, heardAt: at },
    ...{ scenes: [], tours: [], rules: [], alarms: [], served: [] },
  }
}

/** Most screens of a wall: as many as there may be tiles. */
export const mostScreens = 64

/** Name, size and driving seat as an administrator sets them. Another size begins with its own grid; what does not fit it any more is dropped. */
export function configured(wall: Wall, to: Pick<Wall, 'name' | 'size' | 'driverSeatNo'>, at: EpochMs): Wall {
  const revision = wall.revision + 1
  const isSameSize = to.size.columns === wall.size.columns && to.size.rows === wall.size.rows
  const isSameSeat = to.driverSeatNo === wall.driverSeatNo
  const driver = isSameSeat ? wall.driver : ({ status: 'absent', product: '', message: null, since: at, heardAt: at } as const)
  if (isSameSize) return { ...wall, ...to, revision, driver }
  const fresh = newWall({ wallId: wall.wallId, ...to }, at)
  const fits = ({ layout }: Scene) => layout === null || layoutFaults(layout, to.size).length === 0
  return {
    ...fresh,
    revision,
    driver,
    scenes: wall.scenes.filter(fits),
    tours: wall.tours.map((tour) => ({ ...tour, run: null })),
    rules: wall.rules,
  }
}

/** Something saved with the wall. A scene takes its key from the one that had it; a running tour that is changed begins anew. */
export type WallItem =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'tour'; readonly tour: Omit<Tour, 'run'> }
  | { readonly kind: 'rule'; readonly rule: Rule }

export type ItemKind = WallItem['kind']

export function saved(wall: Wall, item: WallItem): Wall {
  const revision = wall.revision + 1
  if (item.kind === 'scene') {
    const { scene } = item
    const others = wall.scenes
      .filter(({ sceneId }) => sceneId !== scene.sceneId)
      .map((other) => (other.key !== null && other.key === scene.key ? { ...other, key: null } : other))
    return { ...wall, revision, scenes: [...others, scene] }
  }
  if (item.kind === 'tour') {
    const others = wall.tours.filter(({ tourId }) => tourId !== item.tour.tourId)
    return { ...wall, revision, tours: [...others, { ...item.tour, run: null }] }
  }
  return { ...wall, revision, rules: [...wall.rules.filter(({ ruleId }) => ruleId !== item.rule.ruleId), item.rule] }
}

/** What a removed rule holds stays with its owner: given back when the case is over. Undefined: there is no such thing. */
export function removed(wall: Wall, kind: ItemKind, id: string): Wall | undefined {
  const next = {
    ...wall,
    revision: wall.revision + 1,
    scenes: wall.scenes.filter(({ sceneId }) => kind !== 'scene' || sceneId !== id),
    tours: wall.tours.filter(({ tourId }) => kind !== 'tour' || tourId !== id),
    rules: wall.rules.filter(({ ruleId }) => kind !== 'rule' || ruleId !== id),
  }
  const count = ({ scenes, tours, rules }: Wall) => scenes.length + tours.length + rules.length
  return count(next) < count(wall) ? next : undefined
}

/** A device reports an alarm, or that it is over. */
export function alarmed(wall: Wall, alarm: Occurrence, isOver: boolean): Wall {
  const others = wall.alarms.filter(({ occurrenceId }) => occurrenceId !== alarm.occurrenceId)
  return { ...wall, revision: wall.revision + 1, alarms: isOver ? others : [...others, alarm].slice(-mostAlarms) }
}

const mostAlarms = 100
