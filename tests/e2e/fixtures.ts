import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { type CentralProcess, startCentral } from './central-process'
import { type SeatProcess, type ShellKind, startSeat } from './seat-process'

/** Demonstration accounts by role, as the server's demonstration seeds them. */
export const accounts = {
  shiftLead: '0101',
  intake: '0201',
  dispatcher: '0301',
  supervisor: '0401',
  opinionMonitor: '0501',
  wallOperator: '0601',
  presenter: '0701',
  commander: '0801',
  assistant: '0802',
  director: '0803',
  departmentOperator: '0901',
  admin: '0001',
} as const

export type DemoRole = keyof typeof accounts

export interface SeatFixture {
  readonly central: CentralProcess
  /** The running workstation; another after `restart`. */
  readonly current: () => SeatProcess
  readonly page: () => Page
  signIn(role: DemoRole): Promise<void>
  /** A new process on the same data folder. */
  restart(): Promise<void>
  /** A second workstation at another seat on the same centre; ended with the test. */
  another(seatNo: string): Promise<SeatProcess>
}

export interface ShellOption {
  shell: ShellKind
}

interface Fixtures {
  central: CentralProcess
  /** Where the workstation looks for the centre; a suite with a fault proxy in between overrides it. */
  centralUrl: string
  seat: SeatFixture
}

/** `central`: a real server of its own for every test, on a copy of one seeded folder. `seat`: a real workstation of the project's shell, not signed in. */
export const test = base.extend<ShellOption & Fixtures, { seededFolder: string }>({
  shell: ['browser', { option: true }],

  seededFolder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from this pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-seed-'))
      const central = await startCentral(folder)
      await central.stop()
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],

  central: async ({ seededFolder }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-central-'))
    const central = await startCentral(folder, seededFolder)
    await use(central)
    await central.stop()
    rmSync(folder, { recursive: true, force: true })
  },

  centralUrl: async ({ central }, use) => use(central.url),

  seat: async ({ shell, central, centralUrl, browser }, use, info) => {
    const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-seat-'))
    const viewport = { width: 1366, height: 768 }
    const start = (seatNo: string) => startSeat({ shell, centralUrl, dataFolder: join(folder, seatNo), seatNo, viewport }, browser)
    let seat = await start('02')
    const others: SeatProcess[] = []
    const fixture: SeatFixture = {
      central,
      current: () => seat,
      page: () => seat.page,
      signIn: (role) => signIn(seat.page, accounts[role], central.password),
      restart: async () => {
        await seat.stop()
        seat = await start('02')
      },
      another: async (seatNo) => {
        const other = await start(seatNo)
        others.push(other)
        return other
      },
    }
    await use(fixture)
    if (info.status !== info.expectedStatus) {
      for (const [at, { page }] of [seat, ...others].entries()) {
        await page.screenshot({ path: info.outputPath(`at-failure-${at + 1}.png`) }).catch(() => undefined)
      }
    }
    for (const one of [...others, seat]) await one.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

/** Signs in as a person does, by keyboard, and waits for the role home. */
export async function signIn(page: Page, accountNo: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(accountNo)
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('contentinfo')).toContainText('本班')
}

/** Signs out by the command line. Somebody who would leave a post that nobody took over says why, as the form asks during a shift. */
export async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type('qianchu')
  await page.keyboard.press('Enter')
  const [password, reason] = [page.getByLabel('口令', { exact: true }), page.getByRole('textbox', { name: '离岗理由' })]
  await expect(password.or(reason)).toBeVisible()
  if (await reason.isVisible()) {
    await reason.fill('换人试机')
    await page.keyboard.press('Control+Enter')
    await expect(password).toBeVisible()
  }
}

export { expect }
