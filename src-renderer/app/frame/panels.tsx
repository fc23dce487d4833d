import { Button, Drawer } from 'antd'
import type { ComponentType } from 'react'
import { TelephonePanel } from '../../features/softphone/sound/telephone-panel'
import { ConnectionPanel } from '../../features/status/connection-panel'
import { DiagnosticsPanel } from '../../features/status/diagnostics-panel'
import { NoticesPanel } from '../../features/status/notices-panel'
import { OutboxPanel } from '../../features/status/outbox-panel'
import { Icon } from '../icons'
import type { PanelId } from './frame-context'
import { useFocusReturn } from './use-focus-return'

/**
 * What the status bar opens: one sheet on the right, never two. It stands inside the frame, so that a lock hides it with everything typed in it
 * and an unlock brings it back.
 */
const panels: Readonly<Record<PanelId, { readonly title: string; readonly width: number; readonly component: ComponentType }>> = {
  outbox: { title: '待发送', width: 720, component: OutboxPanel },
  connection: { title: '与中心的连接', width: 440, component: ConnectionPanel },
  diagnostics: { title: '本机状态', width: 440, component: DiagnosticsPanel },
  telephone: { title: '话机', width: 480, component: TelephonePanel },
  notices: { title: '通知', width: 520, component: NoticesPanel },
}

export function PanelSheet({ panel, onClose }: { readonly panel: PanelId | null; onClose(): void }) {
  const spec = panel && panels[panel]
  const Content = spec?.component
  return (
    <>
      {panel && <FocusReturn />}
      <Drawer
        open={panel !== null}
        onClose={onClose}
        placement="right"
        size={spec?.width ?? 440}
        title={null}
        closable={false}
        destroyOnHidden
        getContainer={false}
        rootClassName="panel-sheet"
        aria-label={spec?.title}
      >
        <header className="panel-head">
          <h1>{spec?.title}</h1>
          <span className="spring" />
          <Button type="text" size="small" title="收起　Esc" aria-label="收起" onClick={onClose}>
            <Icon name="close" />
          </Button>
        </header>
        {Content && <Content />}
      </Drawer>
    </>
  )
}

/** Beside the sheet and not in it: the sheet takes the focus before its content is there. */
function FocusReturn() {
  useFocusReturn()
  return null
}
