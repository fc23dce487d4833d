import { emptyReplayWatch, type ReplayWatch, watchForReplay } from './replay-watch'

/**
 * What a picture on the wall is worth at this moment: the badge of every tile. Decided from the frames that were decoded, not from the socket: a
 * stream can go on for hours over a camera that hangs. Times are monotonic milliseconds of the viewer unless they say otherwise.
 */
export type PictureTruth =
  /** Nothing decided yet: just opened, or so still that it may be a hanging camera. */
  | { readonly kind: 'opening'; readonly since: number }
  /** Frames advance and what they show changes. */
  | { readonly kind: 'live' }
  /** The picture lies behind what the camera sees. */
  | { readonly kind: 'late'; readonly byMs: number }
  /** The same picture stands, `since`. */
  | { readonly kind: 'frozen'; readonly since: number }
  | { readonly kind: 'noSignal'; readonly since: number }
  /** What was shown before comes again, frame by frame: a recording, whatever the source says. `agoMs`: how old it is. */
  | { readonly kind: 'recorded'; readonly agoMs: number }

/** One decoded frame. */
export interface DecodedFrame {
  /** When it was presented. */
  readonly at: number
  /** Its place on the stream's own time line, ms. */
  readonly mediaMs: number
  /** A hash over its luminance made small (`lumaHash`): equal only for pictures equal to the eye and the noise. */
  readonly print: number
  /** How old it was when presented by the camera's own clock, ms; only from sources whose clock is known to be kept. */
  readonly ageMs?: number
}

export interface TruthState {
  readonly openedAt: number
  readonly lastFrame: DecodedFrame | null
  /** When the content last differed from the frame before. */
  readonly changedAt: number
  /** Lengths of the last stillnesses that ended by themselves, ms; newest last. */
  readonly stillnesses: readonly number[]
  /** Smallest known way from the stream's time line to the eye: `at − mediaMs`; null before the first frame. */
  readonly pathMs: number | null
  readonly replay: ReplayWatch
  /** Set while the source is known to be gone (connection closed, refused, timed out). */
  readonly cutSince: number | null
}

export const truthLimits = {
  /** Longest gap between frames, and longest stillness of a picture that usually moves, ms. The badge must tell within 3 s. */
  stillMs: 2_500,
  /** A picture so still that its codec repeats whole groups may stand longer, never longer than this. */
  mostStillMs: 10_000,
  /** Behind by more is late. */
  lateMs: 2_000,
  /** No first frame until then: no signal. */
  openingMs: 10_000,
  /** A camera's clock may run slower than ours by this share before it is taken for growing lateness. */
  clockDrift: 1e-4,
} as const

const keptStillnesses = 8
/** A stillness is this camera's habit when it came about this often. */
const habit = 3

export function openedPicture(at: number): TruthState {
  return {
    openedAt: at,
    lastFrame: null,
    changedAt: at,
    stillnesses: [],
    pathMs: null,
    replay: emptyReplayWatch,
    cutSince: null,
  }
}

export function seeFrame(state: TruthState, frame: DecodedFrame): TruthState {
  const { lastFrame } = state
  const hasChanged = lastFrame === null || lastFrame.print !== frame.print
  const way = frame.at - frame.mediaMs
  const elapsed = lastFrame === null ? 0 : Math.max(0, frame.at - lastFrame.at)
  return {
    ...state,
    lastFrame: frame,
    cutSince: null,
    changedAt: hasChanged ? frame.at : state.changedAt,
    stillnesses: hasChanged && lastFrame ? [...state.stillnesses, frame.at - state.changedAt].slice(-keptStillnesses) : state.stillnesses,
    pathMs: state.pathMs === null ? way : Math.min(state.pathMs + elapsed * truthLimits.clockDrift, way),
    replay: hasChanged ? watchForReplay(state.replay, frame.print, frame.at) : state.replay,
  }
}

