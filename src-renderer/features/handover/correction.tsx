import { App, Button } from 'antd'
import { Kbd } from '../../ui/kbd'
import { formatDateTime } from '../../ui/time-format'
import { DutyLogEntryBox } from './duty-log-entry-box'
import type { LogLine } from './log-columns'

/** Putting an entry right: a new entry that names the old one. What was written stays as it was. */
export function Correction({ entry, onClose }: { readonly entry: LogLine; onClose(): void }) {
  const { message } = App.useApp()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc counts from every field inside; the words stay as a draft.
    <div
      className="log-correction"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      <p>
        <b>更正</b> {formatDateTime(entry.writtenAt)} {entry.authorName}所记，原文保留，另记一条
        <span className="ui-spring" />
        <Button type="text" size="small" onClick={onClose}>
          收起<Kbd>Esc</Kbd>
        </Button>
      </p>
      <DutyLogEntryBox
        draftKey={`dutyLog/correct/${entry.entryId}`}
        autoFocus
        corrects={{ entryId: entry.entryId, kind: entry.kind, text: entry.text, links: entry.links ?? [] }}
        onRecorded={() => {
          void message.success('更正已记入，原文保留。')
          onClose()
        }}
      />
    </div>
  )
}
