/**
 * P14: live pictures in one page, in headless Chromium without a GPU: 16 cameras of 640×360 at 25 pictures a second, by the core's own desk of pictures
 * and over its sockets, played and judged by the product's own player. Reference: one picture alone. One of the sixteen hangs, and its badge must say so
 * while the others are live.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { WebSocketServer } from 'ws'
import type { OpenCamera } from '../../src-main/cameras/open-camera'
import { createPictureDesk } from '../../src-main/cameras/picture-desk'
import type { CodedPicture } from '../../src-main/cameras/rtsp/h264'
import { createSystemClock } from '../../src-main/platform/system-clock'
import { servePicture } from '../../src-main/shell/browser/picture-socket'
import { pictureAddress } from '../../src-main/shell/serve-picture'
import { ok } from '../../src-shared/base/result'
import { type Figure, rounded } from './figure'
import type { FilmedChunk, P14Measures, TileMeasure } from './p14-page/page'

const perSecond = 25
const tileCount = 16
const hanging = 16
/** Longer than anything is played, so that no badge rightly says that it saw this before. */
const filmSeconds = { short: 20, long: 60 } as const
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const budget = 12

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'seat-p14-'))
  const root = join(import.meta.dirname, 'p14-page')
  await build({ root, configFile: false, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, target: 'chrome120' } })
  const cameras = createFilmedCameras()
  const server = await serve(folder, cameras.open)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(server.address)
    await page.waitForFunction(() => 'p14' in window)
    const seconds = isShort ? 4 : 20
    cameras.show(
      await page.evaluate(([count, rate]) => (window as unknown as Wanted).p14.film(count, rate), [
        filmSeconds[isShort ? 'short' : 'long'] * perSecond,
        perSecond,
      ] as const),
    )
    const alone = await watch(browser, page, 1, seconds)
    const together = await watch(browser, page, tileCount, seconds, () => cameras.hang(hanging))
    return [figureOf(alone, together)]
  } finally {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Wanted = { readonly p14: P14Measures }

interface Watched {
  readonly tiles: readonly TileMeasure[]
  /** Share of one processor core, by kind of process. */
  readonly cores: Readonly<Record<string, number>>
  readonly hung: TileMeasure | undefined
}

async function watch(browser: Browser, page: Page, count: number, seconds: number, hang?: () => void): Promise<Watched> {
  await page.evaluate((tiles) => (window as unknown as Wanted).p14.open(tiles), count)
  const cost = await costs(browser)
  const tiles = await page.evaluate((lasting) => (window as unknown as Wanted).p14.measure(lasting), seconds)
  const cores = await cost()
  hang?.()
  // The badge has three seconds; what it says after them counts.
  if (hang) await page.waitForTimeout(3_000)
  const hung = hang && (await page.evaluate(() => (window as unknown as Wanted).p14.measure(2)))
  await page.evaluate(() => (window as unknown as Wanted).p14.close())
  return { tiles, cores, hung: hung?.[hanging - 1] }
}

function figureOf(alone: Watched, together: Watched): Figure {
  const rates = together.tiles.map(({ framesPerSecond }) => framesPerSecond)
  const [lowest, single] = [Math.min(...rates), alone.tiles[0]?.framesPerSecond ?? 0]
  const wrong = together.tiles.filter(({ said }) => Object.keys(said).some((kind) => kind !== 'live')).length
  return {
    name: 'P14',
    value: rounded(lowest),
    unit: 'fps',
    reference: rounded(single),
    ratio: rounded(lowest / single),
    samples: rates.length,
    detail: {
      what: `${tileCount} live pictures of 640×360 at ${perSecond} a second in one page, no GPU; reference: one picture alone`,
      measure: 'lowest of all tiles',
      budget: `≥ ${budget} fps, badges right`,
      highest: rounded(Math.max(...rates)),
      dropped: together.tiles.reduce((sum, { dropped }) => sum + dropped, 0),
      tilesWithAnotherBadgeThanLive: wrong,
      badgeOfTheOneThatHangs: together.hung?.said,
      // On a machine that others use too, this says what the picture of one costs.
      pageMsPerShownFrame: costOf(together),
      pageMsPerShownFrameOfOne: costOf(alone),
      coresUsed: together.cores,
      coresUsedByOne: alone.cores,
      machine: `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
    },
  }
}

/** Processor time of page and compositor for each frame that was shown, ms. */
function costOf({ tiles, cores }: Watched): number {
  const shown = tiles.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0)
  return rounded((((cores.renderer ?? 0) + (cores.GPU ?? 0)) * 1_000) / shown)
}

async function costs(browser: Browser): Promise<() => Promise<Readonly<Record<string, number>>>> {
  const session = await browser.newBrowserCDPSession()
  const read = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const { user, system } = process.cpuUsage()
    const sums: Record<string, number> = { core: (user + system) / 1e6 }
    for (const { type, cpuTime } of processInfo) sums[type] = (sums[type] ?? 0) + cpuTime
    return sums
  }
  const [before, begin] = [await read(), performance.now()]
  return async () => {
    const [after, lastedS] = [await read(), (performance.now() - begin) / 1_000]
    await session.detach()
    return Object.fromEntries(Object.entries(after).map(([kind, cpu]) => [kind, rounded((cpu - (before[kind] ?? 0)) / lastedS)]))
  }
}

/** Cameras that show one film, each from another second on, at the pace at which it was filmed. */
function createFilmedCameras() {
  let film: readonly CodedPicture[] = []
  const hung = new Set<number>()
  const open: OpenCamera = async (source, { onPicture }) => {
    const cameraNo = Number(source.address.split('/').at(-1))
    const first = (((cameraNo - 1) * filmSeconds.short) / tileCount) | 0
    const begin = performance.now()
    let shown = 0
    const timer = setInterval(() => {
      for (const due = ((performance.now() - begin) * perSecond) / 1_000; shown < due; shown++) {
        const picture = film[(first * perSecond + shown) % film.length]
        if (picture && !hung.has(cameraNo)) onPicture({ ...picture, timestamp: Math.round((shown * 90_000) / perSecond) })
      }
    }, 1_000 / perSecond)
    return ok({ close: () => clearInterval(timer) })
  }
  return {
    open,
    hang: (cameraNo: number) => hung.add(cameraNo),
    show(chunks: readonly FilmedChunk[]) {
      film = picturesOf(chunks)
    },
  }
}

function picturesOf(chunks: readonly FilmedChunk[]): readonly CodedPicture[] {
  let sequence: Buffer = Buffer.alloc(0)
  let picture: Buffer = Buffer.alloc(0)
  return chunks.map(({ isKey, data }) => {
    const units: Buffer[] = []
    for (const unit of unitsOf(Buffer.from(data, 'base64'))) {
      const type = (unit[0] ?? 0) & 0x1f
      if (type === 7) sequence = unit
      else if (type === 8) picture = unit
      else if (type === 1 || type === 5) units.push(unit)
    }
    return { timestamp: 0, isKey, units, parameters: { sequence, picture } }
  })
}

const startCode = Buffer.of(0, 0, 1)

/** Between start codes of three or four octets. */
function unitsOf(stream: Buffer): readonly Buffer[] {
  const starts: number[] = []
  for (let at = stream.indexOf(startCode); at >= 0; at = stream.indexOf(startCode, at + 3)) starts.push(at + 3)
  return starts.map((start, at) => {
    const end = at + 1 < starts.length ? (starts[at + 1] ?? 0) - 3 : stream.length
    return stream.subarray(start, end > start && at + 1 < starts.length && stream[end - 1] === 0 ? end - 1 : end)
  })
}

async function serve(folder: string, open: OpenCamera) {
  const desk = createPictureDesk({ open, clock: createSystemClock(), ids: { uuid: () => randomUUID() } })
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const cameraNo = /^\/watch\/(\d+)$/.exec(path)?.[1]
    if (cameraNo !== undefined) {
      const watched = await desk.watch({ kind: 'rtsp', address: `rtsp://film/${cameraNo}`, account: null })
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(watched.ok ? watched.value : null))
    }
    if (path === '/favicon.ico') return response.writeHead(204).end()
    const file = path === '/' ? '/index.html' : path
    return response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(readFileSync(join(folder, file)))
  })
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    const watchId = pictureAddress.exec(request.url ?? '')?.[1]
    sockets.handleUpgrade(
      request,
      socket,
      head,
      (opened) => void servePicture(opened, watchId === undefined ? undefined : desk.stream(watchId)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    address: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
    async close() {
      desk.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
