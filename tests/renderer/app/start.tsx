import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Root } from '../../../src-renderer/app/root'
import { createBridge } from '../../../src-renderer/bridge/bridge'
import { createFakeCore, type FakeCore } from '../../../src-renderer/bridge/fake-transport'
import type { FakeOptions } from '../../../src-renderer/bridge/fake-world'
import '../../../src-renderer/app/styles'

/** The whole renderer on the fake core, on the smallest screen it must hold. */
export async function start(options: Partial<FakeOptions> = {}, paneId?: string): Promise<FakeCore> {
  await page.viewport(1366, 768)
  const core = createFakeCore(options)
  await render(<Root bridge={createBridge(core.transport)} paneId={paneId} />)
  return core
}

/** What was asked of the core with this command, oldest first. */
export function inputsOf(core: FakeCore, command: FakeCore['calls'][number]['command']): readonly unknown[] {
  return core.calls.filter((call) => call.command === command).map((call) => call.input)
}
