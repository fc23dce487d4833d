import { Lamp } from './lamp'
import './ui.css'

/** Where a record stands on its way to the centre, in shape and words. Waiting is plain status, not an error. */
const marks = {
  waiting: { tone: 'late', words: '待发送' },
  parked: { tone: 'red', words: '未被接受' },
  sent: { tone: 'green', words: '已送达' },
} as const

export type SyncState = keyof typeof marks

export function SyncMark({ sync }: { readonly sync: SyncState }) {
  const { tone, words } = marks[sync]
  return (
    <span className={`ui-sync ui-sync-${sync}`}>
      <Lamp tone={tone} label="" />
      {words}
    </span>
  )
}
