/**
 * P9: the map alone, in headless Chromium without a GPU, built as the product is: frames while it is panned over 40 000 grids and 100 000 components,
 * at three scales, and while five thousand changes a minute come in. Reference: OpenLayers' own canvas layers with the same grids and points.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { type Figure, quantile, rounded } from './figure'
import type { P9Measures } from './p9-page/page'

/** Metres across the screen: the city, a district with its grids, a few streets. */
const scales = { city: 20_000, district: 8_000, streets: 1_200 } as const
const changesPerMinute = 5_000
const lateMs = 100

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'seat-p9-'))
  const root = join(import.meta.dirname, 'p9-page')
  const common = { root, configFile: false as const, logLevel: 'error' as const }
  await build({ ...common, build: { outDir: folder, emptyOutDir: true, target: 'chrome120', chunkSizeWarningLimit: 4_000 } })
  const server = await preview({ ...common, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 } })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const url = server.resolvedUrls?.local[0] ?? ''
    const ours = await open(browser, url)
    const reference = await open(browser, `${url}?map=reference`)
    const count = isShort ? 40 : 400
    const figures: Figure[] = []
    for (const [name, acrossM] of Object.entries(scales)) figures.push(await panFigure(ours, reference, name, acrossM, count))
    return [...figures, await liveFigure(ours, isShort ? 2 : 20)]
  } finally {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(url)
  await page.waitForFunction(() => 'p9' in window, undefined, { timeout: 120_000 })
  return page
}

async function pan(page: Page, acrossM: number, count: number): Promise<readonly number[]> {
  // Only the page in front is painted.
  await page.bringToFront()
  return await page.evaluate(([across, frames]) => (window as unknown as { p9: P9Measures }).p9.pan(across, frames), [
    acrossM,
    count,
  ] as const)
}

async function panFigure(ours: Page, reference: Page, name: string, acrossM: number, count: number): Promise<Figure> {
  const theirs = await pan(reference, acrossM, Math.max(6, Math.round(count / 40)))
  const frames = await pan(ours, acrossM, count)
  const [value, theirMedian] = [quantile(frames, 0.5), quantile(theirs, 0.5)]
  return {
    name: `P9-${name}`,
    value: rounded(value),
    unit: 'ms',
    reference: rounded(theirMedian),
    ratio: value / theirMedian,
    samples: frames.length,
    detail: {
      what: `a frame of panning, ${acrossM / 1000} km across, 40 000 grids and 100 000 components; reference: OpenLayers canvas layers`,
      measure: 'median',
      budget: 'median ≤ 33 ms',
      p99Ms: rounded(quantile(frames, 0.99)),
      worstMs: rounded(Math.max(...frames)),
      referenceP99Ms: rounded(quantile(theirs, 0.99)),
      madeMs: rounded(await ours.evaluate(() => (window as unknown as { p9: P9Measures }).p9.madeMs)),
      referenceMadeMs: rounded(await reference.evaluate(() => (window as unknown as { p9: P9Measures }).p9.madeMs)),
    },
  }
}

async function liveFigure(page: Page, seconds: number): Promise<Figure> {
  await page.bringToFront()
  const frames = await page.evaluate(
    ([across, changes, long]) => (window as unknown as { p9: P9Measures }).p9.live(across, changes, long),
    [scales.district, changesPerMinute, seconds] as const,
  )
  return {
    name: 'P9-live',
    value: rounded(quantile(frames, 0.99)),
    unit: 'ms',
    reference: null,
    ratio: null,
    samples: frames.length,
    detail: {
      what: `frames while ${changesPerMinute} changes a minute move marks, in batches of a fifth of a second`,
      measure: 'p99',
      budget: `no frame over ${lateMs} ms`,
      medianMs: rounded(quantile(frames, 0.5)),
      worstMs: rounded(Math.max(...frames)),
      late: frames.filter((ms) => ms > lateMs).length,
    },
  }
}
