import { type DestinationStream, destination, type Logger, pino } from 'pino'
import { v7 } from 'uuid'
import type { Clock, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'

/** The real clock, ids and log of a server process; the only place of the server that reads them. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
  every(periodMs, action) {
    const timer = setInterval(action, periodMs)
    return () => clearInterval(timer)
  },
}

export const systemIds: Ids = { uuid: () => v7() }

/** JSON lines on stderr: stdout carries nothing but the line that says the server is ready. */
export function createLog(level: string, out: DestinationStream = destination({ fd: 2, sync: true })): Log {
  return logOf(pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, out))
}

function logOf(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => logOf(logger.child(fields)),
  }
}
