import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { Central, Publish, Store } from './ports'

/**
 * Keeps the archive of map tiles that the reference document `mapTiles` names: downloads it piece by piece, goes on where it stopped, proves it by its hash.
 * The archive before stays in use until the newer one is whole. While somebody speaks on the telephone no new piece is asked for.
 */
export interface MapTilesKeeper {
  /** Looks what is to be done; returns at once. */
  look(): void
  show(): void
  /** When no download is under way. */
  idle(): Promise<void>
  /** What is served at `/map-tiles/<sha256>.pmtiles`. */
  archive(sha256: string): ServedArchive | undefined
  stop(): Promise<void>
}

export interface ServedArchive {
  readonly bytes: number
  read(from: number, until: number): AsyncGenerator<Uint8Array>
}

export interface MapTileFilesPort {
  whole(): readonly string[]
  size(sha256: string): number | undefined
  received(sha256: string): number
  append(sha256: string, offset: number, bytes: Uint8Array): Promise<boolean>
  seal(sha256: string): Promise<boolean>
  read(sha256: string, from: number, until: number): AsyncGenerator<Uint8Array>
  keepOnly(sha256s: readonly string[]): void
}

export interface MapTilesParts {
  readonly store: Pick<Store, 'reference' | 'settings'>
  readonly files: MapTileFilesPort
  readonly central: Central
  readonly publish: Publish
  readonly clock: Clock
  readonly log: Log
  readonly isOnline: () => boolean
  readonly isLineFree: () => boolean
}

type View = StateOfTopic<'mapTiles.changed'>
type Wanted = ReferenceDocument<'mapTiles'>

const pieceBytes = 524_288
const pieceTimeoutMs = 20_000
const retryMs = 30_000
const settingName = 'mapTiles'

export function createMapTilesKeeper(parts: MapTilesParts): MapTilesKeeper {
  const { store, files, publish, clock, log } = parts
  let running: Promise<void> | undefined
  let isStopped = false
  let problem: string | null = null
  let stopRetry: Stop = () => {}

  const wanted = (): Wanted | undefined => {
    const document = store.reference.get('mapTiles', 'city')?.document
    return document?.kind === 'mapTiles' ? document : undefined
  }

  /** The newest that is whole: the wanted one, else the one that was in use before, of which the description is kept beside the settings. */
  function inUse(): Wanted | undefined {
    const newest = wanted()
    if (newest && files.size(newest.sha256) !== undefined) return newest
    const before = store.settings.get(settingName) as Wanted | undefined
    return before && files.size(before.sha256) !== undefined ? before : undefined
  }

  function view(): View {
    const used = inUse()
    const newest = wanted()
    const isDue = newest !== undefined && newest.sha256 !== used?.sha256
    return {
      archive: used
        ? {
            ...{ sha256: used.sha256, address: `/map-tiles/${used.sha256}.pmtiles`, bytes: used.bytes },
            ...{ minZoom: used.minZoom, maxZoom: used.maxZoom, bounds: used.bounds },
          }
        : null,
      download: isDue ? { received: files.received(newest.sha256), bytes: newest.bytes } : null,
      problem: isDue ? problem : null,
    }
  }

  const show = () => publish('mapTiles.changed', view())

  async function download(): Promise<void> {
    for (let newest = wanted(); newest && files.size(newest.sha256) === undefined; newest = wanted()) {
      if (isStopped || !parts.isOnline() || !parts.isLineFree()) return later(null)
      const step = await fetchPiece(newest)
      if (isStopped) return
      if (step !== null) return later(step)
      problem = null
      show()
    }
    const newest = wanted()
    if (newest && files.size(newest.sha256) !== undefined) {
      store.settings.set(settingName, newest)
      files.keepOnly([newest.sha256])
      show()
    }
  }

  /** Null when it went well, else why not. */
  async function fetchPiece({ sha256, bytes }: Wanted): Promise<string | null> {
    const from = files.received(sha256)
    if (from < bytes) {
      const range = { from, until: Math.min(bytes, from + pieceBytes) }
      const answer = await parts.central.call('geo.tiles', { params: { archiveId: sha256 }, range }, { timeoutMs: pieceTimeoutMs })
      if (!answer.ok) return answer.error.message
      const piece = answer.value.bytes
      if (piece.length !== range.until - range.from) return '中心给的切片长度不对，稍后重新下载。'
      if (!(await files.append(sha256, from, piece))) return '本机磁盘写不下地图切片，请通知系统管理员清理磁盘。'
      if (from + piece.length < bytes) return null
    }
    if (await files.seal(sha256)) {
      log.info('map tiles downloaded', { bytes })
      return null
    }
    return '下载的地图切片核对不一致，已作废，稍后重新下载。'
  }

  function later(why: string | null): void {
    if (why !== null) problem = why
    show()
    stopRetry()
    if (!isStopped) stopRetry = clock.after(retryMs, look)
  }

  function look(): void {
    if (running || isStopped) return
    running = download()
      .catch((thrown: unknown) => {
        log.error('map tiles not downloaded', { reason: String(thrown) })
        later('地图切片没有下载成，已记录，稍后再试。')
      })
      .finally(() => {
        running = undefined
      })
  }

  return {
    look,
    show,
    async idle() {
      await running
    },
    archive(sha256) {
      const bytes = files.size(sha256)
      return bytes === undefined ? undefined : { bytes, read: (from, until) => files.read(sha256, from, until) }
    },
    async stop() {
      isStopped = true
      stopRetry()
      await running
    },
  }
}
