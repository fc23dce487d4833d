import { App, Input } from 'antd'
import { useRef } from 'react'
import { recordingReviewers } from '#shared/domain/call/recording'
import { useBridge, useTopicAs } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { formatDateTime } from '../../ui/time-format'
import type { ListedCall } from './use-call-pages'

/** 保全 of a recording that a dispute needs, as the centre's list tells of it: held with a reason, let go with a reason, both in the audit. */
export function Hold({ call, onChanged }: { readonly call: ListedCall; onChanged(): void }) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const askReason = useReason()
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  const { recordingId, recordingState, hold } = call
  // Of a seat's own list it is not known.
  if (recordingId === null || hold === undefined) return null
  const reason = recordingReviewers.some((each) => each === role) ? unfit(recordingState) : '录音由值班长、督查和主管岗位保全'

  async function change(words: string): Promise<boolean> {
    const id = recordingId ?? ''
    const answer = hold
      ? await bridge.call('recordings.release', { recordingId: id, holdId: hold.holdId, reason: words })
      : await bridge.call('recordings.hold', { recordingId: id, reason: words })
    if (answer.ok) void message.success(hold ? '已解除保全，按保存期限清除。' : '已保全，到期不清除。')
    else void message.error(answer.error.message)
    if (answer.ok) onChanged()
    return answer.ok
  }
  return (
    <section className="calls-playback calls-hold" aria-label="录音保全">
      {hold ? (
        <span>
          <b>已保全</b>：{hold.reason}
          <span className="calls-quiet">
            {' '}
            {hold.byName} {formatDateTime(hold.at)}
          </span>
        </span>
      ) : (
        <span className="calls-quiet">有争议时保全：到期不清除，直到解除</span>
      )}
      <span className="ui-spring" />
      <ActionButton
        size="small"
        reason={reason}
        onClick={() => askReason(hold ? '解除保全，写明理由' : '保全这段录音，写明理由', hold ? '解除保全' : '保全', change)}
      >
        {hold ? '解除保全…' : '保全录音…'}
      </ActionButton>
    </section>
  )
}

function unfit(state: ListedCall['recordingState']): string | null {
  if (state === 'awaited') return '录音还在坐席本机，传到中心以后再保全'
  if (state === 'purged') return '录音已过保存期限，按规定清除'
  return state === 'refused' ? '录音没有通过核对，中心没有收下' : null
}

/** Asks for a reason; what was written stays until it was taken. */
function useReason() {
  const { message, modal } = App.useApp()
  const words = useRef('')
  return (title: string, okText: string, take: (words: string) => Promise<boolean>): void => {
    words.current = ''
    modal.confirm({
      ...{ title, okText, cancelText: '取消', icon: null },
      content: (
        <Input
          autoFocus
          aria-label="理由"
          placeholder="如：来电人投诉态度，市监察局调取"
          maxLength={200}
          onChange={({ target }) => {
            words.current = target.value
          }}
        />
      ),
      async onOk() {
        const said = words.current.trim()
        if (said.length < 2) {
          void message.info('先写理由，至少两个字。')
          throw new Error('empty')
        }
        if (!(await take(said))) throw new Error('refused')
      },
    })
  }
}
