import { App, Input, InputNumber } from 'antd'
import { useCallback } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import { cellsToLend, nearestCameras, nearM } from '#shared/domain/wall/nearest'
import type { ItemKind, WallItem } from '#shared/domain/wall/new-wall'
import { sceneOf } from '#shared/domain/wall/scenes'
import { lentFor } from '#shared/domain/wall/undo'
import { type Change, type Content, cellName, type Entry, findCell, type Scene, type Tour, type Wall } from '#shared/domain/wall/wall'
import { randomId } from '../../bridge/random-id'
import { useBridge } from '../../bridge/react'
import type { Cameras } from '../../bridge/use-cameras'
import { pressOk } from '../../ui/press-ok'
import { contentOf } from './camera-list'
import { freeKey } from './wall-words'

/** What a person does to the wall; every refusal is said in its own words. */
export interface WallActions {
  change(change: Change): Promise<boolean>
  assign(content: Content, cell: number): void
  clear(): void
  retry(): void
  recall(scene: Scene): void
  saveScene(): void
  newTour(): void
  runTour(tour: Tour, isStart: boolean): void
  yieldTours(): void
  remove(kind: ItemKind, itemId: string): Promise<void>
  undo(entry: Entry | null): void
  save(item: WallItem, itemId: string, done: string): void
  /** The cameras nearest to a case's place, in cells that can be lent; once more: what was there before comes back. */
  nearby(caseCell: number): void
}

export function useWallActions(
  { wall, entries }: { readonly wall: Wall; readonly entries: readonly Entry[] },
  selected: number,
  readOnly: string | null,
  cameras: Cameras,
): WallActions {
  const bridge = useBridge()
  const { message, modal } = App.useApp()
  const { wallId } = wall
  const told = useCallback(
    async <T,>(answer: Promise<Result<T, AppError>>, done?: string): Promise<boolean> => {
      const result = await answer
      if (!result.ok) void message.error(result.error.message)
      else if (done) void message.success(done)
      return result.ok
    },
    [message],
  )
  const change = async (asked: Change): Promise<boolean> => {
    if (readOnly !== null) {
      void message.warning(readOnly)
      return false
    }
    return told(bridge.call('wall.change', { wallId, change: asked, seenRevision: wall.revision, why: null }))
  }
  const save = (item: Parameters<typeof bridge.call<'wall.save'>>[1]['item'], itemId: string, done: string) =>
    told(bridge.call('wall.save', { wallId, itemId, item }), done)

  function saveScene(): void {
    if (readOnly !== null) return void message.warning(readOnly)
    let name = ''
    const key = freeKey(wall.scenes)
    void modal.confirm({
      title: '存为场景',
      icon: null,
      okText: '保存',
      content: (
        <>
          <p>
            整屏，布局 {wall.layout.name}，{key === null ? '八个键都已用上，存后没有键' : `按键 ${key}`}。
          </p>
          <Input
            autoFocus
            placeholder="场景名称，如 早高峰主干道"
            maxLength={40}
            onPressEnter={pressOk}
            onChange={(event) => (name = event.target.value.trim())}
          />
        </>
      ),
      onOk: async () => {
        if (name === '') {
          void message.warning('请填写场景名称。')
          return Promise.reject(new Error('no name'))
        }
        const sceneId = randomId()
        const scene: Scene = { sceneId, name, key, ...sceneOf(wall, null), schedule: null, recalledAt: null }
        await save({ kind: 'scene', scene }, sceneId, `已存为场景“${name}”`)
      },
    })
  }

  /** A tour through everything that is on the wall now: the quickest way to have the right cameras. */
  function newTour(): void {
    if (readOnly !== null) return void message.warning(readOnly)
    const stops = wall.cells.flatMap(({ wanted }) => (wanted?.kind === 'camera' ? [wanted] : []))
    if (stops.length < 2) return void message.warning('先把要轮巡的探头上到大屏各格（至少两路），再新建。')
    let name = ''
    let seconds = 15
    void modal.confirm({
      title: `新建轮巡：格 ${cellName(selected)}`,
      icon: null,
      okText: '保存',
      content: (
        <>
          <p>依次显示现在大屏上的 {stops.length} 路探头。</p>
          <Input
            autoFocus
            placeholder="轮巡名称，如 新疆大街沿线"
            maxLength={40}
            onPressEnter={pressOk}
            onChange={(event) => (name = event.target.value.trim())}
          />
          <p>
            每站停 <InputNumber min={3} max={3_600} defaultValue={15} onChange={(value) => (seconds = value ?? 15)} /> 秒
          </p>
        </>
      ),
      onOk: async () => {
        if (name === '') {
          void message.warning('请填写轮巡名称。')
          return Promise.reject(new Error('no name'))
        }
        const tourId = randomId()
        const tour = { tourId, name, cell: selected, dwellMs: seconds * 1_000, yieldMs: 60_000, stops }
        await save({ kind: 'tour', tour }, tourId, `已保存轮巡“${name}”`)
      },
    })
  }

  async function nearby(caseCell: number): Promise<void> {
    if (readOnly !== null) return void message.warning(readOnly)
    const content = findCell(wall, caseCell)?.wanted
    if (content?.kind !== 'case') return
    const lent = lentFor(entries, content.title)
    if (lent) return void told(bridge.call('wall.undo', { wallId, revision: lent.revision }), '已恢复原来的画面')
    const answer = await bridge.call('cases.open', { caseId: content.id })
    if (!answer.ok) return void message.error(answer.error.message)
    const position = answer.value.detail.row.position
    const all = cameras.groups?.flatMap((group) => group.cameras) ?? []
    const near = position ? nearestCameras(all, [position.lng, position.lat], 4) : []
    if (near.length === 0) return void message.info(position ? `${nearM} 米内没有探头。` : '案卷没有坐标。')
    const cells = cellsToLend(wall, caseCell)
    const lend = near.flatMap(({ camera }, index) => {
      const cell = cells[index]
      return cell === undefined ? [] : [{ cell, content: contentOf(camera) }]
    })
    if (lend.length === 0) return void message.info('没有可以借用的格：都由规则或轮巡占着。')
    if (!(await change({ type: 'lend', subject: content.title, cells: lend }))) return
    void message.success(`已把最近的 ${lend.length} 路探头上屏，最近 ${Math.round(near[0]?.metres ?? 0)} 米；再按 G 恢复原来的画面。`)
  }

  return {
    change,
    assign: (content, cell) => void change({ type: 'assign', cell, content }),
    clear: () => void change({ type: 'clear', cell: selected }),
    retry: () => void change({ type: 'retry', cell: selected }),
    recall: (scene) => void change({ type: 'recallScene', sceneId: scene.sceneId }),
    saveScene,
    newTour,
    runTour: (tour, isStart) => void change({ type: isStart ? 'startTour' : 'stopTour', tourId: tour.tourId }),
    yieldTours: () => void change({ type: 'yieldTours' }),
    remove: async (kind, itemId) => {
      await told(bridge.call('wall.remove', { wallId, kind, itemId }))
    },
    save: (item, itemId, done) => void save(item, itemId, done),
    nearby: (caseCell) => void nearby(caseCell),
    undo: (entry) => {
      if (readOnly !== null) return void message.warning(readOnly)
      void told(bridge.call('wall.undo', { wallId, revision: entry?.revision ?? null }), '已撤销')
    },
  }
}
