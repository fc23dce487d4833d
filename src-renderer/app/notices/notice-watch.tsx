import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Notice } from '#shared/contracts/seat-api/views'
import { useBridge, useTopic } from '../../bridge/react'
import type { OpenTarget } from '../../ui/open-target'

/**
 * Raises the few notices that need an answer (something is wrong and there is a place to mend it); all others wait behind the bell. What the
 * core withdraws disappears here too. Answering or closing one puts it away for every window.
 */
export function NoticeWatch({ onOpen }: { onOpen(target: OpenTarget): void }) {
  const notices = useTopic('notices.changed')?.notices
  const { notification } = App.useApp()
  const { call } = useBridge()
  const raised = useRef<ReadonlySet<string>>(new Set())
  const open = useRef(onOpen)
  useEffect(() => {
    open.current = onOpen
  })

  useEffect(() => {
    const wanted = (notices ?? []).filter(needsAnswer)
    const ids = new Set(wanted.map((notice) => notice.noticeId))
    for (const id of raised.current) if (!ids.has(id)) notification.destroy(id)
    for (const notice of wanted) {
      if (raised.current.has(notice.noticeId)) continue
      const dismiss = () => void call('notices.dismiss', { noticeId: notice.noticeId })
      notification[notice.level === 'error' ? 'error' : 'warning']({
        key: notice.noticeId,
        title: notice.title,
        description: notice.text,
        duration: 0,
        onClose: dismiss,
        actions: (
          <Button
            size="small"
            type="primary"
            onClick={() => {
              if (notice.opens) open.current(notice.opens)
              notification.destroy(notice.noticeId)
              dismiss()
            }}
          >
            {answerOf(notice)}
          </Button>
        ),
      })
    }
    raised.current = ids
  }, [notices, notification, call])

  // Raised again when the seat is unlocked: nobody answered them.
  useEffect(
    () => () => {
      for (const id of raised.current) notification.destroy(id)
      raised.current = new Set()
    },
    [notification],
  )
  return null
}

const answers = { outbox: '处理待发送', connection: '看连接', diagnostics: '看本机状态', dutyLog: '看日志', quality: '看质检' } as const

const answerOf = ({ opens }: Notice) => (opens === null ? '知道了' : typeof opens === 'object' ? '打开案卷' : answers[opens])

/** What concerns the connection has its banner over the work already, with the same words and the way to mend it: behind the bell is enough. */
export function needsAnswer(notice: Notice): boolean {
  return notice.level !== 'info' && notice.opens !== 'connection'
}
