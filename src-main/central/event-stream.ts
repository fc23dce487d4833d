import { createParser } from 'eventsource-parser'
import type { AppError } from '#shared/base/app-error'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { PassedEvents, ServerEvent } from '#shared/contracts/server-events/table'
import { eventParser } from './parse-event'

/**
 * Listens to the centre's events (SSE): one connection, resumed after the last event seen, opened again with growing pauses. It applies
 * nothing and looks for no gaps; whoever gets the events does.
 */
export interface EventStreamParts {
  /** Opens `events.stream` with these headers. */
  readonly open: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Result<Response, AppError>>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly onEvent: (event: ServerEvent) => void
  /** The centre counted events that are for others; in order with `onEvent`. */
  readonly onPassed: (passed: PassedEvents) => void
  /** `heard` on opening and on every sign of life; `broken` when a connection ended or could not be made. */
  readonly onStatus: (status: 'heard' | 'broken') => void
}

export interface CentralEventStream {
  start(after: number | undefined): void
  retryNow(): void
  stop(): void
  /** Messages skipped since the program started because they did not have the agreed shape. */
  malformed(): number
}

/** The centre sends a heartbeat every 5 s; two lost in a row, and some time to travel, mean that the connection is dead. */
export const silenceLimitMs = 12_000

/** Half to all of each delay: a hall of seats that lost the centre together is spread over seconds when it returns. */
export const streamBackOff: BackOff = { firstMs: 500, mostMs: 15_000, spread: [0.5, 1], leastMs: 500 }

interface Listening {
  readonly controller: AbortController
  stopWaiting: Stop | undefined
}

export function createEventStream(parts: EventStreamParts): CentralEventStream {
  const { clock, log } = parts
  const parse = eventParser()
  let listening: Listening | undefined
  let lastSeq: number | undefined
  let failures = 0
  let malformed = 0

  function begin(): void {
    end()
    const mine: Listening = { controller: new AbortController(), stopWaiting: undefined }
    listening = mine
    void listen(mine).then((error) => {
      if (listening !== mine) return
      if (error?.code.startsWith('auth/')) {
        log.warn('event stream refused', { code: error.code })
        return
      }
      failures += 1
      const delayMs = backOffMs(failures, parts.random(), streamBackOff)
      log.info('event stream broken', { code: error?.code ?? 'ended', failures, delayMs })
      mine.stopWaiting = clock.after(delayMs, begin)
      parts.onStatus('broken')
    })
  }

  function end(): void {
    listening?.stopWaiting?.()
    listening?.controller.abort()
    listening = undefined
  }

  /** Resolves when the connection is over, with the error that kept it from opening. */
  async function listen(mine: Listening): Promise<AppError | undefined> {
    const opened = await parts.open(lastSeq === undefined ? {} : { 'last-event-id': String(lastSeq) }, mine.controller.signal)
    if (!opened.ok) return opened.error
    if (!opened.value.body) return appError('central/unintelligible')
    const watchdog = silenceWatchdog(mine.controller)
    try {
      await readAll(opened.value.body, mine, watchdog.heard)
    } catch (cause) {
      if (!mine.controller.signal.aborted) log.debug('event stream cut', { cause: String(cause) })
    } finally {
      watchdog.stop()
    }
    return undefined
  }

  async function readAll(body: ReadableStream<Uint8Array>, mine: Listening, heard: () => void): Promise<void> {
    const decoder = new TextDecoder()
    // An id without data dispatches no event (HTML standard §9.2.6): it stands alone when the next one, or the end of what came, follows it.
    let idAlone: string | undefined
    const endOfId = () => {
      if (idAlone !== undefined && listening === mine) passBy(idAlone)
      idAlone = undefined
    }
    const parser = createParser({
      onId: (id) => {
        endOfId()
        idAlone = id
      },
      onEvent: (message) => {
        idAlone = undefined
        if (listening === mine) take(message)
      },
    })
    const reader = body.getReader()
    heard()
    parts.onStatus('heard')
    for (;;) {
      const { done, value } = await reader.read()
      if (done || listening !== mine) return
      failures = 0
      heard()
      parts.onStatus('heard')
      parser.feed(decoder.decode(value, { stream: true }))
      endOfId()
    }
  }

  function take(message: { readonly id?: string | undefined; readonly event?: string | undefined; readonly data: string }): void {
    const event = parse(message)
    if (event) {
      // `stream.reset` is not part of the sequence.
      if (event.name !== 'stream.reset') lastSeq = event.seq
      parts.onEvent(event)
      return
    }
    malformed += 1
    log.warn('event skipped', { seq: message.id, event: message.event, malformed })
    // Asked for again it would be no better; the gap it leaves makes the seat read the whole state anew.
    lastSeq = seqOf(message.id) ?? lastSeq
  }

  function passBy(id: string): void {
    const upTo = seqOf(id)
    if (upTo === undefined || upTo <= (lastSeq ?? 0)) return
    const after = lastSeq
    lastSeq = upTo
    if (after !== undefined) parts.onPassed({ after, upTo })
  }

  function silenceWatchdog(controller: AbortController): { heard: () => void; stop: Stop } {
    let stop: Stop = () => {}
    return {
      heard() {
        stop()
        stop = clock.after(silenceLimitMs, () => controller.abort())
      },
      stop: () => stop(),
    }
  }

  return {
    start(after) {
      lastSeq = after
      failures = 0
      begin()
    },
    retryNow() {
      if (listening?.stopWaiting) begin()
    },
    stop: end,
    malformed: () => malformed,
  }
}

function seqOf(id: string | undefined): number | undefined {
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
