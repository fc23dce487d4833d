import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * One function for as long as the component lives, doing what the newest `action` does: for handlers of parts that are drawn only when their
 * properties change. To be called from events, not while rendering.
 */
export function useStable<A extends unknown[], T>(action: (...given: A) => T): (...given: A) => T {
  const latest = useRef(action)
  useLayoutEffect(() => {
    latest.current = action
  })
  return useCallback((...given: A) => latest.current(...given), [])
}
