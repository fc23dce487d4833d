import type { Clock, Ids, Stop } from '#shared/base/clock'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import { type AppError, appError, err, ok, type Result } from './camera-error'
import { createFlvStream } from './flv/flv-stream'
import type { OpenCamera } from './open-camera'
import type { OpenedCamera } from './opened-camera'
import type { CodedPicture } from './rtsp/h264'

/**
 * Cameras that somebody looks at. One connection to each source however many tiles show it, none when nobody does. A viewer begins with the next key
 * picture, and one that cannot keep up misses pictures instead of falling behind: a late picture is worse than a rough one.
 */
export interface PictureDesk {
  /** Resolves once the camera plays; `watchId` names the stream for one reader. */
  watch(source: CameraSource): Promise<Result<{ readonly watchId: string }, AppError>>
  /** The stream as FLV. Ends when the camera is lost or left. Undefined: there is none, or somebody reads it already. */
  stream(watchId: string): AsyncGenerator<Uint8Array> | undefined
  leave(watchId: string): void
  stop(): void
}

interface Viewer {
  readonly from: Upstream
  readonly write: (picture: CodedPicture) => Buffer
  waiting: CodedPicture[]
  needsKey: boolean
  isOver: boolean
  isRead: boolean
  wake: (() => void) | null
}

interface Upstream {
  readonly key: string
  readonly viewers: Set<Viewer>
  camera: OpenedCamera | null
}

/** What a wall shows at once, twice. */
const mostWatched = 48
/** About two seconds: more waiting than that, and the reader is not keeping up. */
const mostWaiting = 50
/** A window that asked and never came was closed meanwhile. */
const claimedWithinMs = 15_000
/** An account that a camera refused is not tried again by itself: most makes lock it after five tries. */
const refusedForMs = 10 * 60_000

export function createPictureDesk({ open, clock, ids }: { open: OpenCamera; clock: Clock; ids: Ids }): PictureDesk {
  const upstreams = new Map<string, { readonly upstream: Upstream; readonly opening: Promise<Result<Upstream, AppError>> }>()
  const viewers = new Map<string, Viewer>()
  const refused = new Map<string, { readonly until: number; readonly error: AppError }>()
  const unclaimed = new Map<string, Stop>()

  const end = (viewer: Viewer) => {
    viewer.isOver = true
    viewer.wake?.()
  }
  const drop = (watchId: string) => {
    const viewer = viewers.get(watchId)
    if (!viewer) return
    viewers.delete(watchId)
    unclaimed.get(watchId)?.()
    unclaimed.delete(watchId)
    end(viewer)
    const { from } = viewer
    from.viewers.delete(viewer)
    if (from.viewers.size > 0 || upstreams.get(from.key)?.upstream !== from) return
    upstreams.delete(from.key)
    from.camera?.close()
  }
  const begin = (key: string, source: CameraSource): Promise<Result<Upstream, AppError>> => {
    const upstream: Upstream = { key, viewers: new Set(), camera: null }
    const gone = () => {
      if (upstreams.get(key)?.upstream === upstream) upstreams.delete(key)
      for (const viewer of upstream.viewers) end(viewer)
    }
    const opening = open(source, {
      onPicture(picture) {
        for (const viewer of upstream.viewers) give(viewer, picture)
      },
      onLost: gone,
    }).then((opened) => {
      if (opened.ok) {
        upstream.camera = opened.value
        return ok(upstream)
      }
      gone()
      if (opened.error.code === 'camera/wrongPassword') refused.set(key, { until: clock.monotonicMs() + refusedForMs, error: opened.error })
      return opened
    })
    upstreams.set(key, { upstream, opening })
    return opening
  }
  return {
    async watch(source) {
      if (viewers.size >= mostWatched) return err(appError('camera/tooMany', { most: mostWatched }))
      const key = JSON.stringify(source)
      const before = refused.get(key)
      if (before && before.until > clock.monotonicMs()) return err(before.error)
      const opened = await (upstreams.get(key)?.opening ?? begin(key, source))
      if (!opened.ok) return opened
      const watchId = ids.uuid()
      const viewer: Viewer = {
        ...{ from: opened.value, write: createFlvStream(), waiting: [], needsKey: true, isOver: false, isRead: false, wake: null },
      }
      opened.value.viewers.add(viewer)
      viewers.set(watchId, viewer)
      unclaimed.set(
        watchId,
        clock.after(claimedWithinMs, () => drop(watchId)),
      )
      return ok({ watchId })
    },
    stream(watchId) {
      const viewer = viewers.get(watchId)
      if (!viewer || viewer.isRead) return undefined
      viewer.isRead = true
      unclaimed.get(watchId)?.()
      unclaimed.delete(watchId)
      return read(viewer, () => drop(watchId))
    },
    leave: drop,
    stop() {
      for (const watchId of [...viewers.keys()]) drop(watchId)
    },
  }
}

function give(viewer: Viewer, picture: CodedPicture): void {
  if (viewer.waiting.length >= mostWaiting) {
    viewer.waiting = []
    viewer.needsKey = true
  }
  if (viewer.needsKey && !picture.isKey) return
  viewer.needsKey = false
  viewer.waiting.push(picture)
  viewer.wake?.()
}

async function* read(viewer: Viewer, left: () => void): AsyncGenerator<Uint8Array> {
  try {
    while (!viewer.isOver) {
      const pictures = viewer.waiting
      viewer.waiting = []
      for (const picture of pictures) yield viewer.write(picture)
      if (pictures.length > 0 || viewer.isOver) continue
      await new Promise<void>((resolve) => {
        viewer.wake = resolve
      })
      viewer.wake = null
    }
  } finally {
    left()
  }
}
