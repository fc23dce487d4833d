/**
 * Tiles of live pictures as the wall's window has them: the product's own player and badge, nothing else. `?film` makes the film that they are shown,
 * with the browser's own H.264 coder. `p14-tiles.ts` drives it.
 */
import player from 'mpegts.js'
import { browserClock } from '../../../src-renderer/bridge/browser-clock'
import { playPicture } from '../../../src-renderer/features/cameras/play-picture'
import { drawStreet, filmSize } from './street'

export interface FilmedChunk {
  readonly isKey: boolean
  /** Annex B, base64. */
  readonly data: string
}

export interface TileMeasure {
  readonly framesPerSecond: number
  readonly dropped: number
  /** What the badge said, by kind, counted four times a second. */
  readonly said: Readonly<Record<string, number>>
}

export interface P14Measures {
  film(pictures: number, perSecond: number): Promise<readonly FilmedChunk[]>
  /** Opens `count` tiles and waits until all are live, or for a while. */
  open(count: number): Promise<void>
  measure(seconds: number): Promise<readonly TileMeasure[]>
  close(): void
}

const bitsPerSecond = 600_000
const lookEveryMs = 250
/** A machine that is too slow never gets all tiles live: then that is what is measured. */
const openMs = 15_000

interface Tile {
  readonly video: HTMLVideoElement
  said: string
  stop(): void
}

let tiles: Tile[] = []

async function film(pictures: number, perSecond: number): Promise<readonly FilmedChunk[]> {
  const chunks: FilmedChunk[] = []
  const coder = new VideoEncoder({
    output(chunk) {
      const octets = new Uint8Array(chunk.byteLength)
      chunk.copyTo(octets)
      chunks.push({ isKey: chunk.type === 'key', data: btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join('')) })
    },
    error(error) {
      throw error
    },
  })
  coder.configure({
    ...{ codec: 'avc1.42e01e', ...filmSize, bitrate: bitsPerSecond, framerate: perSecond, latencyMode: 'realtime' },
    avc: { format: 'annexb' },
  })
  const canvas = new OffscreenCanvas(filmSize.width, filmSize.height)
  for (let index = 0; index < pictures; index++) {
    drawStreet(canvas, index / perSecond)
    const frame = new VideoFrame(canvas, { timestamp: Math.round((index * 1e6) / perSecond) })
    coder.encode(frame, { keyFrame: index % perSecond === 0 })
    frame.close()
    while (coder.encodeQueueSize > 4) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await coder.flush()
  coder.close()
  return chunks
}

async function open(count: number): Promise<void> {
  const main = document.querySelector('main') as HTMLElement
  tiles = Array.from({ length: count }, (_, index) => {
    const video = document.createElement('video')
    video.muted = true
    video.playsInline = true
    main.append(video)
    const tile: Tile = { video, said: 'opening', stop: () => {} }
    tile.stop = playPicture({
      ...{ video, player, clock: browserClock },
      open: async () => ({ ok: true, value: (await (await fetch(`/watch/${index + 1}`)).json()) as { watchId: string } }),
      leave: () => {},
      onShown: ({ truth }) => {
        tile.said = truth.kind
      },
    })
    return tile
  })
  for (const until = performance.now() + openMs; performance.now() < until && tiles.some(({ said }) => said !== 'live'); )
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
}

async function measure(seconds: number): Promise<readonly TileMeasure[]> {
  const qualities = () => tiles.map(({ video }) => video.getVideoPlaybackQuality())
  const said = tiles.map(() => ({}) as Record<string, number>)
  const looking = setInterval(() => {
    for (const [index, tile] of tiles.entries()) {
      const own = said[index]
      if (own) own[tile.said] = (own[tile.said] ?? 0) + 1
    }
  }, lookEveryMs)
  const [before, begin] = [qualities(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  const [after, lastedS] = [qualities(), (performance.now() - begin) / 1_000]
  clearInterval(looking)
  return after.map((quality, index) => {
    const first = before[index]
    const dropped = quality.droppedVideoFrames - (first?.droppedVideoFrames ?? 0)
    const decoded = quality.totalVideoFrames - (first?.totalVideoFrames ?? 0)
    return { framesPerSecond: (decoded - dropped) / lastedS, dropped, said: said[index] ?? {} }
  })
}

function close(): void {
  for (const { stop, video } of tiles) {
    stop()
    video.remove()
  }
  tiles = []
}

Object.assign(window, { p14: { film, open, measure, close } satisfies P14Measures })
