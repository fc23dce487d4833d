import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hasKamailio, type Kamailio, startKamailio } from '../interop/peers/kamailio'
import { accounts, test as base, expect, signIn } from './fixtures'
import { type SeatProcess, startSeat } from './seat-process'
import { hasSoundServer, type SoundServer, startSoundServer } from './sound-server'

/** An exchange, the whole program in its shell, and a headset that is really plugged in and out at a sound server. */
const test = base.extend<{ seatAtExchange: SeatProcess }, { sound: SoundServer }>({
  sound: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from this pattern.
    async ({}, use) => {
      const sound = await startSoundServer()
      // Electron takes it from the environment of the test.
      Object.assign(process.env, sound.env)
      await use(sound)
      await sound.stop()
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, sound }, use) => {
      const args = [...(launchOptions.args ?? []), '--allow-loopback-in-peer-connection']
      await use({
        ...launchOptions,
        args,
        ignoreDefaultArgs: ['--mute-audio'],
        env: { ...process.env, ...sound.env } as Record<string, string>,
      })
    },
    { scope: 'worker' },
  ],
  seatAtExchange: async ({ shell, central, browser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-speech-'))
    const kamailio: Kamailio = await startKamailio()
    const seat = await startAtExchange(folder, kamailio, { shell, centralUrl: central.url }, browser)
    await signIn(seat.page, accounts.intake, central.password)
    await use(seat)
    await seat.stop()
    await kamailio.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

test.skip(!hasKamailio || !hasSoundServer, 'needs kamailio and pulseaudio')
test.describe.configure({ timeout: 120_000 })

const seatHz = 1_000

async function startAtExchange(
  folder: string,
  kamailio: Kamailio,
  { shell, centralUrl }: Pick<Parameters<typeof startSeat>[0], 'shell' | 'centralUrl'>,
  browser: Parameters<typeof startSeat>[1],
): Promise<SeatProcess> {
  const dataFolder = join(folder, '02')
  mkdirSync(dataFolder)
  const exchange = { name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}` }
  const line = { exchange: { ...exchange, localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 5 }, password: 'pw1002' }
  writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify({ telephone: line }))
  const seat = await startSeat({ shell, centralUrl, dataFolder, seatNo: '02', viewport: { width: 1366, height: 768 } }, browser)
  // A seat's own browser has the grant in its profile; this one is the test's.
  if (shell === 'browser') await seat.page.context().grantPermissions(['microphone'])
  return seat
}

const state = (page: Page) => page.getByRole('button', { name: /^坐席状态/ })
test('a headset that is unplugged makes the seat not ready with the reason, and ready again when it is back', async ({
  seatAtExchange,
  sound,
}) => {
  const { page } = seatAtExchange
  const first = await sound.plug('Headset', seatHz)
  await expect(page.getByRole('button', { name: '耳机 正常' })).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('F8')
  await expect(state(page)).toHaveAccessibleName(/示闲/)

  const unplugged = performance.now()
  await first.unplug()
  await expect(state(page)).toHaveAccessibleName(/示忙，没有耳机/, { timeout: 8_000 })
  const lostMs = performance.now() - unplugged
  const plugged = performance.now()
  const second = await sound.plug('Headset', seatHz)
  await expect(state(page)).toHaveAccessibleName(/示闲/)
  console.log(`headset: 示忙 after ${Math.round(lostMs)} ms, back after ${Math.round(performance.now() - plugged)} ms`)
  expect(lostMs).toBeLessThan(5_000)
  await second.unplug()
})
