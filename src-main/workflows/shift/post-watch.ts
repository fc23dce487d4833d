import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { OnDuty } from '#shared/contracts/central-api/centre'
import type { Me } from '#shared/contracts/central-api/sessions'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import type { PostView } from '#shared/contracts/seat-api/shift-views'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { isOnBreak, notReadyReasons } from '#shared/domain/agent/state'
import { type LeavingRule, leavingOf, stageOfLeaving } from '#shared/domain/shift/leaving'
import type { Notices } from '../notices'
import type { Publish } from '../ports'

/**
 * The leaving-post timer 脱岗计时. At the seat that was left it warns its person before the limit passes, on the lock itself and by the notice that
 * sounds; at the shift lead's seat it tells when somebody's limit has passed. It follows what windows are told, holds nobody to anything and writes
 * nothing: what it comes to is worked out by attendance, from the same times.
 */
export interface PostWatch {
  /** A topic was published. */
  follow(topic: TopicName): void
  readonly stop: Stop
}

export interface PostWatchParts {
  readonly clock: Pick<Clock, 'after'>
  readonly now: () => EpochMs
  readonly session: { current(): { readonly me: Me; readonly isLocked: boolean; readonly lockedAt: EpochMs | null } | undefined }
  readonly look: <N extends TopicName>(topic: N) => StateOfTopic<N> | undefined
  readonly rule: () => LeavingRule
  readonly notices: Pick<Notices, 'raise' | 'settle'>
  readonly publish: Publish
}

const ownKey = 'post/away'
const followed: ReadonlySet<TopicName> = new Set([
  'session.changed',
  'telephone.changed',
  'agents.changed',
  'onDuty.changed',
  'reference.changed',
])

export function createPostWatch(parts: PostWatchParts): PostWatch {
  const { clock, now, session, look, rule, notices, publish } = parts
  let shown = 'none yet'
  let stopTimer: Stop = () => {}
  const told = new Set<string>()

  /** Undefined: nothing more will happen by itself. */
  function watchOwn(): EpochMs | undefined {
    const post = ownPost()
    const text = JSON.stringify(post)
    if (text !== shown) publish('post.changed', post)
    shown = text
    if (post?.warnAt == null || post.limitAt == null) {
      notices.settle(ownKey)
      return undefined
    }
    const stage = stageOfLeaving({ since: post.since, warnAt: post.warnAt, limitAt: post.limitAt }, now())
    const limit = minutesOf(post.limitAt - post.since)
    if (stage === 'soon') {
      notices.raise(ownKey, {
        ...{ level: 'warning', opens: null, title: `离开坐席已 ${minutesOf(post.warnAt - post.since)} 分钟` },
        text: `满 ${limit} 分钟按脱岗计，并告诉值班长。请回来解锁；要休息、用餐，回来后先选示忙理由再离开。`,
      })
    }
    if (stage === 'over') {
      notices.raise(ownKey, {
        ...{ level: 'error', opens: null, title: `离开坐席已满 ${limit} 分钟` },
        text: '没有登记休息，已告诉值班长，考勤照此计算。事出有因的，请值班长更正。',
      })
    }
    return stage === 'away' ? post.warnAt : stage === 'soon' ? post.limitAt : undefined
  }

  function ownPost(): PostView {
    const present = session.current()
    if (!present?.isLocked || present.lockedAt === null || !shiftPosts.some((post) => post === present.me.role)) return null
    const agent = look('telephone.changed')?.agent
    const wish = agent && isOnBreak(agent) ? agent.wish : undefined
    const breakName = wish?.phase === 'notReady' ? notReadyReasons[wish.reason].name : null
    // Only what is counted is warned of: not a call that goes on behind the lock, nor a seat that a fault or the lead keeps not ready.
    const isCounted = agent?.phase === 'notReady' && agent.forced?.by === 'absence'
    const since = isCounted ? Math.max(agent.since, present.lockedAt) : present.lockedAt
    const leaving = !isCounted ? undefined : leavingOf(since, present.me.shift?.endsAt ?? null, rule())
    return { since, breakName, warnAt: leaving?.warnAt ?? null, limitAt: leaving?.limitAt ?? null }
  }

  function watchHall(): EpochMs | undefined {
    const me = session.current()?.me
    const away = me?.role === 'shiftLead' ? (look('agents.changed')?.agents ?? []).filter(isAway) : []
    const people = look('onDuty.changed')?.people ?? []
    const over = new Set<string>()
    let next: EpochMs | undefined
    for (const agent of away) {
      if (agent.accountNo === me?.accountNo) continue
      const leaving = leavingOf(agent.since, endOfShift(people, agent.accountNo), rule())
      if (!leaving) continue
      if (stageOfLeaving(leaving, now()) === 'over') {
        over.add(agent.accountNo)
        tell(agent, leaving.limitAt)
      } else next = Math.min(next ?? Number.MAX_SAFE_INTEGER, leaving.limitAt)
    }
    for (const accountNo of told) {
      if (over.has(accountNo)) continue
      told.delete(accountNo)
      notices.settle(keyOf(accountNo))
    }
    return next
  }

  function tell({ seatNo, name, accountNo, since }: AgentOnBoard, limitAt: EpochMs): void {
    told.add(accountNo)
    notices.raise(keyOf(accountNo), {
      ...{ level: 'warning', opens: null, title: `${seatNo} 号坐席 ${name} 离开已满 ${minutesOf(limitAt - since)} 分钟` },
      text: `${timeOf(since)} 起离开坐席，没有登记休息。人回来后本提醒自动收回；事出有因的，在班务“考勤”里更正。`,
    })
  }

  function lookAgain(): void {
    stopTimer()
    const due = [watchOwn(), watchHall()].filter((at) => at !== undefined)
    stopTimer = due.length === 0 ? () => {} : clock.after(Math.max(0, Math.min(...due) - now()), lookAgain)
  }

  return {
    follow(topic) {
      if (followed.has(topic)) lookAgain()
    },
    stop: () => stopTimer(),
  }
}

const keyOf = (accountNo: string) => `post/left/${accountNo}`
const isAway = ({ phase, reason }: AgentOnBoard): boolean => phase === 'notReady' && reason === 'absence'
const endOfShift = (people: readonly OnDuty[], accountNo: string): EpochMs | null =>
  people.find((one) => one.accountNo === accountNo)?.shift?.endsAt ?? null
const minutesOf = (ms: number): number => Math.round(ms / 60_000)
const timeOf = (at: EpochMs): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)
