import type { EpochMs, Ids } from '#shared/base/clock'
import type { Notice } from '#shared/contracts/seat-api/views'
import type { Publish } from './ports'

/**
 * What the person should know without having asked. A notice belongs to a condition, named by its key: the condition raises it once, takes it
 * back when it is over, and a dismissed one stays away until its condition begins anew. Nothing is kept over a restart: conditions are.
 */
export type NoticeContent = Pick<Notice, 'level' | 'title' | 'text' | 'opens'>

export interface Notices {
  /** Raising again with the same content changes nothing; with another, it shows and sounds anew. */
  raise(key: string, content: NoticeContent): void
  /** The condition is over. */
  settle(key: string): void
  dismiss(noticeId: string): void
  show(): void
}

export interface NoticeParts {
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly publish: Publish
  readonly announce: (notice: Notice) => void
}

interface Held {
  readonly notice: Notice
  readonly isDismissed: boolean
}

export function createNotices({ ids, now, publish, announce }: NoticeParts): Notices {
  const held = new Map<string, Held>()

  const show = () => publish('notices.changed', { notices: [...held.values()].filter((one) => !one.isDismissed).map((one) => one.notice) })

  return {
    raise(key, content) {
      const before = held.get(key)?.notice
      if (before && sameContent(before, content)) return
      const notice: Notice = { noticeId: ids.uuid(), at: now(), ...content }
      held.delete(key)
      held.set(key, { notice, isDismissed: false })
      show()
      announce(notice)
    },
    settle(key) {
      if (held.delete(key)) show()
    },
    dismiss(noticeId) {
      for (const [key, one] of held) if (one.notice.noticeId === noticeId) held.set(key, { ...one, isDismissed: true })
      show()
    },
    show,
  }
}

function sameContent(a: NoticeContent, b: NoticeContent): boolean {
  return a.level === b.level && a.title === b.title && a.text === b.text && placeOf(a) === placeOf(b)
}

const placeOf = ({ opens }: NoticeContent) => (opens !== null && typeof opens === 'object' ? opens.caseId : opens)
