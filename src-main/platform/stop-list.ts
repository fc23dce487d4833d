import type { Log } from '#shared/base/log'

/** What was started, so that it can be stopped in reverse order. */
export interface StopList {
  add(name: string, stop: () => void | Promise<void>): void
  /** One that fails does not keep the rest from stopping. Calling it again waits for the same end. */
  stopAll(): Promise<void>
}

export function createStopList(log: Log): StopList {
  const stops: { readonly name: string; readonly stop: () => void | Promise<void> }[] = []
  let ended: Promise<void> | undefined
  async function stopInReverse(): Promise<void> {
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop()
      } catch (cause) {
        log.error('did not stop cleanly', { part: name, cause })
      }
    }
  }
  return {
    add: (name, stop) => void stops.push({ name, stop }),
    stopAll: () => {
      ended ??= stopInReverse()
      return ended
    },
  }
}
