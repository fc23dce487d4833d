import { Button } from 'antd'
import { DutyLogQuickEntry } from '../../features/handover/duty-log-quick-entry'
import { Kbd } from '../../ui/kbd'
import { Icon } from '../icons'
import { keysOf } from '../keyboard/keys'
import { useFocusReturn } from './use-focus-return'

/** Ctrl+J: a small sheet over the corner of the work that blocks nothing. Esc puts it away; the draft stays with the core. */
export function QuickEntry({ onClose }: { onClose(): void }) {
  useFocusReturn()
  return (
    <aside
      className="quick-entry"
      aria-label="记一条工作日志"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      <header>
        <h2>记一条工作日志</h2>
        <Kbd>{keysOf('quickEntry.open')}</Kbd>
        <span className="spring" />
        <Button type="text" size="small" aria-label="收起，保留草稿" title="收起，保留草稿　Esc" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <DutyLogQuickEntry onClose={onClose} />
    </aside>
  )
}
