import type { EpochMs } from '#shared/base/clock'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { formatLength, formatRemaining, formatTime } from '../../ui/time-format'

type Shift = NonNullable<StateOfTopic<'session.changed'>['shift']>

/** From this long before the handover on, the lamp is amber: time to write the note. */
const nearHandoverMs = 30 * 60_000

const hours = (shift: Shift) => `${formatTime(shift.startsAt)}–${formatTime(shift.endsAt)}`

/** The shift on: its hours, the time to the handover, who leads it, and the one that follows. */
export function ShiftSection() {
  const session = useTopic('session.changed')
  const onDuty = useTopic('onDuty.changed')
  const centre = useTopic('centre.changed')?.centre
  const now = useNow(1000)
  const shift = session?.shift ?? null
  const leads = onDuty?.people.filter((person) => person.role === 'shiftLead') ?? []
  const next = centre?.shifts.filter((each) => each.startsAt >= (shift?.endsAt ?? now)).sort((a, b) => a.startsAt - b.startsAt)[0]
  return (
    <section className="home-section" aria-label="本班">
      <SectionTitle title="本班" meta={session?.signedInAt ? `${formatTime(session.signedInAt)} 签入` : undefined}>
        <span className="ui-meta">{next ? `下一班 ${next.name} ${hours(next)}` : ''}</span>
      </SectionTitle>
      <div className="home-shift">
        {shift ? <ShiftClock shift={shift} now={now} /> : <p className="home-shift-none">签入时没有选班次，不计交接时刻。</p>}
        <div className="home-lead">
          <span className="ui-meta">值班长</span>
          {leads.length > 0 ? (
            <span>{leads.map((lead) => `${lead.name}·坐席 ${lead.seatNo}`).join('，')}</span>
          ) : (
            <span className="ui-sync">
              <Lamp tone="amber" label="" />
              此刻没有值班长在岗
            </span>
          )}
        </div>
      </div>
    </section>
  )
}

function ShiftClock({ shift, now }: { readonly shift: Shift; readonly now: EpochMs }) {
  const remaining = shift.endsAt - now
  const isOver = remaining < 0
  const passed = Math.max(0, Math.min(1, (now - shift.startsAt) / (shift.endsAt - shift.startsAt)))
  const tone = isOver ? 'red' : remaining <= nearHandoverMs ? 'amber' : 'green'
  return (
    <>
      <div className="home-shift-line">
        <b>{shift.name}</b>
        <span>{hours(shift)}</span>
        <span className="ui-spring" />
        <Lamp tone={tone} label={isOver ? '已过交接时刻' : remaining <= nearHandoverMs ? '临近交接' : '距交接尚早'} />
        <span className="ui-meta">距交接</span>
        <span className={isOver ? 'home-big ui-overrun' : 'home-big'}>{isOver ? formatRemaining(remaining) : formatLength(remaining)}</span>
      </div>
      <div className="home-track" role="img" aria-label={`本班已过 ${formatLength(Math.max(0, now - shift.startsAt))}`}>
        <i style={{ width: `${(passed * 100).toFixed(1)}%` }} />
      </div>
    </>
  )
}
