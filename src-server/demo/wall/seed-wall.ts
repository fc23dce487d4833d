import { ok } from '#shared/base/result'
import type { Layout } from '#shared/domain/wall/layout'
import { focusLayout, gridLayout } from '#shared/domain/wall/layout'
import { newWall } from '#shared/domain/wall/new-wall'
import type { Content, Scene, SceneKey, Tour, Wall } from '#shared/domain/wall/wall'
import { documentsOfKind } from '../../store/reference-store'
import { findWall, putWall } from '../../store/wall-store'
import type { Services } from '../../workflows/services'

/**
 * The demonstration's wall: three by three screens, shown by the windows of one workstation, with scenes, a tour and a rule to try. An earlier start's
 * wall is left as people made it; only the seat that drives it follows the present start.
 */
export const demonstrationWallId = 'hall'
const size = { columns: 3, rows: 3 }

export async function seedDemonstrationWall(services: Services, driverSeatNo: string): Promise<void> {
  const cameras = (await documentsOfKind(services.db, 'cameras')).flatMap((document) => document.cameras)
  const contents = cameras.map(
    ({ cameraNo, name }): Content => ({ kind: 'camera', id: cameraNo, title: `${cameraNo} ${name}`.slice(0, 80) }),
  )
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('walls')
    const before = await findWall(unit.trx, demonstrationWallId)
    const made = before ?? firstWall(services, contents)
    if (before?.driverSeatNo !== driverSeatNo) await putWall(unit.trx, { ...made, driverSeatNo, revision: made.revision + 1 })
    return ok(undefined)
  })
}

function firstWall({ clock, ids }: Pick<Services, 'clock' | 'ids'>, contents: readonly Content[]): Wall {
  const wall = newWall({ wallId: demonstrationWallId, name: '演示大屏', size, driverSeatNo: null }, clock.now())
  const scene = (key: SceneKey, name: string, layout: Layout, from: number): Scene => ({
    ...{ sceneId: ids.uuid(), name, key, layout, schedule: null, recalledAt: null },
    cells: layout.tiles.map(({ cell }, index) => ({ cell, content: contents[from + index] ?? null })),
  })
  const tour: Tour = {
    ...{ tourId: ids.uuid(), name: '主干道轮看', cell: 3, dwellMs: 15_000, yieldMs: 60_000, run: null },
    stops: contents.slice(10, 18),
  }
  return {
    ...wall,
    scenes: [
      scene('Q', '早高峰主干道', gridLayout(size, 3, 3), 0),
      scene('W', '重点路口', focusLayout(size), 8),
      scene('E', '夜间巡看', gridLayout(size, 2, 2), 13),
    ],
    tours: tour.stops.length > 1 ? [tour] : [],
    rules: [
      { ruleId: ids.uuid(), name: '紧急案卷上屏', isEnabled: true, trigger: { kind: 'urgentCase' }, cells: [9, 8], holdMs: 10 * 60_000 },
    ],
  }
}
