import { lazy, StrictMode, Suspense, useEffect, useState } from 'react'
import type { SettingsView } from '#shared/contracts/seat-api/views'
import type { Bridge } from '../bridge/bridge'
import { browserClock } from '../bridge/browser-clock'
import { BridgeProvider, useBridge, useLink, useTopic } from '../bridge/react'
import { Banners } from './frame/banners'
import { ErrorBoundary } from './frame/error-boundary'
import { RailButton, ThemeButton } from './frame/rail'
import { StatusBar } from './frame/status-bar'
import { TopBar } from './frame/top-bar'
import { useTitle } from './frame/use-title'
import { KeyboardHelp } from './keyboard/help'
import { KeyboardProvider, useKeyHandlers } from './keyboard/keyboard'
import { ChangePasswordScreen } from './session/change-password-screen'
import { LockScreen } from './session/lock-screen'
import { SignInScreen } from './session/sign-in-screen'
import { useActivity } from './session/use-activity'
import { ThemeProvider } from './theme/theme-provider'

/**
 * Everything behind the sign-in screen is a part of its own, so that the screen is there at once; it is fetched while the person types. A page
 * that starts signed in (a reload, a restart) fetches it right away.
 */
const loadFrame = () => import('./frame/signed-in')
const SeatFrame = lazy(async () => ({ default: (await loadFrame()).SeatFrame }))
const PoppedOutPane = lazy(async () => ({ default: (await loadFrame()).PoppedOutPane }))

/** After the screen is painted and takes keys, at the latest when somebody has begun to type. */
function fetchFrameWhenIdle(): () => void {
  const handle = requestIdleCallback(() => void loadFrame(), { timeout: 2000 })
  return () => cancelIdleCallback(handle)
}

/** The whole renderer over one bridge. `paneId` makes it a window of that pane alone. It holds no truth: reload it and nothing is lost. */
export function Root({ bridge, paneId }: { readonly bridge: Bridge; readonly paneId?: string | undefined }) {
  return (
    <StrictMode>
      <ErrorBoundary
        name="窗口"
        scope="window"
        onFault={(error) =>
          void bridge.call('app.reportFault', { message: error.message.slice(0, 2000), stack: (error.stack ?? '').slice(0, 10_000) })
        }
      >
        <BridgeProvider bridge={bridge}>
          <ThemeProvider>
            <KeyboardProvider>
              <Screens paneId={paneId} />
            </KeyboardProvider>
          </ThemeProvider>
        </BridgeProvider>
      </ErrorBoundary>
    </StrictMode>
  )
}

function Screens({ paneId }: { readonly paneId: string | undefined }) {
  const session = useTopic('session.changed')
  useActivity()
  if (!session) return <Starting />
  const { agent, state } = session
  if (state === 'signedOut' || !agent)
    return paneId === undefined ? <SignedOut>{<SignInScreen />}</SignedOut> : <PoppedOutAlone why="坐席已签出。签入" />
  if (agent.mustChangePassword && state !== 'locked')
    return paneId === undefined ? <SignedOut>{<ChangePasswordScreen />}</SignedOut> : <PoppedOutAlone why="请先在主窗口修改口令。改好" />
  const isLocked = state === 'locked'
  return (
    <Suspense fallback={<Starting />}>
      {paneId === undefined ? (
        <SeatFrame key={agent.accountNo} session={session} agent={agent} isLocked={isLocked} />
      ) : (
        <div className={isLocked ? 'frame-hidden' : 'whole'} inert={isLocked}>
          <PoppedOutPane paneId={paneId} agent={agent} isLocked={isLocked} />
        </div>
      )}
      {isLocked && <LockScreen />}
    </Suspense>
  )
}

/** The frame before anybody is in: the same places, with only what is true without a person. */
function SignedOut({ children }: { readonly children: React.ReactNode }) {
  const { call } = useBridge()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const toggleHelp = () => setHelpOpen(!isHelpOpen)
  useTitle('签入')
  useEffect(fetchFrameWhenIdle, [])
  useKeyHandlers({ 'help.open': toggleHelp, 'help.openUnlessTyping': toggleHelp })
  return (
    <div className="frame">
      <TopBar corner={<b>12319</b>} />
      <nav className="rail" aria-label="窗口">
        <span className="spring" />
        <ThemeButton onChoose={(theme: SettingsView['theme']) => void call('settings.setTheme', { theme })} />
        <RailButton icon="help" words="帮助 F1" label="按键说明" onClick={toggleHelp} />
      </nav>
      <div className="middle">
        <Banners />
        {children}
      </div>
      <StatusBar />
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  )
}

function PoppedOutAlone({ why }: { readonly why: string }) {
  useTitle('等待签入')
  return <p className="starting">{why}后这里继续显示，也可以关上此窗。</p>
}

/** Long enough that a normal start never shows the sentence. */
const patienceMs = 1500

function Starting() {
  const link = useLink()
  const [isLong, setLong] = useState(false)
  useTitle('')
  useEffect(() => browserClock.after(patienceMs, () => setLong(true)), [])
  if (!isLong) return <div className="starting" aria-busy="true" />
  return (
    <p className="starting" role="status">
      {link === 'open'
        ? '正在读取本机状态…'
        : '正在连接本机程序，自动重试中。长时间没有反应时，请重新启动坐席工作站；已填写的内容都在本机。'}
    </p>
  )
}
