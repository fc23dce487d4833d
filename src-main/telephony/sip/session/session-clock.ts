import type { Stop } from '#shared/base/clock'
import { type CallCore, laterInCall } from './call-core'
import { hangUpEstablished } from './hang-up'
import { actAfterMs, type SessionTimer } from './session-timer'

/** Runs the session timer of a call (RFC 4028 §10): refreshes it, or hangs up when the side that should have did not. */
const running = new WeakMap<CallCore, Stop>()

export function startSessionTimer(core: CallCore): void {
  running.get(core)?.()
  running.delete(core)
  const timer = core.sessionTimer
  if (!timer) return
  running.set(
    core,
    laterInCall(core, actAfterMs(timer), () => {
      if (timer.refresher === 'here') core.waiting.refresh?.()
      else hangUpEstablished(core, { sipCause: 408, text: 'session timer expired' }, 'network')
    }),
  )
}

/** After a refresh of either side; null switches it off. */
export function restartSessionTimer(core: CallCore, timer: SessionTimer | null): void {
  core.sessionTimer = timer
  startSessionTimer(core)
}
