/**
 * P6: the queue table alone, in headless Chromium, built as the product is: from a key in the filter to the painted rows, and the share of
 * late frames while it is scrolled. 100 k rows against 1 k of the same kind, taking turns. The real queue pane and its topics are not in it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'
import { type Figure, quantile, rounded } from './figure'
import type { P6Measures } from './p6-page/measure'

/** Typed one after the other and taken back: characters, digits, initials, mixed pinyin; the first keys leave most rows. */
const queries = ['暴露垃圾', '0001', 'bllj', 'baolu', '建安街']
/** A frame later than this has been seen to be late. */
const lateMs = 33

export async function run({ isShort }: { isShort: boolean }): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'seat-p6-'))
  const root = join(import.meta.dirname, 'p6-page')
  const common = { root, configFile: false as const, logLevel: 'error' as const, plugins: [react()] }
  await build({ ...common, build: { outDir: folder, emptyOutDir: true, target: 'chrome120', chunkSizeWarningLimit: 4_000 } })
  const server = await preview({ ...common, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 } })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const url = server.resolvedUrls?.local[0] ?? ''
    const [long, short] = [await open(browser, `${url}?rows=100000`), await open(browser, `${url}?rows=1000`)]
    return [await filterFigure(long, short, isShort ? 1 : 8), await scrollFigure(long, short, isShort ? 30 : 300)]
  } finally {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(url)
  await page.locator('[data-line="5"]').waitFor()
  return page
}

async function filterFigure(long: Page, short: Page, rounds: number): Promise<Figure> {
  const times = { long: [] as number[], short: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      times.short.push(...(await keyTimes(short, query)))
      times.long.push(...(await keyTimes(long, query)))
    }
  }
  const value = quantile(times.long, 0.95)
  const reference = quantile(times.short, 0.95)
  return {
    name: 'P6',
    value: rounded(value),
    unit: 'ms',
    reference: rounded(reference),
    ratio: rounded(value / reference),
    samples: times.long.length,
    detail: {
      what: 'filter key → painted, 100 k rows; reference 1 k rows',
      measure: 'p95',
      budget: '≤ 100 ms and ≤ 1.5 × the reference',
      medianMs: rounded(quantile(times.long, 0.5)),
      referenceMedianMs: rounded(quantile(times.short, 0.5)),
      worstMs: rounded(quantile(times.long, 1)),
    },
  }
}

async function keyTimes(page: Page, query: string): Promise<readonly number[]> {
  // Only the page in front is painted.
  await page.bringToFront()
  return await page.evaluate((text) => (window as unknown as { p6: P6Measures }).p6.keyTimes(text), query)
}

async function scrollFigure(long: Page, short: Page, wheels: number): Promise<Figure> {
  const shortFrames = await frameTimes(short, wheels)
  const longFrames = await frameTimes(long, wheels)
  const late = (frames: readonly number[]) => frames.filter((ms) => ms > lateMs).length / frames.length
  return {
    name: 'P6-scroll',
    value: rounded(late(longFrames) * 100),
    unit: '% of frames',
    reference: rounded(late(shortFrames) * 100),
    ratio: null,
    samples: longFrames.length,
    detail: {
      what: `frames over ${lateMs} ms while 100 k rows are scrolled by wheel, and by far jumps; reference 1 k rows`,
      budget: '< 1 %',
      medianMs: rounded(quantile(longFrames, 0.5)),
      p99Ms: rounded(quantile(longFrames, 0.99)),
      worstMs: rounded(quantile(longFrames, 1)),
    },
  }
}

async function frameTimes(page: Page, wheels: number): Promise<readonly number[]> {
  await page.bringToFront()
  return await page.evaluate((count) => (window as unknown as { p6: P6Measures }).p6.frameTimes(count), wheels)
}
