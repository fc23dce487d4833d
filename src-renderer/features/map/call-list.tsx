import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { formatClock } from '../../ui/time-format'
import type { Calls, ShownCall } from './use-calls'

/** 正在接听: where people call from at this moment, the longest first; a click goes there. */
export function CallList({
  calls: { shown, placeless },
  now,
  onChoose,
}: {
  readonly calls: Calls
  readonly now: number
  onChoose(call: ShownCall): void
}) {
  const sorted = [...shown].sort((a, b) => (a.answeredAt ?? now) - (b.answeredAt ?? now))
  return (
    <section className="map-side-part" aria-label="正在接听">
      <SectionTitle title="正在接听" meta={`${shown.length + placeless} 路${placeless > 0 ? `，未落点 ${placeless}` : ''}`} />
      {sorted.length === 0 && (
        <p className="ui-empty">{placeless > 0 ? '坐席在登记表里落点后，这里和图上会显示。' : '此刻没有正在接听的电话。'}</p>
      )}
      <ul className="map-near map-collectors">
        {sorted.map((call) => (
          <li key={call.callId}>
            <Lamp tone="green" label="通话中" />
            <button type="button" className="ui-link" onClick={() => onChoose(call)}>
              {`${call.seatNo} ${call.name}`}
            </button>
            <span className="map-far">{call.answeredAt === null ? '' : formatClock(Math.max(0, now - call.answeredAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
