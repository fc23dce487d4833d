import type { EpochMs } from '#shared/base/clock'
import { answer } from '#shared/domain/wall/answer'
import { newWall } from '#shared/domain/wall/new-wall'
import type { Author, Content, Occurrence, Rule, Scene, Step, Tour, Wall } from '#shared/domain/wall/wall'

/** A wall of 4 × 3 screens, its driver connected and everything dark. */
export const start: EpochMs = Date.UTC(2026, 10, 20, 2, 0)

export const camera = (id: string): Content => ({ kind: 'camera', id, title: `${id} 号` })
export const person = (id: string): Author => ({ kind: 'person', id, name: `人${id}` })

export const darkCells = (wall: Wall) => wall.layout.tiles.map(({ cell }) => ({ cell, content: null }))

export function connectedWall(parts: Partial<Pick<Wall, 'scenes' | 'tours' | 'rules'>> = {}): Wall {
  const fresh = { ...newWall({ wallId: 'w1', name: '指挥大厅', size: { columns: 4, rows: 3 }, driverSeatNo: '11' }, start), ...parts }
  return answer(fresh, { type: 'observed', product: '试验墙', isOn: true, cells: darkCells(fresh) }, start).wall
}

/** The driver says yes to everything that is asked for. */
export function confirmAll(wall: Wall, at: EpochMs): Step {
  const cells = wall.cells.filter(({ phase }) => phase === 'requested').map(({ cell, revision }) => ({ cell, revision, reason: null }))
  return answer(wall, { type: 'answered', cells }, at)
}

export const tour = (parts: Partial<Tour> = {}): Tour => ({
  ...{ tourId: 't1', name: '沿线', cell: 3, dwellMs: 15_000, yieldMs: 60_000, stops: ['1', '2', '3'].map(camera), run: null },
  ...parts,
})

export const rule = (parts: Partial<Rule> = {}): Rule => ({
  ...{ ruleId: 'r1', name: '紧急案卷上屏', isEnabled: true, trigger: { kind: 'urgentCase' }, cells: [1, 2], holdMs: null },
  ...parts,
})

export const scene = (parts: Partial<Scene> = {}): Scene => ({
  ...{
    sceneId: 's1',
    name: '早高峰',
    key: 'Q',
    layout: null,
    cells: [{ cell: 4, content: camera('4') }],
    schedule: null,
    recalledAt: null,
  },
  ...parts,
})

export const urgent = (id: string): Occurrence => ({
  ...{ occurrenceId: id, kind: 'urgentCase', alarmKind: null, why: `紧急案卷 ${id}` },
  content: { kind: 'case', id, title: `案卷 ${id}` },
})
