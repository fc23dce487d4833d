import { useState } from 'react'
import type { Photo } from './photo'
import { type Frame, fillingView, pannedBy, type Turn, toggledActualSize, turnBy, type View, wholeView, zoomedBy } from './view'

/**
 * What the comparison remembers while it is open: which photo each side shows, how each is turned, and the one view that both share. None of it
 * is kept: the next case begins fitted and upright.
 */
export const compareModes = { side: '并排', slider: '滑块', overlay: '叠影' } as const
export type CompareMode = keyof typeof compareModes
export type SideKey = 'before' | 'after'

/** One half of the comparison: 处置前 or 处置后. */
export interface CompareSide {
  readonly name: string
  readonly photos: readonly Photo[]
  /** What to do when there is none, as a sentence. */
  readonly empty: string
}

export type CompareSides = Readonly<Record<SideKey, CompareSide>>

export function useCompare(sides: CompareSides) {
  const [mode, setMode] = useState<CompareMode>('side')
  const [view, setView] = useState<View>(fillingView)
  /** Place of the dividing line, and opacity of the picture on top: both 0..1. */
  const [split, setSplit] = useState(0.5)
  const [opacity, setOpacity] = useState(0.5)
  const [focused, setFocused] = useState<SideKey>('before')
  const [frames, setFrames] = useState<Readonly<Record<SideKey, Frame | null>>>({ before: null, after: null })
  const [wanted, setWanted] = useState<Readonly<Record<SideKey, string | null>>>({ before: null, after: null })
  const [turns, setTurns] = useState<Readonly<Record<string, Turn>>>({})

  const indexOf = (side: SideKey) =>
    Math.max(
      0,
      sides[side].photos.findIndex(({ photoId }) => photoId === wanted[side]),
    )
  const photoOf = (side: SideKey): Photo | undefined => sides[side].photos[indexOf(side)]
  const turnOf = (photoId: string): Turn => turns[photoId] ?? 0
  const frame = frames[focused] ?? frames.before ?? frames.after
  const change = (next: (view: View, frame: Frame) => View) => frame && setView(next(view, frame))

  return {
    mode,
    setMode,
    view,
    setView,
    split,
    setSplit: (value: number) => setSplit(Math.min(1, Math.max(0, value))),
    opacity,
    setOpacity: (value: number) => setOpacity(Math.min(1, Math.max(0, value))),
    focused,
    setFocused,
    frame,
    setFrame: (side: SideKey, next: Frame | null) => setFrames((before) => ({ ...before, [side]: next })),
    indexOf,
    photoOf,
    turnOf,
    /** Shows the photo so many places on; the ends are ends. */
    step(side: SideKey, by: number): void {
      const next = sides[side].photos[indexOf(side) + by]
      if (next) setWanted({ ...wanted, [side]: next.photoId })
    },
    turn(quarters: number): void {
      const photo = photoOf(focused)
      if (photo) setTurns({ ...turns, [photo.photoId]: turnBy(turnOf(photo.photoId), quarters) })
    },
    zoom: (factor: number) => change((before, at) => zoomedBy(before, at, factor)),
    pan: (x: number, y: number) => change((before, at) => pannedBy(before, at, { x, y })),
    toggleActualSize: () => change(toggledActualSize),
    toggleFit: () => setView(view.fit === 'fill' ? wholeView : fillingView),
    nextMode: () => setMode(mode === 'side' ? 'slider' : mode === 'slider' ? 'overlay' : 'side'),
  }
}

export type Compare = ReturnType<typeof useCompare>
