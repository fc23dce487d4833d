/**
 * P2, whole: from an INVITE on the wire to the ringing bar painted with the caller's history, in a real page of the browser shell on the core as it is shipped. How
 * many callers are kept makes no difference here that `p2-caller` does not measure: there it is 100 000. Both clocks are this machine's.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { startCentral } from '../e2e/central-process'
import { accounts, signIn } from '../e2e/fixtures'
import { startSeat } from '../e2e/seat-process'
import { freePort } from '../interop/peers/free-port'
import { hasKamailio, startKamailio } from '../interop/peers/kamailio'
import { type Figure, quantile, rounded } from './figure'
import { openSipCaller } from './sip-caller'

const warmUp = 3
const betweenMs = 400
const switches = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
]

export async function run({ isShort }: { isShort: boolean }): Promise<readonly Figure[]> {
  if (!hasKamailio) {
    console.error('P2-painted: no Kamailio on this machine, not measured')
    return []
  }
  const samples = isShort ? 10 : 100
  const folder = mkdtempSync(join(tmpdir(), 'seat-p2-painted-'))
  const dataFolder = join(folder, '02')
  mkdirSync(dataFolder)
  const [central, kamailio, localPort] = [await startCentral(join(folder, 'central')), await startKamailio(), await freePort()]
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: switches })
  const exchange = { name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}`, localPort }
  const line = { exchange: { ...exchange, localAddress: '127.0.0.1', registerForS: 600, optionsEveryS: 30 }, password: 'pw1002' }
  writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify({ telephone: line }))
  const viewport = { width: 1366, height: 768 }
  const seat = await startSeat({ shell: 'browser', centralUrl: central.url, dataFolder, seatNo: '02', viewport }, browser)
  const caller = await openSipCaller()
  try {
    const { page } = seat
    await signIn(page, accounts.intake, central.password)
    await page.getByRole('button', { name: '线路 在册' }).waitFor({ timeout: 30_000 })
    const times: number[] = []
    for (let round = 0; round < warmUp + samples; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, betweenMs))
      const painted = await watchRinging(page)
      const ringing = caller.ring({ user: '1002', port: localPort })
      const ms = (await painted()) - ringing.sentAt
      if (round >= warmUp) times.push(ms)
      await ringing.giveUp()
      await page.getByRole('alert', { name: '来电振铃' }).waitFor({ state: 'hidden' })
    }
    return [figureOf(times)]
  } finally {
    caller.close()
    await seat.stop()
    await browser.close()
    await kamailio.stop()
    await central.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resolves with the moment, epoch ms, at which a frame with the history of the caller in it was given to the screen. */
async function watchRinging(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const painted = new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        // No function of its own: the runner's compiler would name it with a helper that the page does not have.
        if (!/以前 \d+ 件|第一次来电/.test(document.querySelector('.ringing-bar .caller-line')?.textContent ?? '')) return
        watch.disconnect()
        // The frame after the one that is being made: by then it was handed over.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
      })
      watch.observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    Object.assign(window, { painted })
  })
  return () => page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted)
}

function figureOf(times: readonly number[]): Figure {
  return {
    name: 'P2-painted',
    ...{ value: rounded(quantile(times, 0.99)), unit: 'ms', reference: null, ratio: null, samples: times.length },
    detail: {
      ...{ what: 'INVITE on the wire → ringing bar painted with what is known of the caller', measure: 'p99', budget: 'p99 ≤ 100 ms' },
      ...{ medianMs: rounded(quantile(times, 0.5)), worstMs: rounded(quantile(times, 1)) },
    },
  }
}
