import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { type CentralProcess, startCentral } from '../../tests/e2e/central-process'
import { type SeatProcess, startSeat } from '../../tests/e2e/seat-process'
import { createFaultProxy, type FaultProxy } from '../../tests/fakes/fault-proxy'
import { lineOfSeat } from '../start/telephone'
import type { Camera } from './camera'

/** What the pictures are taken of: a real centre with demonstration accounts, a network that can refuse, a real seat. All in a folder that goes. */
export interface Stage {
  readonly central: CentralProcess
  readonly network: FaultProxy
  readonly seat: SeatProcess
  readonly page: Page
  readonly camera: Camera
  /** Another seat, with what IT wrote for it in `seat.json`. */
  seatWith(seatNo: string, settings: object): Promise<SeatProcess>
  /** A second seat, with a line at the demonstration's exchange. */
  seatWithTelephone(seatNo: string): Promise<SeatProcess>
}

const viewport = { width: 1366, height: 768 }

/** What there is, and how fast simulated people act: nobody does where a picture should come out the same twice. */
export interface Setting {
  readonly cases: 'none' | 'open'
  readonly speed: string
}

export async function onStage(
  camera: Camera,
  { cases, speed }: Setting,
  prepare: (central: CentralProcess) => Promise<void>,
  play: (stage: Stage) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'seat-pictures-'))
  const ends: (() => Promise<unknown>)[] = []
  try {
    const central = await startCentral(join(folder, 'central'), undefined, cases, speed)
    ends.push(central.stop)
    await prepare(central)
    const network = await createFaultProxy(central.url)
    ends.push(network.stop)
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--allow-loopback-in-peer-connection'],
    })
    ends.push(() => browser.close())
    const options = { shell: 'browser', centralUrl: network.url, dataFolder: join(folder, 'seat-02'), seatNo: '02', viewport } as const
    const seat = await startSeat(options, browser)
    ends.push(seat.stop)
    // The program leaves movements out for those who want none; a picture is one of them.
    await seat.page.emulateMedia({ reducedMotion: 'reduce' })
    const seatWith = async (seatNo: string, settings: object): Promise<SeatProcess> => {
      const dataFolder = join(folder, `seat-${seatNo}`)
      mkdirSync(dataFolder)
      writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify(settings))
      const other = await startSeat({ ...options, seatNo, dataFolder, centralUrl: central.url }, browser)
      ends.push(other.stop)
      await other.page.context().grantPermissions(['microphone'])
      await other.page.emulateMedia({ reducedMotion: 'reduce' })
      return other
    }
    const seatWithTelephone = async (seatNo: string): Promise<SeatProcess> => {
      if (!central.telephone) throw new Error('the demonstration has no exchange')
      return seatWith(seatNo, { telephone: lineOfSeat(central.telephone, seatNo) })
    }
    await play({ central, network, seat, page: seat.page, camera, seatWith, seatWithTelephone })
  } finally {
    for (const end of ends.reverse()) await end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Says a command of the command line, as a person does. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

export const statusBar = (page: Page) => page.getByRole('contentinfo')

export async function writeEntry(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: '日志内容' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: '日志内容' })).toHaveValue('')
}
