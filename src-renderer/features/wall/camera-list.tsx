import { useDraggable } from '@dnd-kit/core'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useMemo, useState } from 'react'
import type { CameraState } from '#shared/domain/camera/outages'
import type { Content } from '#shared/domain/wall/wall'
import { cellName } from '#shared/domain/wall/wall'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import type { Camera, Cameras } from '../../bridge/use-cameras'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { indexText, matchIndexed, type TextIndex } from '../../ui/pinyin-match'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatDateTime } from '../../ui/time-format'
import { OutageLedger } from './outage-ledger'

/** Cameras by street, those that the centre knows to be away with a mark: found by number, name, pinyin or initials; dragged to a cell, or put there by double click or Enter. */
export function CameraList({
  cameras,
  cellsOf,
  filterRef,
  canChange,
  onPick,
}: {
  readonly cameras: Cameras
  /** In which cells a camera is wanted. */
  readonly cellsOf: ReadonlyMap<string, readonly number[]>
  readonly filterRef: RefObject<InputRef | null>
  readonly canChange: boolean
  onPick(content: Content): void
}) {
  const [text, setText] = useState('')
  const states = useTopic('cameraStates.changed')?.items
  const role = useTopic('session.changed')?.agent?.role
  const [isLedgerOpen, setLedgerOpen] = useState(false)
  const away = useMemo(() => new Map((states ?? []).filter(({ isOnline }) => !isOnline).map((one) => [one.cameraNo, one])), [states])
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const indexes = useMemo(
    () => new Map(cameras.groups?.flatMap((group) => group.cameras.map((camera) => [camera.cameraNo, indexOf(camera)] as const))),
    [cameras.groups],
  )
  if (!cameras.groups) return <LoadingState what="探头" />
  const fits = (camera: Camera) => {
    const index = indexes.get(camera.cameraNo)
    return index !== undefined && matchIndexed(text, index) !== undefined
  }
  const groups = cameras.groups
    .map((group) => ({ ...group, cameras: text.trim() === '' ? group.cameras : group.cameras.filter(fits) }))
    .filter((group) => group.cameras.length > 0)
  const toggle = (code: string) =>
    setClosed((before) => {
      const next = new Set(before)
      if (!next.delete(code)) next.add(code)
      return next
    })
  return (
    <>
      <div className="wall-find">
        <Input
          ref={filterRef}
          size="small"
          value={text}
          allowClear
          placeholder="探头号、路名、首字母"
          aria-label="查找探头"
          suffix={text === '' ? <Kbd framed>/</Kbd> : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              if (text !== '') setText('')
              else event.currentTarget.blur()
            }
            const first = groups[0]?.cameras[0]
            if (event.key === 'Enter' && first && text.trim() !== '' && !event.nativeEvent.isComposing) onPick(contentOf(first))
          }}
        />
        {states !== undefined && states.length > 0 && (
          <div className="wall-watched">
            <Lamp tone={away.size > 0 ? 'red' : 'green'} label="" />
            <span>{away.size > 0 ? `${away.size} 路离线` : `${states.length} 路都在线`}</span>
            {mayCall('cameras.outages', role) && (
              <Button type="link" size="small" onClick={() => setLedgerOpen(true)}>
                离线台账
              </Button>
            )}
          </div>
        )}
      </div>
      {isLedgerOpen && <OutageLedger onClose={() => setLedgerOpen(false)} />}
      {cameras.groups.length === 0 ? (
        <EmptyState text="中心还没有导入监控点目录，请系统管理员在“标准与区划”里导入。" />
      ) : groups.length === 0 ? (
        <EmptyState text={`没有与“${text}”相符的探头`} keys="Esc" action="清除" />
      ) : (
        <ul className="wall-cameras">
          {groups.map(({ code, name, cameras: own }) => (
            <li key={code}>
              <button type="button" className="wall-street" aria-expanded={!closed.has(code)} onClick={() => toggle(code)}>
                <span aria-hidden="true">{closed.has(code) ? '▸' : '▾'}</span> {name} <small>{own.length}</small>
              </button>
              {(!closed.has(code) || text !== '') && (
                <ul>
                  {own.map((camera) => (
                    <CameraRow
                      key={camera.cameraNo}
                      camera={camera}
                      away={away.get(camera.cameraNo)}
                      cells={cellsOf.get(camera.cameraNo) ?? []}
                      canChange={canChange}
                      onPick={onPick}
                    />
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function CameraRow({
  camera,
  away,
  cells,
  canChange,
  onPick,
}: {
  readonly camera: Camera
  /** Set while it is known to be away. */
  readonly away: CameraState | undefined
  readonly cells: readonly number[]
  readonly canChange: boolean
  onPick(content: Content): void
}) {
  const content = contentOf(camera)
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `camera/${camera.cameraNo}`,
    data: { content },
    disabled: !canChange,
  })
  return (
    <li>
      <button
        type="button"
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        tabIndex={-1}
        className={`wall-camera${isDragging ? ' wall-dragging' : ''}`}
        title={canChange ? `拖到格里；双击上到选中的格` : camera.name}
        onDoubleClick={() => onPick(content)}
      >
        <span className="wall-no">{camera.cameraNo}</span>
        <span className="wall-name">{camera.name}</span>
        {away && (
          <span className="wall-away" title={`${formatDateTime(away.since)} 起离线`}>
            <Lamp tone="red" label="离线" />
          </span>
        )}
        {camera.canTurn && <small title="球机，可转动">球</small>}
        {cells.map((cell) => (
          <span key={cell} className="wall-cell-tag">
            {cellName(cell)}
          </span>
        ))}
      </button>
    </li>
  )
}

export const contentOf = ({ cameraNo, name }: Camera): Content => ({
  kind: 'camera',
  id: cameraNo,
  title: `${cameraNo} ${name}`.slice(0, 80),
})

const indexOf = ({ cameraNo, name }: Camera): TextIndex => indexText({ text: name, code: cameraNo })
