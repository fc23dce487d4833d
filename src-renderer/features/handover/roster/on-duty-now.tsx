import { chinaDate, dayMs } from '#shared/base/china-time'
import { roles } from '#shared/domain/account/role'
import { dutiesOf, onDutyAt, type RosterLine } from '#shared/domain/shift/roster'
import { useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { Lamp } from '../../../ui/lamp'
import { formatTime } from '../../../ui/time-format'
import { useShiftPattern } from './use-roster'

/** Who the roster has on duty at this moment, and who of them is signed in; with whom is signed in besides. */
export function OnDutyNow() {
  const now = useNow(60_000)
  const { isLive } = useFreshness()
  const signedIn = useTopic('onDuty.changed')?.people ?? []
  const read = useQuery('roster.read', isLive ? { from: chinaDate(now - dayMs), until: chinaDate(now) } : undefined)
  const pattern = useShiftPattern(read.value?.patternId)
  const on = pattern ? onDutyAt(dutiesOf(pattern, (read.value?.lines ?? []) as readonly RosterLine[]), now) : []
  const span = on.flatMap(({ spans }) => spans).find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
  const besides = signedIn.filter((person) => !on.some(({ accountNo }) => accountNo === person.accountNo))
  return (
    <section className="roster-now" aria-label="此刻当班">
      <b>此刻当班</b>
      <span className="ui-meta">
        {span
          ? `${span.name} ${formatTime(span.startsAt)}–${formatTime(span.endsAt)}`
          : read.value
            ? '排班表上此刻没有人当班'
            : '排班未读到'}
      </span>
      {on.map((duty) => {
        const isHere = signedIn.some(({ accountNo }) => accountNo === duty.accountNo)
        return (
          <span key={`${duty.accountNo}/${duty.role}`} className="roster-person">
            <Lamp tone={isHere ? 'green' : 'amber'} label="" />
            {roles[duty.role]} {duty.name}
            <span className="ui-meta">{isHere ? '已签入' : '未签入'}</span>
          </span>
        )
      })}
      {besides.length > 0 && (
        <span className="ui-meta">{`另有 ${besides.length} 人签入：${besides.map(({ name, role }) => `${name}（${roles[role]}）`).join('、')}`}</span>
      )}
    </section>
  )
}
