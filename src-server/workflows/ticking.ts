import type { Stop } from '#shared/base/clock'
import type { Services } from './services'

/** Looks after something once a second, as long as there is something to look after. */
const everyMs = 1_000

export interface Ticking {
  /** Something happened at the centre: there may be something to look after now. */
  look(): void
  stop(): Promise<void>
}

/** The next turn begins a second after the last one ended; while `turn` says that nothing is needed, it waits until something happens. */
export function keepTicking(turn: () => Promise<boolean>, what: string, { clock, log }: Pick<Services, 'clock' | 'log'>): Ticking {
  let isStopped = false
  let isWaiting = false
  /** Something happened while a turn was under way, perhaps after it had looked. */
  let isAsked = false
  let running: Promise<void> = Promise.resolve()
  let stopWaiting: Stop = () => {}
  async function take(): Promise<void> {
    isAsked = false
    const isNeeded = await turn().catch((thrown: unknown) => {
      log.error('could not be looked after', { what, reason: String(thrown) })
      return true
    })
    isWaiting = false
    if (isNeeded || isAsked) look()
  }
  function look(): void {
    isAsked = true
    if (isStopped || isWaiting) return
    isWaiting = true
    stopWaiting = clock.after(everyMs, () => {
      running = take()
    })
  }
  look()
  return {
    look,
    async stop() {
      isStopped = true
      stopWaiting()
      await running
    },
  }
}
