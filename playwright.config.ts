import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { electronRuntime } from './tests/e2e/electron-runtime'
import type { ShellOption } from './tests/e2e/fixtures'

const electron = electronRuntime()
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

/**
 * The same suite on both shells. Without an Electron runtime that half is left out, and the runner says so; a project is never quietly empty.
 */
if (!electron)
  console.log('e2e: no Electron runtime found (ELECTRON_OVERRIDE_DIST_PATH or node_modules/electron/dist): the Electron half is left out')
if (!existsSync(chromium)) console.log(`e2e: no Chromium at ${chromium}`)

/** Whole suites run these on both shells by `npm run e2e`; a whole run walks them on the browser shell alone, whose core and page are the same. */
const long = ['case-hands', 'workspace-tools', 'screens', 'records', 'refusals', 'offline', 'frame']
const longOnElectron = process.env.SEAT_E2E === 'short' ? long.map((name) => `**/${name}.spec.ts`) : []

const launchOptions = { executablePath: chromium, args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'] }

export default defineConfig<ShellOption>({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A step that cannot be taken is named after this, rather than after the whole test's time.
  use: { actionTimeout: 15_000 },
  // Two at a time starve each other of a machine without a GPU, where every window is drawn by the processor.
  workers: 1,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'browser', testIgnore: '**/electron-only/**', use: { shell: 'browser', launchOptions } },
    ...(electron
      ? [{ name: 'electron', testIgnore: ['**/browser-only/**', ...longOnElectron], use: { shell: 'electron' as const, launchOptions } }]
      : []),
  ],
})
