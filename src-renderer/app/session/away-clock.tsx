import { stageOfLeaving } from '#shared/domain/shift/leaving'
import { useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { Lamp, type LampTone } from '../../ui/lamp'
import { formatClock } from '../../ui/time-format'

const tones: Readonly<Record<'away' | 'soon' | 'over', LampTone>> = { away: 'none', soon: 'amber', over: 'red' }

/** On the lock: how long the seat has stood empty, and what that comes to. A break that was said before is named and runs without a limit. */
export function AwayClock() {
  const post = useTopic('post.changed')
  const now = useNow(1000)
  if (!post || (post.breakName === null && post.limitAt === null)) return null
  const away = formatClock(Math.max(0, now - post.since))
  if (post.warnAt === null || post.limitAt === null) {
    return (
      <p className="lock-away" role="timer" aria-label="休息">
        <Lamp tone="none" label="" />
        <span>
          {post.breakName} <b>{away}</b>，已登记，不算脱岗
        </span>
      </p>
    )
  }
  const stage = stageOfLeaving({ since: post.since, warnAt: post.warnAt, limitAt: post.limitAt }, now)
  const limit = Math.round((post.limitAt - post.since) / 60_000)
  return (
    <p className="lock-away" role="timer" aria-label="离开坐席">
      <Lamp tone={tones[stage]} label="" />
      <span>
        离开 <b>{away}</b>，{stage === 'over' ? `已满 ${limit} 分钟，已告诉值班长` : `满 ${limit} 分钟按脱岗计`}
      </span>
    </p>
  )
}
