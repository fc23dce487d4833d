import { Button } from 'antd'
import type { ReactNode } from 'react'
import { isUndoable } from '#shared/domain/wall/undo'
import type { Entry, Wall, WallCell } from '#shared/domain/wall/wall'
import { cellName } from '#shared/domain/wall/wall'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { formatTimeWithSeconds } from '../../ui/time-format'
import type { WallActions } from './use-wall-actions'
import { authorWords, contentWords, entryWords, outcomeWords } from './wall-words'

/** What is known of the selected cell. */
export function CellFacts({
  wall,
  cell,
  camera,
  actions,
  readOnly,
  onOpen,
  onLook,
}: {
  readonly wall: Wall
  readonly cell: WallCell
  /** Name and grid of the camera in it, when there is one. */
  readonly camera: { readonly canTurn: boolean; readonly gridCodes: readonly string[] } | undefined
  readonly actions: WallActions
  readonly readOnly: string | null
  onOpen(): void
  /** Opens its camera large. */
  onLook(): void
}) {
  const tile = wall.layout.tiles.find((one) => one.cell === cell.cell)
  const tone = cell.phase === 'confirmed' ? 'green' : cell.phase === 'failed' ? 'red' : 'late'
  const phase = { confirmed: '已确认', requested: '已请求', failed: '失败' }[cell.phase]
  const tour = wall.tours.find((one) => one.cell === cell.cell && one.run !== null)
  return (
    <section className="wall-facts" aria-label="选中的格">
      <SectionTitle title={`选中 格 ${cellName(cell.cell)}`} meta={contentWords(cell.wanted)}>
        <span className="wall-state">
          <Lamp tone={tone} label="" /> {phase}
        </span>
      </SectionTitle>
      <dl>
        <Fact name="要求">{contentWords(cell.wanted)}</Fact>
        <Fact name="屏上">{cell.shown === null ? '空' : contentWords(cell.shown)}</Fact>
        {cell.reason !== null && <Fact name="原因">{cell.reason}</Fact>}
        <Fact name="由谁">
          {cell.revision === 0
            ? '还没有人改过'
            : `${formatTimeWithSeconds(cell.at)} ${[authorWords[cell.by.kind], cell.by.name].filter(Boolean).join(' ')}`}
        </Fact>
        {tile && <Fact name="大小">{`${tile.width / 12} × ${tile.height / 12} 屏`}</Fact>}
        {camera && <Fact name="网格">{camera.gridCodes[0]}</Fact>}
        {camera && <Fact name="镜头">{camera.canTurn ? '球机，可转动' : '枪机，不可转动'}</Fact>}
        {tour && <Fact name="轮巡">{tour.name}</Fact>}
        {cell.taken && <Fact name="规则">{`占用中，之后恢复 ${contentWords(cell.taken.former)}`}</Fact>}
      </dl>
      <footer>
        <ActionButton
          size="small"
          keys="R"
          reason={readOnly ?? (cell.phase === 'failed' ? null : '这一格没有失败的切换')}
          onClick={actions.retry}
        >
          重试
        </ActionButton>
        <ActionButton size="small" keys="Del" reason={readOnly ?? (cell.wanted === null ? '这一格是空的' : null)} onClick={actions.clear}>
          清格
        </ActionButton>
        <span className="ui-spring" />
        {camera && (
          <ActionButton size="small" type="primary" keys="P" onClick={onLook}>
            放大、云台
          </ActionButton>
        )}
        {cell.wanted?.kind === 'case' && (
          <ActionButton size="small" keys="G" reason={readOnly} onClick={() => actions.nearby(cell.cell)}>
            附近探头上屏
          </ActionButton>
        )}
        {cell.wanted?.kind === 'case' && (
          <Button size="small" type="primary" onClick={onOpen}>
            打开案卷
          </Button>
        )}
      </footer>
    </section>
  )
}

const marks: Readonly<Record<Entry['outcome'], ReactNode>> = {
  requested: <span className="wall-mark wall-mark-requested" />,
  confirmed: <span className="wall-mark wall-mark-confirmed" />,
  failed: <Lamp tone="red" label="" />,
  overtaken: <span className="wall-mark wall-mark-overtaken" />,
  done: <span className="wall-mark wall-mark-confirmed" />,
}

/** Who showed what, why, and what became of it; the newest first. */
export function ChangeLog({
  entries,
  readOnly,
  onUndo,
}: {
  readonly entries: readonly Entry[]
  readonly readOnly: string | null
  onUndo(entry: Entry): void
}) {
  return (
    <section className="wall-log" aria-label="变更记录">
      <SectionTitle title="变更记录" meta={`最近 ${entries.length} 条`}>
        <span className="wall-quiet">各操作台同步</span>
      </SectionTitle>
      {entries.length === 0 && <EmptyState text="还没有变更。" />}
      <ol>
        {entries.map((entry) => (
          <li key={entry.revision} className={entry.undoneBy ? 'wall-undone' : undefined}>
            <time>{formatTimeWithSeconds(entry.at)}</time>
            <span className="wall-who">{authorWords[entry.by.kind] || entry.by.name}</span>
            <span className="wall-what" title={[entryWords(entry), entry.why].filter(Boolean).join('　')}>
              {entryWords(entry)}
              {entry.why && <small>　{entry.why}</small>}
            </span>
            {readOnly === null && isUndoable(entry) && (
              <button type="button" tabIndex={-1} className="wall-undo" onClick={() => onUndo(entry)}>
                撤销
              </button>
            )}
            <span className={`wall-outcome wall-outcome-${entry.outcome}`}>
              {marks[entry.outcome]} {entry.undoneBy ? `已由 ${entry.undoneBy} 撤销` : outcomeWords[entry.outcome]}
              {entry.outcome === 'failed' && entry.reason ? `：${entry.reason}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
