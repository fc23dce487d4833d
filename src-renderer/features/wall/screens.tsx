import { App } from 'antd'
import { useBridge, useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'

/** The windows of the software wall that this workstation drives: whether they are there, and opening them. */
export interface Screens {
  /** This workstation shows this wall in windows of its own. */
  readonly isHere: boolean
  readonly total: number
  readonly shown: number
  open(): void
}

export function useScreens(wallId: string): Screens {
  const view = useTopic('wallScreens.changed')
  const bridge = useBridge()
  const { message } = App.useApp()
  const own = view?.wallId === wallId ? view : null
  async function open(): Promise<void> {
    const answer = await bridge.call('wallScreens.open', {})
    if (!answer.ok) return void message.error(answer.error.message)
    for (const address of answer.value.addresses) {
      const opened = window.open(address, `seat-wall-${address}`, 'popup,width=1280,height=720')
      if (!opened) return void message.error('浏览器拦截了大屏窗口，请允许本页弹出窗口后再试。')
    }
  }
  return {
    isHere: own !== null,
    total: own?.screens.length ?? 0,
    shown: own?.screens.filter(({ state }) => state === 'shown').length ?? 0,
    open: () => void open(),
  }
}

export function ScreensButton({ screens }: { readonly screens: Screens }) {
  const { isHere, total, shown, open } = screens
  if (!isHere) return null
  if (shown === total)
    return (
      <ActionButton size="small" type="text" keys="O" onClick={open}>
        窗口 {shown}/{total}
      </ActionButton>
    )
  return (
    <ActionButton size="small" type="primary" keys="O" onClick={open}>
      打开大屏窗口
    </ActionButton>
  )
}
