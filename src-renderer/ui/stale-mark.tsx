import type { EpochMs } from '#shared/base/clock'
import { Lamp } from './lamp'
import { formatDateTime, formatMoment } from './time-format'
import './ui.css'

/** Says how old something is that is no longer live: 截至 12:47. Null means that it was never read. */
export function StaleMark({ asOf, now }: { readonly asOf: EpochMs | null; readonly now: EpochMs }) {
  const words = asOf === null ? '尚未从中心取得' : `截至 ${formatMoment(asOf, now)}`
  return (
    <span className="ui-stale" title={asOf === null ? words : `中心连不上，内容截至 ${formatDateTime(asOf)}`}>
      <Lamp tone="late" label="" />
      {words}
    </span>
  )
}
