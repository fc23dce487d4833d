import { DndContext, type DragEndEvent, DragOverlay, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { type InputRef, Segmented } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { patrollers } from '#shared/contracts/central-api/patrols'
import { wallWriters } from '#shared/contracts/central-api/walls'
import type { WallsView } from '#shared/contracts/seat-api/wall-views'
import { absentDriverWords } from '#shared/domain/wall/decide'
import { type Direction, neighbour, sameTiles, usualLayouts } from '#shared/domain/wall/layout'
import { type Content, findCell, sceneKeys, type Wall } from '#shared/domain/wall/wall'
import { useTopic } from '../../bridge/react'
import { type Cameras, useCameras } from '../../bridge/use-cameras'
import { useFreshness } from '../../bridge/use-freshness'
import { ActionButton } from '../../ui/action-button'
import { CameraDesk, CameraPicture } from '../../ui/camera-picture'
import { Lamp } from '../../ui/lamp'
import { useOpenTarget } from '../../ui/open-target'
import { PaneHeader } from '../../ui/pane-header'
import { EmptyState, LoadingState, NoPermission } from '../../ui/states'
import { CellFacts, ChangeLog } from './below'
import { CameraList } from './camera-list'
import { Miniature } from './miniature'
import { NewWall } from './new-wall'
import { NumberPad } from './number-pad'
import { PatrolSection, PatrolStop, usePatrol } from './patrol'
import { type Screens, ScreensButton, useScreens } from './screens'
import { WallSide } from './side'
import { useTyped } from './use-typed'
import { useWallActions } from './use-wall-actions'
import { useWallKeys } from './use-wall-keys'
import { contentWords } from './wall-words'
import './wall.css'

/** The wall 大屏: what is on it, what was asked of it, and the hands to change it. */
export function WallPane() {
  const view = useTopic('wall.changed')
  const role = useTopic('session.changed')?.agent?.role
  const [wallId, setWallId] = useState<string>()
  const cameras = useCameras()
  const { isLive, reason } = useFreshness(view?.readAt ?? null)
  if (!view || (view.readAt === null && isLive)) return <Framed>{<LoadingState what="大屏" />}</Framed>
  if (view.readAt === null) return <Framed>{<NoPermission text={reason ?? '还没有读到大屏的现状。'} />}</Framed>
  const held = view.walls.find(({ wall }) => wall.wallId === wallId) ?? view.walls[0]
  if (!held)
    return (
      <Framed>
        {role === 'shiftLead' || role === 'admin' ? <NewWall /> : <EmptyState text="中心还没有登记大屏，请值班长或系统管理员登记。" />}
      </Framed>
    )
  const mayChange = role !== undefined && wallWriters.includes(role)
  const readOnly = mayChange ? reason : '您的岗位只看大屏，不能更改。'
  return (
    <WallDesk
      key={held.wall.wallId}
      {...{ held, cameras, readOnly, isLive }}
      names={view.walls.map(({ wall }) => ({ value: wall.wallId, label: wall.name }))}
      onWall={setWallId}
    />
  )
}

function Framed({ children }: { readonly children: React.ReactNode }) {
  return (
    <section className="ui-pane" aria-label="大屏">
      <PaneHeader title="大屏" />
      {children}
    </section>
  )
}

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

function WallDesk({
  held,
  cameras,
  readOnly,
  isLive,
  names,
  onWall,
}: {
  readonly held: WallsView['walls'][number]
  readonly cameras: Cameras
  readonly readOnly: string | null
  readonly isLive: boolean
  readonly names: { readonly value: string; readonly label: string }[]
  onWall(wallId: string): void
}) {
  const { wall, entries } = held
  const root = useRef<HTMLElement>(null)
  const filter = useRef<InputRef>(null)
  const [chosen, setChosen] = useState(1)
  const selected = findCell(wall, chosen) ? chosen : (wall.cells[0]?.cell ?? 1)
  const actions = useWallActions(held, selected, readOnly, cameras)
  const canChange = readOnly === null
  const [dragged, setDragged] = useState<Content>()
  const openTarget = useOpenTarget()
  const onTyped = useCallback(
    (content: Content, cell: number | null) => {
      if (cell !== null && findCell(wall, cell)) setChosen(cell)
      actions.assign(content, cell ?? selected)
    },
    [wall, actions, selected],
  )
  const { typed, press } = useTyped(cameras, onTyped)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }))
  const screens = useScreens(wall.wallId)
  const patrol = usePatrol(cameras)
  const role = useTopic('session.changed')?.agent?.role
  const mayPatrol = role !== undefined && patrollers.includes(role)
  const [opened, setOpened] = useState<Content>()
  const cellsOf = useMemo(() => cellsByCamera(wall), [wall])

  const cell = findCell(wall, selected)
  const cameraOf = cell?.wanted?.kind === 'camera' ? cameras.find(cell.wanted.id) : undefined
  const open = (cameraNo: string): true => {
    const camera = cameras.find(cameraNo)
    if (camera) setOpened({ kind: 'camera', id: cameraNo, title: camera.name })
    return true
  }

  useWallKeys(root, (key) => {
    if (opened || patrol.camera) return false
    if (key === 'V' && mayPatrol) {
      patrol.start()
      return true
    }
    if (key === 'P' && cameraOf) return open(cameraOf.cameraNo)
    const direction = arrows[key]
    const scene = wall.scenes.find((one) => one.key !== null && one.key === key)
    if (direction) setChosen(neighbour(wall.layout, selected, direction))
    else if (key === '/') filter.current?.focus()
    else if (key === 'Delete') actions.clear()
    else if (key === 'Ctrl+Z') actions.undo(null)
    else if (key === 'Ctrl+S') actions.saveScene()
    else if (key === 'R') actions.retry()
    else if (key === 'G') actions.nearby(selected)
    else if (key === 'T') actions.yieldTours()
    else if (key === 'N') actions.newTour()
    else if (key === 'O' && screens.isHere) screens.open()
    else if (scene) actions.recall(scene)
    else if (/^[0-9]$/.test(key) || (typed.camera !== '' && ['Enter', 'Backspace', 'Escape', 'Tab'].includes(key))) press(key)
    else return sceneKeys.some((one) => one === key)
    return true
  })

  function dropped({ active, over }: DragEndEvent): void {
    setDragged(undefined)
    const cell = over?.data.current?.cell as number | undefined
    const { content, from } = (active.data.current ?? {}) as { content?: Content; from?: number }
    if (cell === undefined || cell === from) return
    setChosen(cell)
    if (from !== undefined) void actions.change({ type: 'move', from, to: cell })
    else if (content) actions.assign(content, cell)
  }

  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged(active.data.current?.content as Content | undefined)}
      onDragEnd={dropped}
      onDragCancel={() => setDragged(undefined)}
    >
      <section className={`ui-pane wall-pane${isLive ? '' : ' wall-stale'}`} aria-label="大屏" ref={root}>
        <aside className="wall-left" aria-label="探头">
          <PaneHeader title="探头" meta={cameras.groups ? cameras.groups.reduce((sum, group) => sum + group.cameras.length, 0) : ''} />
          <CameraList {...{ cameras, cellsOf, canChange }} filterRef={filter} onPick={(content) => actions.assign(content, selected)} />
          <NumberPad {...{ typed, selected, canChange }} onKey={press} />
        </aside>
        <div className="wall-middle">
          <WallHeader {...{ wall, readOnly, actions, names, onWall, screens }} />
          <Miniature {...{ wall, selected, canChange }} picture={pictureOf} onSelect={setChosen} />
          <Legend wall={wall} />
          <div className="wall-below">
            {cell && (
              <CellFacts
                onLook={() => cameraOf && open(cameraOf.cameraNo)}
                {...{ wall, cell, actions, readOnly }}
                camera={cameraOf}
                onOpen={() => cell.wanted && openTarget?.({ caseId: cell.wanted.id })}
              />
            )}
            <ChangeLog entries={entries} readOnly={readOnly} onUndo={actions.undo} />
          </div>
        </div>
        <WallSide {...{ wall, actions, readOnly }}>
          <PatrolSection patrol={patrol} readOnly={mayPatrol ? null : '您的岗位不做视频巡查。'} />
        </WallSide>
        {patrol.camera && (
          <div className="wall-desk">
            <PatrolStop patrol={patrol} />
          </div>
        )}
        {opened && (
          <div className="wall-desk">
            <CameraDesk cameraNo={opened.id} title={opened.title} onClose={() => setOpened(undefined)} />
          </div>
        )}
      </section>
      <DragOverlay dropAnimation={null}>{dragged && <span className="wall-ghost">{contentWords(dragged)}</span>}</DragOverlay>
    </DndContext>
  )
}

