import type { ReactNode } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { ActionButton } from '../../ui/action-button'
import { formatMoment } from '../../ui/time-format'

/** The line above each list: its filter, how many there are, how old that is, and what can be done. */
export function TabToolbar({
  filter,
  count,
  readAt,
  now,
  reason,
  onReload,
  children,
}: {
  readonly filter: ReactNode
  readonly count: string
  readonly readAt: EpochMs | null
  readonly now: EpochMs
  /** Why the centre cannot be asked now. */
  readonly reason: string | null
  onReload(): void
  readonly children?: ReactNode
}) {
  return (
    <div className="ui-toolbar">
      {filter}
      <span className="ui-meta">{count}</span>
      <span className="ui-spring" />
      {readAt !== null && <span className="ui-meta">{`${formatMoment(readAt, now)} 取得`}</span>}
      <ActionButton reason={reason} onClick={onReload}>
        刷新
      </ActionButton>
      {children}
    </div>
  )
}
