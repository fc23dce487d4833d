import pg from 'pg'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { notifyChannel } from '../store/event-store'

/**
 * Hears of events that other server processes wrote: one connection of its own per process that LISTENs. A notification carries no event, it
 * only says "look"; so one that is lost is made good by looking after every reconnect, and every few seconds in any case, because a
 * connection can be dead for minutes before TCP tells.
 */
const lookEveryMs = 5_000
const firstRetryMs = 250
const longestRetryMs = 5_000

export function listenForOthers(options: {
  readonly url: string
  readonly clock: Clock
  readonly log: Log
  readonly wake: () => void
}): Stop {
  const { url, clock, log, wake } = options
  let client: pg.Client | undefined
  let isStopped = false
  let stopRetry: Stop | undefined

  const retry = (failures: number, reason: string) => {
    if (isStopped) return
    log.warn('event notifications interrupted', { reason, failures })
    const delayMs = Math.min(firstRetryMs * 2 ** failures, longestRetryMs)
    stopRetry = clock.after(delayMs, () => void connect(failures + 1))
  }
  const connect = async (failures: number): Promise<void> => {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'seat-central-events' })
    client = mine
    let isOver = false
    const over = (reason: string) => {
      if (isOver) return
      isOver = true
      mine.end().catch(() => undefined)
      retry(failures, reason)
    }
    mine.on('error', (error) => over(error.message))
    mine.on('end', () => over('connection ended'))
    mine.on('notification', wake)
    try {
      await mine.connect()
      await mine.query(`listen ${notifyChannel}`)
      failures = 0
      wake()
    } catch (error) {
      over(String(error))
    }
  }

  void connect(0)
  const stopLooking = clock.every(lookEveryMs, wake)
  return () => {
    isStopped = true
    stopLooking()
    stopRetry?.()
    client?.end().catch(() => undefined)
  }
}