/** Small pictures: the wall itself shows them large. */
const pictureOf = (content: Content) =>
  content.kind === 'camera' ? <CameraPicture cameraNo={content.id} quality="sub" title={content.title} /> : null

function cellsByCamera(wall: Wall): ReadonlyMap<string, readonly number[]> {
  const map = new Map<string, number[]>()
  for (const { cell, wanted } of wall.cells) {
    if (wanted?.kind === 'camera') map.set(wanted.id, [...(map.get(wanted.id) ?? []), cell])
  }
  return map
}

function WallHeader({
  wall,
  readOnly,
  actions,
  names,
  onWall,
  screens,
}: {
  readonly wall: Wall
  readonly screens: Screens
  readonly readOnly: string | null
  readonly actions: ReturnType<typeof useWallActions>
  readonly names: { readonly value: string; readonly label: string }[]
  onWall(wallId: string): void
}) {
  const layouts = usualLayouts(wall.size)
  const current = layouts.find((layout) => sameTiles(layout, wall.layout))?.name ?? '自由'
  const options = [...layouts.map(({ name }) => name), ...(current === '自由' ? ['自由'] : [])]
  const failed = wall.cells.filter(({ phase }) => phase === 'failed').length
  return (
    <header className="ui-pane-header wall-header">
      <h1>大屏</h1>
      {names.length > 1 ? (
        <Segmented size="small" aria-label="哪面大屏" value={wall.wallId} options={names} onChange={onWall} />
      ) : (
        <span className="ui-meta">
          {wall.name} {wall.size.columns}×{wall.size.rows}
        </span>
      )}
      <span className="wall-state">
        <Lamp tone={wall.driver.status === 'connected' ? 'green' : 'lost'} label="" /> {driverWords(wall, failed)}
      </span>
      <ScreensButton screens={screens} />
      <span className="ui-spring" />
      <Segmented
        size="small"
        aria-label="布局"
        value={current}
        disabled={readOnly !== null}
        options={options}
        onChange={(name) => {
          const layout = layouts.find((one) => one.name === name)
          if (layout) void actions.change({ type: 'setLayout', layout })
        }}
      />
      <ActionButton size="small" keys="Ctrl+Z" reason={readOnly} onClick={() => actions.undo(null)}>
        撤销
      </ActionButton>
    </header>
  )
}

function driverWords({ driver, driverSeatNo, revision }: Wall, failed: number): string {
  if (driverSeatNo === null) return '没有指定驱动坐席'
  if (driver.status === 'absent') return `未连接：${absentDriverWords(driverSeatNo)}`
  if (driver.status === 'lost') return `${driver.product} 断开：${driver.message ?? '没有回应'}`
  return `${driver.product} ${failed === 0 ? '与屏一致' : `${failed} 格不一致`}·版次 ${revision}`
}

function Legend({ wall }: { readonly wall: Wall }) {
  const count = (phase: string) => wall.cells.filter((cell) => cell.phase === phase).length
  return (
    <div className="wall-legend">
      <span>
        <i className="wall-mark wall-mark-confirmed" /> 已确认 {count('confirmed')}
      </span>
      <span>
        <i className="wall-mark wall-mark-requested" /> 已请求 {count('requested')}
      </span>
      <span>
        <Lamp tone="red" label="" /> 失败 {count('failed')}
      </span>
      <span className="ui-spring" />
      <span className="wall-quiet">方向键选格·探头号 ↵ 格号 ↵ 上屏·Del 清格·/ 查找</span>
    </div>
  )
}
