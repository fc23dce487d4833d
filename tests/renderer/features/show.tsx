import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { RoleId } from '#shared/domain/account/role'
import { MapProvider } from '../../../src-renderer/app/map-provider'
import { createBridge } from '../../../src-renderer/bridge/bridge'
import { fakeAccountOf } from '../../../src-renderer/bridge/fake-data'
import { createFakeCore, type FakeCore } from '../../../src-renderer/bridge/fake-transport'
import type { FakeOptions } from '../../../src-renderer/bridge/fake-world'
import { BridgeProvider } from '../../../src-renderer/bridge/react'
import { type OpenTarget, OpenTargetProvider } from '../../../src-renderer/ui/open-target'
import '../../../src-renderer/app/theme/tokens.css'

/** Puts one pane on the page over a core made of memory, as somebody of a post sees it. */
export interface Shown {
  readonly core: FakeCore
  /** What the pane asked the frame to open. */
  readonly opened: readonly OpenTarget[]
  readonly screen: Awaited<ReturnType<typeof render>>
  /** Inputs of every call of one command so far. */
  asked(command: string): readonly unknown[]
}

export async function show(
  pane: ReactNode,
  role: RoleId = 'intake',
  options: Partial<FakeOptions> & { readonly prepare?: (core: FakeCore) => void } = {},
): Promise<Shown> {
  const { prepare, ...fake } = options
  // The smallest screen that the workstation is made for.
  await page.viewport(1366, 768)
  const core = createFakeCore({ signedInAs: fakeAccountOf(role), ...fake })
  prepare?.(core)
  const opened: OpenTarget[] = []
  const screen = await render(
    <BridgeProvider bridge={createBridge(core.transport)}>
      <ConfigProvider locale={zhCN} theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <App component={false}>
          <OpenTargetProvider value={(target) => opened.push(target)}>
            <MapProvider>
              <div style={{ height: 700 }}>{pane}</div>
            </MapProvider>
          </OpenTargetProvider>
        </App>
      </ConfigProvider>
    </BridgeProvider>,
  )
  return { core, opened, screen, asked: (command) => core.calls.filter((call) => call.command === command).map((call) => call.input) }
}
