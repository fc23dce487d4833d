import type { Clock, Stop } from '#shared/base/clock'
import { fetchPicture, type PictureParts } from '../pictures'
import type { CaseKeeper } from './keep-cases'

/**
 * Fetches the details and thumbnails of the cases that are due first, so that they open at once, also while the centre is away. It is polite: one
 * request at a time with a pause between, only while the centre answers, never marked as seen, and given up for this round at the first failure.
 */
export interface Prefetch {
  /** Begins a round now and another every minute; a second start does nothing. */
  start(): void
  readonly stop: Stop
}

export interface PrefetchParts extends PictureParts {
  readonly cases: CaseKeeper
  readonly clock: Clock
  readonly isOnline: () => boolean
  /** Something more urgent is under way. */
  readonly isBusy: () => boolean
}

const casesAhead = 100
const pauseMs = 100
const roundMs = 60_000

export function createPrefetch(seat: PrefetchParts): Prefetch {
  let stopTimer: Stop = () => {}
  let isStarted = false
  let isRunning = false
  let run = 0

  const pause = () => new Promise<void>((resolve) => void seat.clock.after(pauseMs, resolve))

  async function round(mine: number): Promise<void> {
    if (isRunning) return
    isRunning = true
    try {
      for (const { caseId, version } of seat.cases.mostUrgent(casesAhead)) {
        const isWanted = () => isStarted && run === mine && seat.isOnline() && !seat.isBusy()
        if (!isWanted()) return
        if (seat.cases.detail(caseId)?.detail.row.version !== version && !(await fetchDetail(caseId, isWanted))) return
        if (!(await fetchThumbs(caseId, isWanted))) return
      }
    } finally {
      isRunning = false
    }
  }

  async function fetchDetail(caseId: string, isWanted: () => boolean): Promise<boolean> {
    const read = await seat.central.call('cases.get', { params: { caseId }, query: { peek: true } })
    if (!isWanted()) return false
    if (read.ok) seat.cases.keepDetail(read.value)
    await pause()
    // A case may have moved out of sight meanwhile; the others are still worth fetching.
    return read.ok || read.error.code === 'record/notFound'
  }

  async function fetchThumbs(caseId: string, isWanted: () => boolean): Promise<boolean> {
    for (const { attachmentId, mediaType } of seat.cases.detail(caseId)?.detail.attachments ?? []) {
      if (!mediaType.startsWith('image/') || seat.store.attachments.pictures.get(attachmentId, 'thumb')) continue
      if (!isWanted()) return false
      const read = await fetchPicture(seat, { attachmentId, variant: 'thumb' })
      if (!read.ok && !read.error.code.startsWith('attachment/')) return false
      await pause()
    }
    return true
  }

  return {
    start() {
      if (isStarted) return
      isStarted = true
      run += 1
      const mine = run
      stopTimer = seat.clock.every(roundMs, () => void round(mine))
      void round(mine)
    },
    stop() {
      isStarted = false
      stopTimer()
    },
  }
}
