import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { accounts, signIn } from '../fixtures'
import { listen } from '../listen'

const root = join(import.meta.dirname, '../../..')

test('npm start brings everything up from nothing, the address signs in, Ctrl+C leaves nothing running', async ({ browser }) => {
  test.setTimeout(120_000)
  const data = mkdtempSync(join(tmpdir(), 'seat-start-'))
  // A process group of its own, as a terminal gives: Ctrl+C reaches every process in it.
  const child = spawn('npm', ['start', '--', '--headless', '--data', data, '--role', 'shiftLead'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { match, all } = listen(child)
  try {
    const [address] = await match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/)
    const [, password = ''] = await match(/口令都是 (\S+)：/)
    for (const accountNo of Object.values(accounts)) expect(all()).toContain(accountNo)

    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    await page.goto(address)
    await expect(page.getByLabel('账号')).toHaveValue(accounts.shiftLead)
    await expect(page.getByText('演示', { exact: true })).toBeVisible()
    await signIn(page, accounts.shiftLead, password)
    await context.close()
  } finally {
    const gone = once(child, 'exit')
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await gone
  }
  await expect.poll(() => spawnSync('pgrep', ['-f', data], { encoding: 'utf8' }).stdout.trim()).toBe('')
  rmSync(data, { recursive: true, force: true })
})
