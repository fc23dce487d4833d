import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

/**
 * Files of one worker share their modules where the suite stays inside its process: no module of the product keeps state, so nothing can leak, and
 * loading them anew took three times as long as the tests of the rules.
 */
const node = (name: string, timeoutMs: number) => ({
  test: {
    name,
    isolate: false,
    environment: 'node' as const,
    maxWorkers: 2,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: 60_000,
  },
})

/** `unit` is pure and fast; `contract` runs one suite on the fake and the real thing; `integration` uses real sockets and databases; `interop` talks with independent telephones and exchanges; `renderer` runs the page alone in Chromium on a fake bridge. */
export default defineConfig({
  test: {
    projects: [
      node('unit', 20_000),
      { test: { ...node('contract', 60_000).test, globalSetup: 'tests/contract/postgres-setup.ts' } },
      { test: { ...node('integration', 30_000).test, isolate: true } },
      // Peers of other makers; one file after the other, because their tones are measured in real time.
      {
        test: {
          ...node('interop', 60_000).test,
          isolate: true,
          fileParallelism: false,
          env: { SEAT_INTEROP: process.env.SEAT_INTEROP ?? 'whole' },
        },
      },
      {
        plugins: [react()],
        // Found late, they would make the first run on a fresh machine load its pages twice.
        optimizeDeps: {
          include: ['antd', 'antd/locale/zh_CN', '@ant-design/pro-components', 'pinyin-pro', 'react-dom/client', 'docx', 'mpegts.js'],
        },
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.tsx'],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
                args: ['--no-sandbox', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
