import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Kbd } from './kbd'
import './timeline.css'

/** `plain` ○ was done, `now` ● waits for somebody, `over` ■ ran over its limit, `quiet` – happened by itself. */
export type EventTone = 'plain' | 'now' | 'over' | 'quiet'

/** One thing that happened. Words arrive ready, masked and formatted by whoever knows them. */
export interface EventRow {
  readonly key: string
  /** `08:12`, or with the day when it was another: `11-20 08:12`. */
  readonly at: string
  readonly title: string
  readonly who: string
  /** Time used and its limit, shown `2 / 10 分`; empty where there is none. */
  readonly used: string
  readonly limit: string
  readonly isOver: boolean
  readonly text: ReactNode
  readonly tone: EventTone
  /** Taken back afterwards: still there, struck through. */
  readonly isUndone?: boolean
}

interface EventLineProps {
  readonly label: string
  /** Oldest first. */
  readonly rows: readonly EventRow[]
  /** Shows so many of the newest until all are asked for. */
  readonly collapsedCount?: number
  /** When the parent keeps whether all are shown, it also places `EventMore`, e.g. in the title of the section. */
  readonly isExpanded?: boolean
  readonly empty?: string
}

/**
 * What happened to something, oldest first, on one line. Up to some two hundred rows; the arrows scroll it. It reports only: nothing in it is
 * opened or changed.
 */
export function EventLine({ label, rows, collapsedCount = rows.length, isExpanded, empty = '还没有办理记录。' }: EventLineProps) {
  const [isOpenHere, setOpenHere] = useState(false)
  const areAllShown = isExpanded ?? isOpenHere
  if (rows.length === 0) return <p className="ui-empty">{empty}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard (WCAG 2.1.1).
    <section className="events" aria-label={label} tabIndex={0} onKeyDown={scrollWithKeys}>
      {isExpanded === undefined && (
        <EventMore count={rows.length} collapsedCount={collapsedCount} isExpanded={isOpenHere} onToggle={() => setOpenHere(!isOpenHere)} />
      )}
      <ol>
        {rows.slice(areAllShown ? 0 : -collapsedCount).map((row) => (
          <Event key={row.key} row={row} />
        ))}
      </ol>
    </section>
  )
}

interface EventMoreProps {
  readonly count: number
  readonly collapsedCount: number
  readonly isExpanded: boolean
  /** The key that does the same, for whoever handles it. */
  readonly keys?: string
  onToggle(): void
}

/** `全部 14 条`, and back; nothing when all fit anyway. */
export function EventMore({ count, collapsedCount, isExpanded, keys, onToggle }: EventMoreProps) {
  if (count <= collapsedCount) return null
  return (
    <button type="button" className="events-more ui-link" aria-expanded={isExpanded} onClick={onToggle}>
      {keys !== undefined && <Kbd>{keys}</Kbd>} {isExpanded ? `只看最近 ${collapsedCount} 条` : `全部 ${count} 条`}
    </button>
  )
}

function Event({ row }: { readonly row: EventRow }) {
  const tone = row.isOver ? 'over' : row.tone
  return (
    <li className="event" data-tone={tone} data-undone={row.isUndone || undefined}>
      <time>{row.at}</time>
      <i className="event-dot" aria-hidden="true" />
      <span className="event-title" title={row.title}>
        {row.title}
        {row.isUndone && <em>已撤回</em>}
      </span>
      <span className="event-cut event-who" title={row.who}>
        {row.who}
      </span>
      <span className={row.isOver ? 'event-cut ui-overrun' : 'event-cut'} title={limitWords(row)}>
        {usedWords(row)}
      </span>
      <span className="event-cut event-text" {...(typeof row.text === 'string' && { title: row.text })}>
        {row.text}
      </span>
    </li>
  )
}

/** `2 / 10 分`, `超 26 分` as it comes, `—` where nothing was measured. */
function usedWords({ used, limit }: EventRow): string {
  if (used === '') return '—'
  return limit === '' ? used : `${used} / ${limit}`
}

function limitWords({ used, limit }: EventRow): string {
  return [used && `用时 ${used}`, limit && `时限 ${limit}`].filter(Boolean).join('，')
}

const rowHeightPx = 22

function scrollWithKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
  const box = event.currentTarget
  const page = box.clientHeight - rowHeightPx
  const by: Readonly<Record<string, number>> = {
    ArrowDown: rowHeightPx,
    ArrowUp: -rowHeightPx,
    PageDown: page,
    PageUp: -page,
    Home: -box.scrollHeight,
    End: box.scrollHeight,
  }
  const pixels = by[event.key]
  if (pixels === undefined) return
  event.preventDefault()
  box.scrollTop += pixels
}
