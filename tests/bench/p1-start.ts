/**
 * P1: from starting the program to a sign-in screen that takes keys, against a blank page in the same shell. The blank program is the same
 * bundle beside an empty renderer folder, started the same way, so that only the page and what it asks of the core differ.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { type CentralProcess, startCentral } from '../e2e/central-process'
import { electronRuntime } from '../e2e/electron-runtime'
import { type SeatProcess, type ShellKind, startSeat } from '../e2e/seat-process'
import { type Figure, quantile } from './figure'

const root = join(import.meta.dirname, '../..')

export async function run({ isShort }: { isShort: boolean }): Promise<readonly Figure[]> {
  const rounds = isShort ? 2 : 12
  const folder = mkdtempSync(join(tmpdir(), 'seat-p1-'))
  const blank = blankProgram(join(folder, 'blank'))
  const central = await startCentral(join(folder, 'central'))
  try {
    const figures: Figure[] = []
    for (const shell of shells()) figures.push(await figureOf(shell, blank, central, folder, rounds))
    return figures
  } finally {
    await central.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function shells(): readonly ShellKind[] {
  return electronRuntime() && process.env.DISPLAY ? ['browser', 'electron'] : ['browser']
}

async function figureOf(shell: ShellKind, blank: string, central: CentralProcess, folder: string, rounds: number): Promise<Figure> {
  const signIn: number[] = []
  const empty: number[] = []
  for (let round = 0; round < rounds; round++) {
    // In turn, so that a busy moment of the machine falls on both.
    const dataFolder = join(folder, `${shell}-${round}`)
    empty.push(await timeOne(shell, blank, central, `${dataFolder}-blank`, (page) => page.locator('#blank').waitFor()))
    signIn.push(await timeOne(shell, root, central, dataFolder, (page) => page.getByLabel('口令', { exact: true }).fill('x')))
  }
  const value = quantile(signIn, 0.5)
  const reference = quantile(empty, 0.5)
  return {
    name: 'P1',
    unit: 'ms',
    value,
    reference,
    ratio: value / reference,
    samples: rounds,
    detail: { shell, worst: Math.max(...signIn), budget: 'ratio ≤ 1.6' },
  }
}

async function timeOne(
  shell: ShellKind,
  programRoot: string,
  central: CentralProcess,
  dataFolder: string,
  usable: (page: Page) => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  const browser =
    shell === 'browser'
      ? await chromium.launch({
          executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
          args: ['--no-sandbox', '--disable-background-networking'],
        })
      : undefined
  let seat: SeatProcess | undefined
  try {
    seat = await startSeat(
      { shell, programRoot, centralUrl: central.url, dataFolder, seatNo: '02', viewport: { width: 1366, height: 768 } },
      browser,
    )
    await usable(seat.page)
    return performance.now() - began
  } finally {
    await seat?.kill()
    await browser?.close()
  }
}

/** The built program with an empty page in place of the renderer. */
function blankProgram(folder: string): string {
  mkdirSync(join(folder, 'out/renderer'), { recursive: true })
  for (const part of ['out/main', 'out/preload', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  symlinkSync(join(root, 'resources'), join(folder, 'resources'), 'dir')
  writeFileSync(join(folder, 'out/renderer/index.html'), '<!doctype html><title>blank</title><p id="blank">blank</p>')
  return folder
}
