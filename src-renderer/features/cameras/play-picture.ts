import type mpegts from 'mpegts.js'
import type { AppError } from '#shared/base/app-error'
import { backOffMs } from '#shared/base/back-off'
import type { Clock, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import { openedPicture, type PictureTruth, seeCut, seeFrame, seeReopened, truthAt } from '#shared/domain/camera/truth'
import { createFramePrint } from './frame-print'

/** What a tile shows of its camera. */
export interface ShownPicture {
  readonly truth: PictureTruth
  /** Why there is no picture; null while there is, or as long as nobody knows. */
  readonly problem: Pick<AppError, 'code' | 'message' | 'retryable'> | null
}

export interface PictureParts {
  readonly video: HTMLVideoElement
  readonly player: typeof mpegts
  readonly clock: Clock
  /** Asks the core to open the camera. */
  open(): Promise<Result<{ readonly watchId: string }, AppError>>
  leave(watchId: string): void
  /** At each change of what is to be said, and each second while something counts up. */
  onShown(shown: ShownPicture): void
}

const lookEveryMs = 250
const busyForMs = 2_000
const rarelyMs = 200
/** Tiles that lost one gateway do not come back in one moment. */
const retry = { firstMs: 1_000, mostMs: 15_000, spread: [0.7, 1.1] } as const
/** A picture that fell behind is caught up by playing a little faster; further behind, by jumping. */
const liveSettings = {
  isLive: true,
  enableWorker: false,
  enableStashBuffer: false,
  lazyLoad: false,
  liveSync: true,
  liveSyncMaxLatency: 0.9,
  liveSyncTargetLatency: 0.4,
  liveSyncPlaybackRate: 1.1,
  autoCleanupSourceBuffer: true,
  autoCleanupMaxBackwardDuration: 12,
  autoCleanupMinBackwardDuration: 6,
}

/** Plays a camera in a video until stopped: opens it, looks at each frame that is shown, and opens it again when it is lost. */
export function playPicture({ video, player, clock, open, leave, onShown }: PictureParts): Stop {
  const printer = createFramePrint()
  const isLookedAtLater = createLoadShed()
  let state = openedPicture(clock.monotonicMs())
  let problem: ShownPicture['problem'] = null
  let playing: { readonly watchId: string; readonly instance: mpegts.Player } | null = null
  let attempts = 0
  let isOver = false
  let frameRequest = 0
  let waitForRetry: Stop = () => {}
  let said = ''

  const say = () => {
    const truth = truthAt(state, clock.monotonicMs())
    const words = JSON.stringify([truth, problem?.code])
    if (words === said && truth.kind !== 'frozen' && truth.kind !== 'noSignal') return
    said = words
    onShown({ truth, problem })
  }
  const release = () => {
    if (!playing) return
    const { watchId, instance } = playing
    playing = null
    instance.destroy()
    leave(watchId)
  }
  const lost = () => {
    release()
    if (isOver) return
    state = seeCut(state, clock.monotonicMs())
    waitForRetry()
    waitForRetry = clock.after(backOffMs(attempts, Math.random(), retry), () => void begin())
    say()
  }
  const begin = async () => {
    attempts += 1
    const opened = await open()
    if (isOver) return opened.ok ? leave(opened.value.watchId) : undefined
    problem = opened.ok ? null : opened.error
    if (!opened.ok) {
      state = seeCut(state, clock.monotonicMs())
      say()
      if (opened.error.retryable) waitForRetry = clock.after(backOffMs(attempts, Math.random(), retry), () => void begin())
      return undefined
    }
    const instance = player.createPlayer(
      { type: 'flv', isLive: true, hasAudio: false, url: streamAddress(opened.value.watchId) },
      liveSettings,
    )
    playing = { watchId: opened.value.watchId, instance }
    instance.on(player.Events.ERROR, lost)
    instance.on(player.Events.LOADING_COMPLETE, lost)
    instance.attachMediaElement(video)
    instance.load()
    state = seeReopened(state, clock.monotonicMs())
    await Promise.resolve(instance.play()).catch(() => undefined)
    return undefined
  }
  const seeNext: VideoFrameRequestCallback = (_now, { mediaTime, presentedFrames }) => {
    const at = clock.monotonicMs()
    frameRequest = video.requestVideoFrameCallback(seeNext)
    if (isLookedAtLater(at, presentedFrames)) return
    void printer.of(video).then((print) => {
      if (print === undefined || isOver) return
      attempts = 0
      state = seeFrame(state, { at, mediaMs: mediaTime * 1_000, print })
    })
  }
  frameRequest = video.requestVideoFrameCallback(seeNext)
  const stopLooking = clock.every(lookEveryMs, say)
  void begin()
  return () => {
    isOver = true
    waitForRetry()
    stopLooking()
    video.cancelVideoFrameCallback(frameRequest)
    release()
  }
}

/**
 * Every frame is looked at as long as the page keeps up. One that misses frames looks at five a second: the eye of a person is worth more than the
 * badge's, and what freezes, falls behind or is cut is told as soon by these. A recording shown again is told later, as it is by missed frames anyway.
 */
function createLoadShed(): (at: number, presentedFrames: number) => boolean {
  let presented = 0
  let busyUntil = 0
  let lookedAt = 0
  return (at, presentedFrames) => {
    if (presented > 0 && presentedFrames - presented > 1) busyUntil = at + busyForMs
    presented = presentedFrames
    if (at < busyUntil && at - lookedAt < rarelyMs) return true
    lookedAt = at
    return false
  }
}

/** Electron's own scheme carries any number of streams; a browser opens six plain requests to one host, and as many sockets as it is asked for. */
function streamAddress(watchId: string): string {
  const path = `/cameras/${watchId}.flv`
  return location.protocol === 'http:' ? `ws://${location.host}${path}` : `${location.origin}${path}`
}
