import { Fragment, type ReactNode } from 'react'
import { roles } from '#shared/domain/account/role'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { Lamp } from '../../ui/lamp'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { LoadingState } from '../../ui/states'
import { formatDate, formatWeekday } from '../../ui/time-format'
import { AccountsSection, AuditSection } from './administration-sections'
import { AgentsSection } from './agents-section'
import { DutyLogSection } from './duty-log-section'
import { PeopleSection, SeatsSection } from './people-sections'
import { QueuesSection } from './queues-section'
import { type HomeSection, homeOf } from './role-home'
import { ShiftSection } from './shift-section'
import { OutboxSection, ReferenceSection, StationSection } from './station-sections'
import './home.css'

const sections: Readonly<Record<HomeSection, () => ReactNode>> = {
  queues: QueuesSection,
  shift: ShiftSection,
  people: PeopleSection,
  agents: AgentsSection,
  seats: SeatsSection,
  dutyLog: DutyLogSection,
  outbox: OutboxSection,
  station: StationSection,
  reference: ReferenceSection,
  accounts: AccountsSection,
  audit: AuditSection,
}

/** First page of each post: the shift, the people, the last words of the log, how this seat stands. It shows facts and changes nothing. */
export function HomePane() {
  const session = useTopic('session.changed')
  const centre = useTopic('centre.changed')
  const now = useNow(60_000)
  const fresh = useFreshness(centre?.readAt)
  if (!session?.agent) return <LoadingState what="首页" />
  const { agent } = session
  return (
    <section className="ui-pane home" aria-label="首页">
      <PaneHeader title={roles[agent.role]} meta={[agent.name, centre?.centre?.name].filter(Boolean).join('　')}>
        {session.admittedBy === 'offline' && (
          <span className="ui-sync">
            <Lamp tone="late" label="" />
            按本机记录签入，中心尚未确认
          </span>
        )}
        {session.needsSignIn && (
          <span className="ui-sync">
            <Lamp tone="amber" label="" />
            中心要求重新签入；记录照常排队
          </span>
        )}
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
        <span className="ui-meta">{`坐席 ${session.seatNo}`}</span>
        <span className="ui-meta">{`${formatDate(now)} ${formatWeekday(now)}`}</span>
      </PaneHeader>
      <div className="home-columns">
        {homeOf(agent.role).map((column) => (
          <div key={column.sections.join()} className="home-column" style={{ flexGrow: column.share }}>
            {column.sections.map((name) => {
              const Section = sections[name]
              return (
                <Fragment key={name}>
                  <Section />
                </Fragment>
              )
            })}
          </div>
        ))}
      </div>
    </section>
  )
}
