import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { accounts, signIn } from '../fixtures'
import { listen } from '../listen'

const root = join(import.meta.dirname, '../../..')
/** A microphone that beeps, and loopback as the way to the program, as the shells allow it. */
const withMicrophone = [
  ...['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  '--allow-loopback-in-peer-connection',
]

test('a newcomer starts the program, shows ready, and is rung by a citizen within a minute', async () => {
  test.setTimeout(180_000)
  const data = mkdtempSync(join(tmpdir(), 'seat-demo-call-'))
  const child = spawn('npm', ['start', '--', '--headless', '--data', data, '--demo-cases', 'none'], {
    ...{ cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] as const },
  })
  const { match } = listen(child)
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: withMicrophone })
  try {
    const [address] = await match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/)
    const [, password = ''] = await match(/口令都是 (\S+)：/)
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions: ['microphone'] })
    const page = await context.newPage()
    await page.goto(address)
    await signIn(page, accounts.intake, password)
    await expect(page.getByText('耳机 正常')).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('F8')
    await expect(page.getByText('来电振铃（演示）')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('alert', { name: '来电振铃' })).toContainText('演示 王先生')
    await page.keyboard.press('F2')
    await expect(page.getByText('通话中').first()).toBeVisible()
    await expect(page.getByText('录音中')).toBeVisible()
    await context.close()
  } finally {
    await browser.close()
    const gone = once(child, 'exit')
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await gone
    rmSync(data, { recursive: true, force: true })
  }
})