/** The source is gone; a frame that comes later says that it is back. */
export function seeCut(state: TruthState, at: number): TruthState {
  return state.cutSince === null ? { ...state, cutSince: at } : state
}

/** The player opened the stream anew: its time line begins again, what was seen of the content stays. */
export function seeReopened(state: TruthState, at: number): TruthState {
  return { ...state, pathMs: null, lastFrame: null, openedAt: at, cutSince: null }
}

/** The badge at a moment. The worst wins: no signal before frozen before recorded before late. */
export function truthAt(state: TruthState, now: number): PictureTruth {
  const { lastFrame, cutSince } = state
  if (cutSince !== null) return { kind: 'noSignal', since: lastFrame?.at ?? cutSince }
  if (lastFrame === null) {
    const { openedAt } = state
    return now - openedAt > truthLimits.openingMs ? { kind: 'noSignal', since: openedAt } : { kind: 'opening', since: openedAt }
  }
  if (now - lastFrame.at > truthLimits.stillMs) return { kind: 'frozen', since: lastFrame.at }
  const stoodFor = now - state.changedAt
  if (stoodFor > allowedStillness(state)) return { kind: 'frozen', since: state.changedAt }
  if (stoodFor > truthLimits.stillMs && !isHabitKnown(state)) return { kind: 'opening', since: state.changedAt }
  if (state.replay.agoMs !== null) return { kind: 'recorded', agoMs: state.replay.agoMs }
  const byMs = latenessOf(state, lastFrame)
  return byMs > truthLimits.lateMs ? { kind: 'late', byMs } : { kind: 'live' }
}

/**
 * How long this picture may stand. A still night scene is sent as groups of equal pictures, changing only where a group begins: whoever saw that
 * several times waits for the next group. One long stillness is no habit, or a camera that hung once could hang unseen afterwards.
 */
function allowedStillness(state: TruthState): number {
  if (!isHabitKnown(state)) return truthLimits.mostStillMs
  const usual = [...state.stillnesses].sort((a, b) => b - a)[habit - 1] ?? 0
  return Math.min(truthLimits.mostStillMs, Math.max(truthLimits.stillMs, usual * 1.5))
}

function isHabitKnown({ stillnesses }: TruthState): boolean {
  return stillnesses.length >= habit
}

/** By the camera's own clock where it is kept; else by how much the way has grown since it was shortest. */
function latenessOf({ pathMs }: TruthState, { at, mediaMs, ageMs }: DecodedFrame): number {
  return ageMs ?? Math.max(0, at - mediaMs - (pathMs ?? 0))
}

/**
 * Hash of a picture made small: FNV-1a over the mean luminance of each of `into.width` × `into.height` fields, one point in four being read. Two
 * pictures of a living camera differ by noise in some field; the same frame sent twice does not. `octets` holds one octet a point, lines `stride`
 * apart, from `offset` on.
 */
export function lumaHash(
  octets: Uint8Array,
  plane: { readonly offset: number; readonly stride: number; readonly width: number; readonly height: number },
  into: { readonly width: number; readonly height: number },
): number {
  const { offset, stride, width, height } = plane
  const step = width >= into.width * 2 && height >= into.height * 2 ? 2 : 1
  let hash = 0x811c9dc5
  for (let row = 0; row < into.height; row++) {
    const [top, bottom] = [Math.floor((row * height) / into.height), Math.floor(((row + 1) * height) / into.height)]
    for (let column = 0; column < into.width; column++) {
      const [left, right] = [Math.floor((column * width) / into.width), Math.floor(((column + 1) * width) / into.width)]
      let sum = 0
      let count = 0
      for (let y = top; y < bottom; y += step) {
        const line = offset + y * stride
        for (let x = left; x < right; x += step) {
          sum += octets[line + x] ?? 0
          count += 1
        }
      }
      hash = Math.imul(hash ^ (count === 0 ? 0 : (sum / count) | 0), 0x01000193)
    }
  }
  return hash >>> 0
}
