import { App } from 'antd'
import { useMemo, useState } from 'react'
import type { RoleId } from '#shared/domain/account/role'
import { holidayDuties, holidayGap } from '#shared/domain/shift/holiday'
import { leaveKinds, type ShiftRequest, stateOfRequest } from '#shared/domain/shift/request'
import { peopleOf, type RosterPerson, withCell, withWeekRepeated } from '#shared/domain/shift/roster-month'
import { mayCall } from '../../../bridge/permissions'
import { useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { MonthNav, monthByKey } from '../../../ui/month-nav'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { formatDate } from '../../../ui/time-format'
import { AdmissionForm } from './admission-form'
import { HolidayPaper } from './holiday-paper'
import { OnDutyNow } from './on-duty-now'
import { PersonSelect } from './person-select'
import { type Cell, faultWords, RosterGrid } from './roster-grid'
import { useDayMarks, useRoster } from './use-roster'

/** Who leads stands first, as on the sheet on the wall. */
const postOrder: readonly RoleId[] = [
  ...(['shiftLead', 'intake', 'wallOperator', 'opinionMonitor', 'supervisor', 'dispatcher', 'commander', 'assistant', 'director'] as const),
]

/** The roster of a month: who works when, who is on now; written by whoever answers for it. */
export function RosterTab() {
  const now = useNow(60_000)
  const today = formatDate(now)
  const { isLive, asOf, reason } = useFreshness()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  const [month, setMonth] = useState(today.slice(0, 7))
  const [cell, setCell] = useState<Cell>({ row: 0, day: Math.max(0, Number(today.slice(8)) - 1) })
  const [added, setAdded] = useState<readonly RosterPerson[]>([])
  const [isAdmitting, setAdmitting] = useState(false)
  const roster = useRoster(month)
  const { days, lines, pattern, faults, isChanged } = roster
  const mayWrite = mayCall('roster.write', role)
  const leave = useLeave(isLive)
  const people = useMemo(() => {
    const written = peopleOf(lines, postOrder)
    const more = added.filter((one) => !written.some(({ accountNo, role: post }) => accountNo === one.accountNo && post === one.role))
    return [...written, ...more]
  }, [lines, added])
  const marks = useDayMarks(month.slice(0, 4))
  const holidays = holidayDuties(days, marks, lines)
  const problems = new Map(pattern ? faultWords(faults, pattern) : [])
  for (const duty of holidays) {
    const gap = holidayGap(duty)
    if (gap !== undefined) problems.set(duty.date, [problems.get(duty.date), gap].filter(Boolean).join('；'))
  }

  async function save(): Promise<void> {
    if (!(await roster.save())) return
    void message.success(problems.size > 0 ? `已存，${problems.size} 天还有缺漏。` : '排班已存，各坐席即时可见。')
  }
  function onKey(key: string): boolean {
    const other = monthByKey(key, month)
    if (other) {
      if (isChanged) void message.info('先存下或放弃本月的改动，再换月份。')
      else setMonth(other)
      return true
    }
    if (key.toLowerCase() === 'a' && mayWrite) {
      setAdmitting(true)
      return true
    }
    const person = people[cell.row]
    const date = days[cell.day]
    if (!mayWrite || !pattern || !person || !date) return false
    const present =
      lines.find((line) => line.accountNo === person.accountNo && line.role === person.role && line.date === date)?.ruleIds ?? []
    const rule = pattern.shifts[Number(key) - 1]
    if (rule) {
      const ids = present.includes(rule.id) ? present.filter((ruleId) => ruleId !== rule.id) : [...present, rule.id]
      roster.change(withCell(lines, person, date, ids))
    } else if (key === 'Delete' || key === 'Backspace' || key === '0') roster.change(withCell(lines, person, date, []))
    else if (key.toLowerCase() === 'f') roster.change(withWeekRepeated(lines, person, date, days.at(-1) ?? date))
    else return false
    return true
  }
  return (
    <section
      className="ui-pane roster"
      aria-label="排班"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) void save()
      }}
    >
      <PaneHeader title="排班" meta={pattern?.name}>
        {!isLive && <StaleMark asOf={asOf} now={now} />}
        <MonthNav month={month} onChange={(next) => onKey(next > month ? '.' : ',')} />
        <ActionButton
          size="small"
          reason={holidays.length === 0 ? '本月没有节假日。' : isChanged ? '先存下改动再打印。' : null}
          onClick={() => window.print()}
        >
          打印节假日值守表
        </ActionButton>
        {mayWrite && (
          <ActionButton size="small" keys="A" reason={reason} onClick={() => setAdmitting(true)}>
            准许上机
          </ActionButton>
        )}
        {isChanged && (
          <ActionButton size="small" onClick={roster.discard}>
            放弃改动
          </ActionButton>
        )}
        {mayWrite && (
          <ActionButton
            size="small"
            type="primary"
            keys="Ctrl+Enter"
            loading={roster.isSaving}
            reason={reason ?? (isChanged ? null : '还没有改动。')}
            onClick={() => void save()}
          >
            存排班
          </ActionButton>
        )}
      </PaneHeader>
      <OnDutyNow />
      {mayWrite && isAdmitting && <AdmissionForm onClose={() => setAdmitting(false)} />}
      {roster.error && <CodedError error={roster.error} onRetry={roster.reload} />}
      <div className="ui-toolbar">
        {mayWrite ? (
          <>
            <AddPerson onAdd={(person) => setAdded([...added, person])} />
            {(pattern?.shifts ?? []).map((rule, index) => (
              <span key={rule.id} className="ui-meta">
                <kbd>{index + 1}</kbd> {rule.name} {rule.start}–{rule.end}
              </span>
            ))}
            <span className="ui-meta">
              <kbd>Del</kbd> 休
            </span>
            <span className="ui-meta">
              <kbd>F</kbd> 照前七天排到月底
            </span>
          </>
        ) : (
          <span className="ui-meta">由值班长、指挥长、平台助理和主管编排；要调班请到“请假调班”。</span>
        )}
        <span className="ui-spring" />
        {problems.size > 0 && <span className="ui-meta">{`${problems.size} 天有缺漏，见日期下的 ▲`}</span>}
      </div>
      {roster.isLoading || (!pattern && isLive && !roster.error) ? (
        <LoadingState what="排班表" />
      ) : !pattern || (people.length === 0 && !mayWrite) ? (
        <EmptyState text={isLive ? '本月还没有排班。' : '排班表在中心，连上后可看。'} />
      ) : people.length === 0 ? (
        <EmptyState text="本月还没有排班。先在左上选人，再用数字键排班。" />
      ) : (
        <RosterGrid
          {...{ days, today, people, lines, pattern, problems, marks, leave, cell }}
          isDimmed={!isLive}
          onCell={setCell}
          onKey={onKey}
        />
      )}
      {pattern && holidays.length > 0 && <HolidayPaper month={month} duties={holidays} pattern={pattern} />}
    </section>
  )
}

/** Approved leave of everybody this person may see, by person and day. */
function useLeave(isLive: boolean): ReadonlyMap<string, string> {
  const read = useQuery('shiftRequests.list', isLive ? {} : undefined)
  return useMemo(() => {
    const days = new Map<string, string>()
    for (const request of (read.value?.items ?? []) as readonly ShiftRequest[]) {
      if (request.kind !== 'leave' || stateOfRequest(request).is !== 'approved') continue
      for (const date of request.dates) days.set(`${request.accountNo}/${date}`, leaveKinds[request.leave])
    }
    return days
  }, [read.value])
}

function AddPerson({ onAdd }: { onAdd(person: RosterPerson): void }) {
  return <PersonSelect label="添人" placeholder="添人：姓名、拼音或工号" value={null} onChoose={onAdd} />
}
