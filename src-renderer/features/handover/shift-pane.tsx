import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { roles } from '#shared/domain/account/role'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { LoadingState, NoPermission } from '../../ui/states'
import { takesText } from '../../ui/takes-text'
import { ArchiveTab } from './archive/archive-tab'
import { AttendanceTab } from './attendance/attendance-tab'
import { EquipmentTab } from './equipment/equipment-tab'
import { HandoverPane } from './handover-pane'
import { MeetingsTab } from './meetings/meetings-tab'
import { MoraleTab } from './morale/morale-tab'
import { RequestsTab } from './requests/requests-tab'
import { RosterTab } from './roster/roster-tab'
import { VisitorsTab } from './visitors/visitors-tab'
import './shift-pane.css'

const tabs = [
  { id: 'handover', title: '交接班', component: HandoverPane },
  { id: 'roster', title: '排班', component: RosterTab },
  { id: 'requests', title: '请假调班', component: RequestsTab },
  { id: 'attendance', title: '考勤', component: AttendanceTab },
  { id: 'meetings', title: '班会', component: MeetingsTab },
  { id: 'visitors', title: '来访', component: VisitorsTab },
  { id: 'equipment', title: '设备', component: EquipmentTab },
  { id: 'morale', title: '思想动态', component: MoraleTab },
  { id: 'archive', title: '归档', component: ArchiveTab },
] as const
type TabId = (typeof tabs)[number]['id']

/** Everything about the shift in one pane: `[` and `]` go from one part to the next, as between worklists. */
export function ShiftPane() {
  const agent = useTopic('session.changed')?.agent
  const [current, setCurrent] = useState<TabId>('handover')
  const tablist = useRef<HTMLDivElement>(null)
  const hasTurned = useRef(false)
  // The part that was left took the focus along: without one the next key would reach nobody. A part that takes the focus itself keeps it.
  useEffect(() => {
    const list = tablist.current
    if (!hasTurned.current || !list || document.activeElement !== document.body) return
    list.querySelector<HTMLElement>(`[data-part="${current}"]`)?.focus()
  }, [current])
  if (!agent) return <LoadingState what="班务" />
  if (!mayCall('handover.begin', agent.role)) return <NoPermission text={`您的岗位（${roles[agent.role]}）没有交接班。`} />
  // What a post may not read has no place on its screen.
  const parts = tabs.filter(({ id }) => id !== 'morale' || mayCall('morale.list', agent.role))
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === ']' ? 1 : event.key === '[' ? -1 : 0
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey || takesText(event.target)) return
    const at = parts.findIndex(({ id }) => id === current)
    const next = parts[(at + step + parts.length) % parts.length]
    hasTurned.current = true
    if (next) setCurrent(next.id)
    event.preventDefault()
  }
  const Part = parts.find(({ id }) => id === current)?.component ?? HandoverPane
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: [ and ] count from wherever the focus is inside.
    <div className="shift-pane" onKeyDown={onKeyDown}>
      <div className="shift-tabs" role="tablist" ref={tablist} aria-label="班务">
        {parts.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            data-part={id}
            aria-selected={id === current}
            tabIndex={id === current ? 0 : -1}
            onClick={() => setCurrent(id)}
          >
            {title}
          </button>
        ))}
        <span className="ui-spring" />
        <span className="ui-meta">
          <kbd>[</kbd> <kbd>]</kbd> 换页
        </span>
      </div>
      <div className="shift-part" role="tabpanel" key={current}>
        <Part />
      </div>
    </div>
  )
}
