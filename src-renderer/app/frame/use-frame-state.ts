import { App } from 'antd'
import { useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { PaneId } from '#shared/contracts/seat-api/views'
import type { RoleId } from '#shared/domain/account/role'
import { roles } from '#shared/domain/account/role'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useTopic } from '../../bridge/react'
import type { CaseFocus } from '../../features/cases/case-pane'
import { panesOf, type ReferenceFocus } from '../panes'
import type { Frame, OverlayId, PanelId } from './frame-context'
import {
  type FrameLayout,
  firstLayout,
  permittedLayout,
  withoutPane,
  withPane,
  withPaneBeside,
  withSideShare,
  withToggledSide,
} from './layout'
import { useFocusPane } from './pane-frame'

/** The frame of one signed-in role: its layout (kept by the core), what lies over it, and what its parts can ask for. */
export function useFrameState(role: RoleId): Frame {
  const { call } = useBridge()
  const { message } = App.useApp()
  const arrangement = useLayout(role)
  const [focus, setFocus] = useState<ReferenceFocus>()
  const [caseFocus, setCaseFocus] = useState<CaseFocus>()
  const [panel, openPanel] = useState<PanelId | null>(null)
  const [overlay, openOverlay] = useState<OverlayId | null>(null)
  const [isQuickEntryOpen, openQuickEntry] = useState(false)
  const focusPane = useFocusPane()
  const { panes, permitted, layout, change } = arrangement
  const report = (error: AppError) => void message.error(error.message)

  return {
    panes,
    layout,
    focus,
    caseFocus,
    panel,
    overlay,
    isQuickEntryOpen,
    openPane(pane, asked, askedCase) {
      if (!permitted.includes(pane)) return
      if (asked) setFocus({ ...asked })
      if (askedCase) setCaseFocus({ ...askedCase })
      openPanel(null)
      focusPane(pane)
      change(withPane(layout, pane))
    },
    openBeside(pane) {
      focusPane(pane)
      change(withPaneBeside(layout, pane, permitted))
    },
    closePane: (pane) => change(withoutPane(layout, pane)),
    toggleBeside: () => change(withToggledSide(layout, permitted)),
    resizeSide: (share) => change(withSideShare(layout, share)),
    async popOut(pane) {
      const answer = await call('windows.popOut', { pane })
      if (!answer.ok) return report(answer.error)
      const { address } = answer.value
      if (address === null) return
      const opened = window.open(address, `seat-${pane}`, 'popup,width=960,height=720')
      if (!opened) void message.error('浏览器拦截了新窗口，请允许本页弹出窗口后再试。')
    },
    openPanel,
    openOverlay,
    openQuickEntry,
    quickEntryReason: mayCall('dutyLog.append', role) ? null : `您的岗位（${roles[role]}）不写工作日志`,
    lock: () => void call('session.lock', {}),
    async signOut() {
      const answer = await call('session.signOut', {})
      if (answer.ok) return
      if (answer.error.code === 'handover/unrelieved') openOverlay('leavePost')
      else report(answer.error)
    },
    setTheme: (theme) => void call('settings.setTheme', { theme }),
    async retryConnection() {
      const answer = await call('connection.retry', {})
      if (answer.ok) void message.info('正在重试连接中心。')
      else report(answer.error)
    },
  }
}

function useLayout(role: RoleId) {
  const { call } = useBridge()
  const kept = useTopic('settings.changed')?.layouts[role]
  // What was changed in this window wins over the echo of it, so that fast keys do not jump back.
  const [changed, setChanged] = useState<{ readonly role: RoleId; readonly layout: FrameLayout }>()
  const available = useMemo(() => panesOf(role), [role])
  const ids = useMemo(() => available.map((pane): PaneId => pane.id), [available])
  const base = changed?.role === role ? changed.layout : (kept ?? firstLayout)
  return {
    panes: available,
    permitted: ids,
    layout: permittedLayout(base, ids),
    change(next: FrameLayout): void {
      setChanged({ role, layout: next })
      void call('settings.saveLayout', { role, layout: next })
    },
  }
}
