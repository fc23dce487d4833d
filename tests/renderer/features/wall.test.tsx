import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { answer } from '#shared/domain/wall/answer'
import { decide } from '#shared/domain/wall/decide'
import { focusLayout } from '#shared/domain/wall/layout'
import { newWall } from '#shared/domain/wall/new-wall'
import { entriesAfter } from '#shared/domain/wall/news'
import type { Change, Content, Decided, Entry, Wall } from '#shared/domain/wall/wall'
import type { FakeCore } from '../../../src-renderer/bridge/fake-transport'
import { WallPane } from '../../../src-renderer/features/wall/wall-pane'
import { show } from './show'

const camera = (id: string, name: string): Content => ({ kind: 'camera', id, title: `${id} ${name}` })
const size = { columns: 4, rows: 3 }

/** A wall in the middle of a shift: some confirmed, one asked for, one failed, a tour, scenes. */
function busyWall(at: number): { wall: Wall; entries: readonly Entry[] } {
  const by = (name: string) => ({ kind: 'person', id: name, name }) as const
  const tour = {
    ...{ tourId: crypto.randomUUID(), name: '新疆大街沿线', cell: 3, dwellMs: 15_000, yieldMs: 60_000, run: null },
    stops: [camera('1008', '新疆大街—渤海三路'), camera('1011', '公交枢纽')],
  }
  const scenes = (['Q', 'W', 'E', 'A'] as const).map((key, index) => ({
    ...{
      sceneId: crypto.randomUUID(),
      name: ['早高峰主干道', '工地扬尘专巡', '占道经营整治', '除雪保畅'][index] ?? '',
      key,
      recalledAt: at - index * 3_600_000,
    },
    ...{ layout: index === 0 ? focusLayout(size) : null, cells: [{ cell: 4, content: null }], schedule: null },
  }))
  let wall: Wall = { ...newWall({ wallId: 'hall', name: '指挥大厅', size, driverSeatNo: '11' }, at - 60_000), scenes, tours: [tour] }
  let entries: readonly Entry[] = []
  const take = (decided: Decided) => {
    if (!decided.ok) throw new Error(decided.error.code)
    wall = decided.value.wall
    entries = entriesAfter(entries, decided.value, 100)
  }
  const report = (reason: string | null, only?: number) => {
    const cells = wall.cells
      .filter(({ phase, cell }) => phase === 'requested' && (only === undefined || cell === only))
      .map(({ cell, revision }) => ({ cell, revision, reason }))
    take({ ok: true, value: answer(wall, { type: 'answered', cells }, at) })
  }
  const ask = (change: Change, name = '丁一凡', why: string | null = null) =>
    take(decide(wall, { change, by: by(name), seenRevision: wall.revision, why, at: at - 1_800 }))
  const dark = wall.cells.map(({ cell }) => ({ cell, content: null }))
  take({ ok: true, value: answer(wall, { type: 'observed', product: '解码墙', isOn: true, cells: dark }, at - 50_000) })
  ask({ type: 'setLayout', layout: focusLayout(size) }, '沈玉梅')
  ask({ type: 'assign', cell: 1, content: camera('2017', '友协大街—建文街') }, '丁一凡', '案卷 20261120-0147')
  ask({ type: 'assign', cell: 4, content: { kind: 'map', id: 'cases', title: '案卷与网格' } }, '沈玉梅')
  ask({ type: 'assign', cell: 7, content: camera('1019', '新疆二路早市') })
  ask({ type: 'assign', cell: 8, content: { kind: 'dashboard', id: 'today', title: '今日运行指标' } })
  ask({ type: 'assign', cell: 10, content: camera('3044', '保国大街 56 号院') })
  ask({ type: 'assign', cell: 11, content: camera('3019', '南直路跨线桥') })
  report(null)
  ask({ type: 'startTour', tourId: tour.tourId })
  ask({ type: 'assign', cell: 11, content: camera('4022', '公园南门') })
  report('解码通道已满', 11)
  ask({ type: 'assign', cell: 10, content: camera('4022', '公园南门') })
  return { wall, entries }
}

const withWall = (core: FakeCore) => {
  const { wall, entries } = busyWall(Date.now())
  core.publish('wall.changed', { walls: [{ wall, entries: [...entries] }], readAt: Date.now(), drives: null })
}

it('says what was asked for, what is on and why something is not', async () => {
  await show(<WallPane />, 'wallOperator', { prepare: withWall })
  await expect.element(page.getByRole('button', { name: '格 11，失败：解码通道已满，屏上为 3019 南直路跨线桥' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: '格 10，已请求 4022 公园南门，屏上仍为 3044 保国大街 56 号院' })).toBeVisible()
  await expect.element(page.getByText('已确认 7')).toBeVisible()
})

it('recalls a scene, retries, clears and undoes by keys, and moves by arrows', async () => {
  const { asked } = await show(<WallPane />, 'wallOperator', { prepare: withWall })
  await expect.element(page.getByText('选中 格 01')).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}')
  await expect.element(page.getByText('选中 格 11')).toBeVisible()
  await userEvent.keyboard('r')
  await userEvent.keyboard('{Delete}')
  await userEvent.keyboard('w')
  const changes = asked('wall.change').map((input) => (input as { change: Change }).change)
  expect(changes.map(({ type }) => type)).toEqual(['retry', 'clear', 'recallScene'])
  expect(changes[0]).toEqual({ type: 'retry', cell: 11 })
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(asked('wall.undo')).toEqual([{ wallId: 'hall', revision: null }])
})

it('recalls a scene by its key with the focus on the choice of layouts, which keeps its arrows', async () => {
  const { asked } = await show(<WallPane />, 'wallOperator', { prepare: withWall })
  await expect.element(page.getByText('选中 格 01')).toBeVisible()
  const layouts = document.querySelector<HTMLInputElement>('.wall-pane input[type="radio"]:checked, input[type="radio"]')
  layouts?.focus()
  expect(document.activeElement).toBe(layouts)
  await userEvent.keyboard('w')
  expect(asked('wall.change')).toMatchObject([{ change: { type: 'recallScene' } }])
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByText('选中 格 01')).toBeVisible()
})

it('says of a driver that was never heard of what may be the reason', async () => {
  const absent = (core: FakeCore) => {
    const wall = newWall({ wallId: 'hall', name: '指挥大厅', size, driverSeatNo: '11' }, Date.now())
    core.publish('wall.changed', { walls: [{ wall, entries: [] }], readAt: Date.now(), drives: null })
  }
  await show(<WallPane />, 'wallOperator', { prepare: absent })
  await expect.element(page.getByText('未连接：坐席 11 没有在驱动大屏（没有签入，或那台电脑没有配置大屏）')).toBeVisible()
})

it('lets a presenter look and not touch', async () => {
  const { asked } = await show(<WallPane />, 'presenter', { prepare: withWall })
  await expect.element(page.getByText('选中 格 01')).toBeVisible()
  await userEvent.keyboard('{Delete}')
  await expect.element(page.getByText('您的岗位只看大屏，不能更改。').first()).toBeVisible()
  expect(asked('wall.change')).toEqual([])
})
