import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { type Baresip, hasBaresip, startBaresip } from '../interop/peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from '../interop/peers/kamailio'
import { until } from '../interop/peers/process'
import { recordedShareAt } from '../interop/recorded-tone'
import { accounts, expect, signIn, test } from './fixtures'
import { startSeat } from './seat-process'

/**
 * A citizen's telephone, an exchange, the whole program in its shell, and a page whose microphone says a steady tone. What the operator hears is measured
 * in the page, what the citizen hears in the citizen's own recording; everything at the seat is done by key.
 */
const citizenHz = 440
const seatHz = 1_000
const voice = join(mkdtempSync(join(tmpdir(), 'seat-voice-')), 'voice.wav')
const switches = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${voice}`, '--allow-loopback-in-peer-connection']

test.use({
  launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...switches] }),
})
test.skip(!hasKamailio || !hasBaresip, 'needs kamailio, baresip and sox')

/** Ended whatever became of the test: a telephone that talks on takes half a processor from every test after it. */
const running: { stop(): Promise<void> | void }[] = []
test.afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop()
})

/** Keeps the page's own connections where the test can look at them. */
function watchConnections(): void {
  const kept: RTCPeerConnection[] = []
  const Native = RTCPeerConnection
  const watched = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      kept.push(this)
    }
  }
  Object.assign(window, { RTCPeerConnection: watched, keptConnections: kept })
}

/** The strongest frequency of what the page plays now, hertz; 0 when it is silent. */
function heardHz(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { keptConnections } = window as unknown as { keptConnections: RTCPeerConnection[] }
    const track = keptConnections.at(-1)?.getReceivers()[0]?.track
    if (!track) return 0
    const context = new AudioContext()
    const meter = context.createAnalyser()
    meter.fftSize = 8192
    context.createMediaStreamSource(new MediaStream([track])).connect(meter)
    await new Promise((resolve) => setTimeout(resolve, 600))
    const levels = new Float32Array(meter.frequencyBinCount)
    meter.getFloatFrequencyData(levels)
    const strongest = levels.indexOf(Math.max(...levels))
    const hz = (levels[strongest] ?? -200) > -60 ? (strongest * context.sampleRate) / meter.fftSize : 0
    await context.close()
    return hz
  })
}

const hears = (page: Page, hz: number) => async () => Math.abs((await heardHz(page)) - hz) < 10
const citizenHears = (citizen: Baresip) => () => citizen.heard().some((file) => existsSync(file) && recordedShareAt(file, seatHz) > 0.8)
const heardBytes = (citizen: Baresip) => citizen.heard().reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0)
const state = (page: Page) => page.getByRole('button', { name: /^坐席状态/ })

test('an operator answers by key, both hear each other, a killed program and a reloaded page keep call and form, mute and hold are true, the citizen hangs up', async ({
  shell,
  central,
  browser,
}, info) => {
  test.setTimeout(120_000)
  execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', voice, 'synth', '120', 'sine', String(seatHz), 'vol', '0.3'])
  const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-speech-'))
  const kamailio: Kamailio = await startKamailio()
  running.push(kamailio)
  const citizen = await startBaresip({ user: '2001', toneHz: citizenHz, exchange: kamailio })
  running.push(citizen)
  const dataFolder = join(folder, '02')
  mkdirSync(dataFolder)
  const exchange = { name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}` }
  const line = { exchange: { ...exchange, localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 5 }, password: 'pw1002' }
  writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify({ telephone: line }))
  const where = { shell, centralUrl: central.url, dataFolder, seatNo: '02', viewport: { width: 1366, height: 768 } }
  const seat = await startSeat({ ...where, args: shell === 'electron' ? switches : [] }, browser)
  running.push(seat)
  const { page } = seat
  // A seat's own browser has the grant in its profile; this one is the test's.
  if (shell === 'browser') await page.context().grantPermissions(['microphone'])
  await page.addInitScript(watchConnections)
  await page.reload()
  await signIn(page, accounts.intake, central.password)
  await expect(page.getByRole('button', { name: '耳机 正常' })).toBeVisible({ timeout: 20_000 })
  // The canceller takes a steady tone for noise.
  await page.getByRole('button', { name: '耳机 正常' }).click()
  await page.getByRole('switch', { name: '降噪' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('F8')
  await expect(state(page)).toHaveAccessibleName(/示闲/)

  await citizen.command('dial', 'sip:1002@hotline.test')
  await expect(page.getByRole('alert', { name: '来电振铃' })).toContainText('2001')
  await page.screenshot({ path: info.outputPath('ringing.png') })
  await page.keyboard.press('F2')
  await until('the operator hears the citizen', hears(page, citizenHz))
  await until('the citizen hears the operator', citizenHears(citizen))
  await page.screenshot({ path: info.outputPath('talking.png') })

  await page.keyboard.press('F3')
  await expect(page.getByRole('button', { name: /^静音中/ })).toBeVisible()
  await until('a muted seat is silent', () => !citizenHears(citizen)())
  await page.keyboard.press('F3')
  await expect(page.getByRole('button', { name: /^静音 / })).toBeVisible()
  await until('and heard again', citizenHears(citizen))
  const told = '友协大街与保国街交口井盖破损，已有人绊倒'
  await page.getByRole('textbox', { name: '经过' }).fill(told)
  // What is typed is kept within a second.
  await delay(1_000)
  const before = heardBytes(citizen)
  const closed = citizen.events('CALL_CLOSED').length
  await seat.kill()
  const startedMs = performance.now()
  const next = await startSeat({ ...where, args: shell === 'electron' ? switches : [] }, browser)
  running.push(next)
  // As above: before it is permitted its page has no microphone, and the first connection cannot be looked into.
  if (shell === 'browser') await next.page.context().grantPermissions(['microphone'])
  await next.page.addInitScript(watchConnections)
  await next.page.reload()
  await expect(state(next.page)).toHaveAccessibleName(/通话中/)
  const isHeardAgain = () => heardBytes(citizen) > before + 16_000 && citizenHears(citizen)()
  await until('the citizen hears the operator again', isHeardAgain)
  await until('and the operator the citizen', hears(next.page, citizenHz))
  console.log(`killed in a call on ${shell}: both heard again ${((performance.now() - startedMs) / 1_000).toFixed(1)} s after the start`)
  expect(citizen.events('CALL_CLOSED'), 'the citizen’s telephone saw no end').toHaveLength(closed)
  await expect(next.page.getByRole('textbox', { name: '经过' })).toHaveValue(told)
  await next.page.screenshot({ path: info.outputPath('killed-and-back.png') })

  // Last: this telephone does not go on recording after a hold.
  await next.page.keyboard.press('F4')
  await until('a held citizen is not heard', hears(next.page, 0))
  await next.page.keyboard.press('F4')
  await until('and heard again', hears(next.page, citizenHz))

  await citizen.command('hangup')
  await expect(state(next.page)).toHaveAccessibleName(/话后整理/)
  await next.page.screenshot({ path: info.outputPath('wrap-up.png') })
  rmSync(folder, { recursive: true, force: true })
})
