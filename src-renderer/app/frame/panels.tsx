import { Button, Drawer } from 'antd'
import type { ComponentType } from 'react'
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
  notices: { title: '通知', width: 520, component: NoticesPanel },
}

export function PanelSheet({ panel, onClose }: { readonly panel: PanelId | null; onClose(): void }) {
  const spec = panel && panels[panel]
  return (
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
      {spec && <PanelContent key={panel} title={spec.title} content={spec.component} onClose={onClose} />}
    </Drawer>
  )
}

function PanelContent({ title, content: Content, onClose }: { readonly title: string; readonly content: ComponentType; onClose(): void }) {
  useFocusReturn()
  return (
    <>
      <header className="panel-head">
        <h1>{title}</h1>
        <span className="spring" />
        <Button type="text" size="small" title="收起　Esc" aria-label="收起" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <Content />
    </>
  )
}
