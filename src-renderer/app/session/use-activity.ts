import { useEffect } from 'react'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge } from '../../bridge/react'

/** Often enough for an auto-lock that counts minutes, seldom enough to cost nothing. */
const touchEveryMs = 15_000

/** Tells the core that somebody is at the seat, so that it locks itself only when nobody is. */
export function useActivity(): void {
  const bridge = useBridge()
  useEffect(() => {
    let lastMs = Number.NEGATIVE_INFINITY
    function touch(): void {
      const nowMs = browserClock.monotonicMs()
      if (nowMs - lastMs < touchEveryMs) return
      lastMs = nowMs
      void bridge.call('session.touch', {})
    }
    window.addEventListener('keydown', touch, { capture: true, passive: true })
    window.addEventListener('pointerdown', touch, { capture: true, passive: true })
    return () => {
      window.removeEventListener('keydown', touch, { capture: true })
      window.removeEventListener('pointerdown', touch, { capture: true })
    }
  }, [bridge])
}
