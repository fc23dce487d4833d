import { App } from 'antd'
import { useTopic } from '../../bridge/react'
import { DutyLogEntryBox } from './duty-log-entry-box'

/** Ctrl+J from anywhere: the same entry box, small. Closing keeps what was typed as a draft. */
export function DutyLogQuickEntry({ onClose }: { onClose(): void }) {
  const { message } = App.useApp()
  const isOnline = useTopic('connection.changed')?.state === 'online'
  return (
    <DutyLogEntryBox
      draftKey="dutyLog/quick"
      isSmall
      autoFocus
      onRecorded={() => {
        void message.success(isOnline ? '已记入日志。' : '已记入日志，待发送；中心恢复后自动送达。')
        onClose()
      }}
    />
  )
}
