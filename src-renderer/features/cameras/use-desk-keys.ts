import { useEffect, useRef } from 'react'
import { browserClock } from '../../bridge/browser-clock'
import { takesText } from '../../ui/takes-text'
import type { Steering } from './use-steering'

const arrows: Readonly<Record<string, readonly [number, number, number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, 1, 0],
  ArrowDown: [0, -1, 0],
  '+': [0, 0, 1],
  '=': [0, 0, 1],
  '-': [0, 0, -1],
}
/** A key that is held is a hand on the camera: said again before it counts as resting. */
const againMs = 5_000

/** Keys of an open camera: a held arrow turns it until it is let go; Shift turns at full speed. Everything else is `onKey`'s. */
export function useDeskKeys({ steer, canTurn }: Pick<Steering, 'steer' | 'canTurn'>, onKey: (key: string) => boolean): void {
  const latest = useRef({ steer, canTurn, onKey })
  latest.current = { steer, canTurn, onKey }
  useEffect(() => {
    const held = new Map<string, readonly [number, number, number]>()
    let isFast = false
    const tell = () => {
      const along = (axis: 0 | 1 | 2) => [...held.values()].reduce((sum, way) => sum + way[axis], 0)
      const share = (value: number) => Math.max(-1, Math.min(1, value)) * (isFast ? 1 : 0.5)
      const [pan, tilt, zoom] = [share(along(0)), share(along(1)), share(along(2))]
      latest.current.steer(held.size === 0 ? { type: 'stop' } : { type: 'move', pan, tilt, zoom })
    }
    function down(event: KeyboardEvent): void {
      if (event.isComposing || event.altKey || event.metaKey || event.ctrlKey || isTyping(event.target)) return
      const way = arrows[event.key]
      if (way) {
        take(event)
        if (event.repeat || !latest.current.canTurn) return
        isFast = event.shiftKey
        held.set(event.code, way)
        tell()
      } else if (!event.repeat && latest.current.onKey(event.key.length === 1 ? event.key.toUpperCase() : event.key)) take(event)
    }
    function up(event: KeyboardEvent): void {
      if (held.delete(event.code)) tell()
    }
    /** Keys that are let go while another window has the focus are not heard. */
    function blur(): void {
      if (held.size === 0) return
      held.clear()
      tell()
    }
    const stopAgain = browserClock.every(againMs, () => held.size > 0 && tell())
    window.addEventListener('keydown', down, { capture: true })
    window.addEventListener('keyup', up, { capture: true })
    window.addEventListener('blur', blur)
    return () => {
      stopAgain()
      blur()
      window.removeEventListener('keydown', down, { capture: true })
      window.removeEventListener('keyup', up, { capture: true })
      window.removeEventListener('blur', blur)
    }
  }, [])
}

function take(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return true
  return takesText(target)
}
