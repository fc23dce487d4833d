import { useDraggable, useDroppable } from '@dnd-kit/core'
import type { ReactNode } from 'react'
import { heightOf, type Tile, widthOf } from '#shared/domain/wall/layout'
import { type Content, cellName, findCell, type Tour, type Wall, type WallCell } from '#shared/domain/wall/wall'
import { useNowAs } from '../../bridge/use-now'
import { contentWords } from './wall-words'

/**
 * The wall small, in true proportions. Requested is dashed, confirmed solid, failed red with words; what is really on the wall stays named as long as it
 * is something else. The picture of a cell comes from `picture`: here it is only a place.
 */
export function Miniature({
  wall,
  selected,
  canChange,
  picture,
  onSelect,
}: {
  readonly wall: Wall
  readonly selected: number
  readonly canChange: boolean
  picture?(content: Content, cell: number): ReactNode
  onSelect(cell: number): void
}) {
  const [width, height] = [widthOf(wall.size), heightOf(wall.size)]
  return (
    <div className="wall-frame">
      {/* Screens are 16:9. */}
      <div
        className={`wall-mini${wall.power.isOn ? '' : ' wall-off'}`}
        style={{
          aspectRatio: `${wall.size.columns * 16} / ${wall.size.rows * 9}`,
          ['--wall-aspect' as string]: (wall.size.columns * 16) / (wall.size.rows * 9),
        }}
      >
        {wall.layout.tiles.map((tile) => {
          const cell = findCell(wall, tile.cell)
          if (!cell) return null
          const place = {
            left: `${(tile.x / width) * 100}%`,
            top: `${(tile.y / height) * 100}%`,
            width: `${(tile.width / width) * 100}%`,
            height: `${(tile.height / height) * 100}%`,
          }
          const tour = wall.tours.find((one) => one.run !== null && one.cell === tile.cell)
          return (
            <WallTile
              key={tile.cell}
              {...{ cell, tile, place, tour, canChange, onSelect }}
              isSelected={tile.cell === selected}
              picture={cell.shown && picture?.(cell.shown, tile.cell)}
            />
          )
        })}
      </div>
    </div>
  )
}

function WallTile({
  cell,
  tile,
  place,
  tour,
  isSelected,
  canChange,
  picture,
  onSelect,
}: {
  readonly cell: WallCell
  readonly tile: Tile
  readonly place: React.CSSProperties
  readonly tour: Tour | undefined
  readonly isSelected: boolean
  readonly canChange: boolean
  readonly picture: ReactNode
  onSelect(cell: number): void
}) {
  const drop = useDroppable({ id: `cell/${cell.cell}`, data: { cell: cell.cell }, disabled: !canChange })
  const drag = useDraggable({
    id: `tile/${cell.cell}`,
    data: { from: cell.cell, content: cell.wanted },
    disabled: !canChange || cell.wanted === null,
  })
  const isEmpty = cell.wanted === null && cell.shown === null && cell.phase === 'confirmed'
  const classes = [
    'wall-tile',
    `wall-${cell.phase}`,
    isSelected ? 'wall-selected' : '',
    drop.isOver ? 'wall-over' : '',
    isEmpty ? 'wall-empty' : '',
  ]
  return (
    <div ref={drop.setNodeRef} className={classes.filter(Boolean).join(' ')} style={place}>
      <button
        type="button"
        ref={drag.setNodeRef}
        {...drag.attributes}
        {...drag.listeners}
        tabIndex={-1}
        className="wall-tile-face"
        aria-pressed={isSelected}
        aria-label={`格 ${cellName(cell.cell)}，${tileWords(cell)}`}
        onClick={() => onSelect(cell.cell)}
      >
        <span className="wall-picture">{picture}</span>
        {tour?.run && (
          <span className="wall-chip wall-chip-right">
            轮 {tour.run.index + 1}/{tour.stops.length}
          </span>
        )}
        {cell.taken && <span className="wall-chip wall-chip-left">规则占用</span>}
        {cell.phase === 'requested' && <Requested cell={cell} isSmall={tile.height < 10} />}
        {cell.phase === 'failed' && (
          <span className="wall-note wall-note-failed">
            <b>失败：{cell.reason}</b>
            <span>{cell.shown ? `屏上为 ${contentWords(cell.shown)}` : '屏上没有画面'}</span>
            {canChange && <span>R 重试　Del 清格</span>}
          </span>
        )}
        <span className="wall-caption">
          <b>{cellName(cell.cell)}</b>{' '}
          {cell.phase === 'failed' || cell.phase === 'requested' ? contentWords(cell.shown) : contentWords(cell.wanted)}
        </span>
      </button>
    </div>
  )
}

function Requested({ cell, isSmall }: { readonly cell: WallCell; readonly isSmall: boolean }) {
  const seconds = useNowAs(200, (now) => Math.max(0, Math.round((now - cell.at) / 200) / 5).toFixed(1))
  return (
    <span className="wall-note">
      <b>已请求 {seconds} 秒</b>
      <span>→ {contentWords(cell.wanted)}</span>
      {!isSmall && <span>屏上仍为 {contentWords(cell.shown)}</span>}
    </span>
  )
}

export function tileWords(cell: WallCell): string {
  if (cell.phase === 'requested') return `已请求 ${contentWords(cell.wanted)}，屏上仍为 ${contentWords(cell.shown)}`
  if (cell.phase === 'failed') return `失败：${cell.reason ?? ''}，屏上为 ${contentWords(cell.shown)}`
  return contentWords(cell.wanted)
}
