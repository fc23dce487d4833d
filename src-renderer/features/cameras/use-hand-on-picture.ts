import { type PointerEvent, useRef, useState, type WheelEvent } from 'react'
import { browserClock } from '../../bridge/browser-clock'
import type { Steering } from './use-steering'

/** Which part of the picture is shown large: the middle in shares of it, and how near. */
export interface Magnified {
  readonly x: number
  readonly y: number
  readonly scale: number
}

const whole: Magnified = { x: 0.5, y: 0.5, scale: 1 }
const nearest = 8
/** One notch of the wheel turns the lens this long. */
const notchMs = 250
const leastChange = 0.05

/**
 * The pointer on the picture: a camera that turns goes where it is dragged, the further from where the drag began the faster, and the wheel turns its
 * lens. One that does not, or with Shift, is magnified on screen instead.
 */
export function useHandOnPicture({ steer, canTurn }: Pick<Steering, 'steer' | 'canTurn'>) {
  const [magnified, setMagnified] = useState(whole)
  const drag = useRef<{ x: number; y: number; isDigital: boolean; pan: number; tilt: number } | undefined>(undefined)
  const stopLens = useRef(() => {})

  return {
    magnified,
    reset: () => setMagnified(whole),
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, y: event.clientY, isDigital: !canTurn || event.shiftKey, pan: 0, tilt: 0 }
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const from = drag.current
        if (!from) return
        const { width, height } = event.currentTarget.getBoundingClientRect()
        if (from.isDigital) {
          setMagnified((before) =>
            within({
              ...before,
              x: before.x - (event.clientX - from.x) / width / before.scale,
              y: before.y - (event.clientY - from.y) / height / before.scale,
            }),
          )
          Object.assign(from, { x: event.clientX, y: event.clientY })
          return
        }
        const share = (value: number) => Math.max(-1, Math.min(1, value))
        const [pan, tilt] = [share(((event.clientX - from.x) / width) * 2), share(((from.y - event.clientY) / height) * 2)]
        if (Math.abs(pan - from.pan) < leastChange && Math.abs(tilt - from.tilt) < leastChange) return
        Object.assign(from, { pan, tilt })
        steer({ type: 'move', pan, tilt, zoom: 0 })
      },
      onPointerUp() {
        const from = drag.current
        drag.current = undefined
        if (from && !from.isDigital && (from.pan !== 0 || from.tilt !== 0)) steer({ type: 'stop' })
      },
      onWheel(event: WheelEvent<HTMLElement>) {
        const isNearer = event.deltaY < 0
        if (canTurn && !event.shiftKey) {
          stopLens.current()
          steer({ type: 'move', pan: 0, tilt: 0, zoom: isNearer ? 0.6 : -0.6 })
          stopLens.current = browserClock.after(notchMs, () => steer({ type: 'stop' }))
          return
        }
        const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
        const at = { x: (event.clientX - left) / width, y: (event.clientY - top) / height }
        setMagnified((before) => nearer(before, at, isNearer ? 1.25 : 0.8))
      },
    },
  }
}

/** What is under the pointer stays under it. */
export function nearer(before: Magnified, at: { readonly x: number; readonly y: number }, by: number): Magnified {
  const scale = Math.max(1, Math.min(nearest, before.scale * by))
  const move = (middle: number, pointer: number) => middle + (pointer - 0.5) * (1 / before.scale - 1 / scale)
  return within({ x: move(before.x, at.x), y: move(before.y, at.y), scale })
}

export function within({ x, y, scale }: Magnified): Magnified {
  const keep = (middle: number) => Math.max(0.5 / scale, Math.min(1 - 0.5 / scale, middle))
  return { x: keep(x), y: keep(y), scale }
}
