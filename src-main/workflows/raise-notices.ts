import type { Clock, Stop } from '#shared/base/clock'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { ConnectionView, OutboxView, SessionView } from '#shared/contracts/seat-api/views'
import type { CaseRow } from '#shared/domain/case/row'
import type { Notices } from './notices'
import type { StoreFacts } from './ports'

/** Which conditions become notices, and in which words. Each function is told of a state and raises or settles; none keeps one. */
const offlineNoticeMs = 60_000
const clockNoticeMs = 5_000

export function noticeParked(notices: Notices, { parked }: OutboxView): void {
  if (parked === 0) {
    notices.settle('outbox/parked')
    return
  }
  notices.raise('outbox/parked', {
    level: 'error',
    title: `${parked} 条记录未被接受`,
    text: '内容都在本机。请打开待发送，看过原因后修改重发或撤回。',
    opens: 'outbox',
  })
}

export function noticeClock(notices: Notices, { clockOffsetMs }: ConnectionView): void {
  if (clockOffsetMs === null || Math.abs(clockOffsetMs) <= clockNoticeMs) {
    notices.settle('clock/off')
    return
  }
  const pc = clockOffsetMs > 0 ? '慢' : '快'
  // Rounded coarsely, so that a drift of a second does not sound again.
  const seconds = Math.abs(clockOffsetMs) < 120_000 ? '不到两分钟' : `约 ${Math.round(Math.abs(clockOffsetMs) / 60_000)} 分钟`
  notices.raise('clock/off', {
    level: 'warning',
    title: `本机时钟比中心${pc}`,
    text: `相差${seconds}。记录一律按中心时间写入，不受影响；请通知系统管理员校时。`,
    opens: 'diagnostics',
  })
}

export function noticeSession(notices: Notices, { needsSignIn, state, admittedBy }: SessionView): void {
  if (state === 'signedOut' || !needsSignIn || admittedBy === 'offline') {
    notices.settle('session/expired')
    return
  }
  notices.raise('session/expired', {
    level: 'warning',
    title: '签入已过期',
    text: '已填写的内容和待发送的记录都在本机。请重新签入，之后会自动送达。',
    opens: 'connection',
  })
}

export function noticeOpening(notices: Notices, { opening }: StoreFacts): void {
  if (opening.how !== 'recovered') return
  const source = opening.backupAt === null ? '没有可用的备份，已新建数据库' : '已从最近的备份恢复'
  notices.raise('store/recovered', {
    level: 'error',
    title: '本机数据库曾损坏',
    text: `${source}，并从损坏的文件中救回 ${opening.salvaged} 条待发送与草稿。损坏的文件已保留备查，请通知系统管理员。`,
    opens: 'diagnostics',
  })
}

/** Says that the centre has been away for a minute; shorter gaps show in the status bar alone. */
export interface OfflineWatch {
  follow(view: ConnectionView): void
  readonly stop: Stop
}

export function createOfflineWatch(notices: Notices, clock: Clock): OfflineWatch {
  let waiting: Stop | undefined
  const stop = () => {
    waiting?.()
    waiting = undefined
  }
  return {
    follow({ state }) {
      if (state === 'online') {
        stop()
        notices.settle('centre/offline')
      } else if (state === 'offline') {
        waiting ??= clock.after(offlineNoticeMs, () =>
          notices.raise('centre/offline', {
            level: 'warning',
            title: '中心连不上已超过一分钟',
            text: '可以继续记录，内容存在本机，恢复后自动送达；需要中心的操作暂不可用。',
            opens: 'connection',
          }),
        )
      }
    },
    stop,
  }
}

/** What an event said of one case, and what this seat held of it before and after. */
export interface CaseNews {
  readonly caseId: string
  readonly action: string
  readonly byNo: string
  readonly before: CaseRow | undefined
  /** Undefined: no longer this viewer's to see. */
  readonly after: CaseRow | undefined
}

/**
 * Tells a shift lead at once of a case that becomes urgent: registered or filed as an emergency, or corrected into one by somebody else. Once for
 * each case, until it is opened here, ends, or is urgent no more. Cases that were urgent before the seat listened stand in the queue 紧急.
 */
export interface UrgentWatch {
  follow(news: CaseNews, me: Pick<Me, 'accountNo' | 'role'>): void
  /** The person looks at it: that is the answer. */
  opened(caseId: string): void
  /** The person leaves; what was for them is taken back. */
  end(): void
}

export function createUrgentWatch(notices: Notices): UrgentWatch {
  const told = new Set<string>()
  const keyOf = (caseId: string) => `case/urgent/${caseId}`
  const settle = (caseId: string) => {
    if (told.delete(caseId)) notices.settle(keyOf(caseId))
  }
  return {
    follow({ caseId, action, byNo, before, after }, me) {
      if (!after?.isUrgent || after.endedAt !== null) return settle(caseId)
      const becameUrgent = action === 'register' || action === 'fileUrgent' || (action === 'amend' && !before?.isUrgent)
      if (me.role !== 'shiftLead' || byNo === me.accountNo || !becameUrgent || told.has(caseId)) return
      told.add(caseId)
      notices.raise(keyOf(caseId), {
        level: 'warning',
        title: `紧急件 ${after.caseNo}`,
        text: [after.subclassName, after.address, after.summary].filter(Boolean).join('，'),
        opens: { caseId },
      })
    },
    opened: (caseId) => notices.settle(keyOf(caseId)),
    end() {
      for (const caseId of [...told]) settle(caseId)
    },
  }
}
