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

/**
 * `npm run e2e` takes everything on both shells. `npm test` leaves to it what the suites of page and rules show too, and walks on Electron only what its
 * shell does differently: core and page are the same.
 */
const isShort = process.env.SEAT_E2E === 'short'
const leftOut = (names: readonly string[]) => (isShort ? names.map((name) => `**/${name}.spec.ts`) : [])
const long = leftOut(['screens', 'frame', 'case-life', 'seven-stages', 'workspace-tools'])
const longOnElectron = leftOut([
  'case-hands',
  'records',
  'sign-in',
  'refusals',
  'offline',
  'hotline-desk',
  'map',
  'call-recording',
  'handover',
  'wall',
  'cameras',
])

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
  // In the whole run a machine may be busy with what others left: a second attempt is said, and counted by `scripts/test.ts` by name.
  retries: isShort ? 1 : 0,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'browser', testIgnore: ['**/electron-only/**', ...long], use: { shell: 'browser', launchOptions } },
    ...(electron
      ? [
          {
            name: 'electron',
            testIgnore: ['**/browser-only/**', ...long, ...longOnElectron],
            use: { shell: 'electron' as const, launchOptions },
          },
        ]
      : []),
  ],
})
