import { expect, it } from 'vitest'
import { cellsToLend, metresBetween, nearestCameras } from '#shared/domain/wall/nearest'
import { newWall } from '#shared/domain/wall/new-wall'

const at = [126.63, 45.75]

it('finds the nearest within sight, nearest first', () => {
  expect(Math.round(metresBetween(at, [126.63, 45.76]))).toBe(1113)
  expect(Math.round(metresBetween(at, [126.64, 45.75]))).toBe(777)
  const cameras = [
    { cameraNo: '003', position: [126.64, 45.75] },
    { cameraNo: '002', position: [126.631, 45.75] },
    { cameraNo: '001', position: [126.631, 45.75] },
    { cameraNo: '004', position: [126.63, 45.76] },
  ]
  expect(nearestCameras(cameras, at, 4).map(({ camera }) => camera.cameraNo)).toEqual(['001', '002', '003'])
  expect(nearestCameras(cameras, at, 1)).toHaveLength(1)
})

it('lends empty cells first, then the longest unused, and none that a rule or tour holds', () => {
  const wall = newWall({ wallId: 'hall', name: '大屏', size: { columns: 3, rows: 2 }, driverSeatNo: '01' }, 0)
  const content = { kind: 'camera', id: '1', title: '1' } as const
  const taken = { ruleId: 'r', occurrenceId: 'o', former: null, until: null }
  const cells = wall.cells.map((cell) => {
    if (cell.cell === 2) return { ...cell, wanted: content, at: 200 }
    if (cell.cell === 3) return { ...cell, wanted: content, at: 100 }
    return cell.cell === 5 ? { ...cell, taken } : cell
  })
  const tour = {
    tourId: 't',
    name: 't',
    cell: 6,
    dwellMs: 1,
    yieldMs: 1,
    stops: [content],
    run: { state: 'running', index: 0, dueAt: 0 },
  } as const
  expect(cellsToLend({ ...wall, cells, tours: [tour] }, 1)).toEqual([4, 3, 2])
})
