import type { SessionView } from '#shared/contracts/seat-api/views'
import { roles } from '#shared/domain/account/role'
import { useBridge } from '../../bridge/react'
import { RingingHere } from '../../features/softphone/bar/ringing-bar'
import { SoftphoneProvider } from '../../features/softphone/softphone'
import { CameraProvider } from '../camera-provider'
import { useKeyHandlers } from '../keyboard/keyboard'
import { MapProvider } from '../map-provider'
import { type PaneSpec, panesOf } from '../panes'
import { Banners } from './banners'
import { PaneBody } from './pane-frame'
import { StatusBar } from './status-bar'
import { useTelephoneKeys } from './use-telephone-keys'
import { WindowTitle } from './window-title'

/** A window that shows one pane, for a second display: a slim line on top, the pane, a status line. The frame's commands stay in the main window. */
export function PoppedOutPane(props: PoppedOutPaneProps) {
  return (
    <SoftphoneProvider>
      <MapProvider>
        <CameraProvider>
          <PoppedOut {...props} />
        </CameraProvider>
      </MapProvider>
    </SoftphoneProvider>
  )
}

interface PoppedOutPaneProps {
  readonly paneId: string
  readonly agent: NonNullable<SessionView['agent']>
  readonly isLocked: boolean
}

function PoppedOut({ paneId, agent, isLocked }: PoppedOutPaneProps) {
  const pane = panesOf(agent.role).find((each) => each.id === paneId)
  const { call } = useBridge()
  useKeyHandlers({ 'session.lock': () => void call('session.lock', {}) })
  useTelephoneKeys(!isLocked)
  return (
    <div className="popped-out">
      <WindowTitle pane={pane?.title ?? ''} isLocked={isLocked} />
      <RingingHere />
      <header className="popped-bar">
        <b>12319 坐席工作站</b>
        <span>{pane?.title}</span>
        <span className="spring" />
        <span>
          {agent.name}（{roles[agent.role]}）
        </span>
      </header>
      <div className="middle">
        <Banners />
        <main className="workspace">
          {pane ? <Single pane={pane} /> : <p className="popped-none">您的岗位没有这个窗格，可以关上此窗。</p>}
        </main>
      </div>
      <StatusBar />
    </div>
  )
}

function Single({ pane }: { readonly pane: PaneSpec }) {
  return (
    <div className="pane-frame" data-pane={pane.id}>
      <PaneBody pane={pane} />
    </div>
  )
}
