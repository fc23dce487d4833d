import type { AppError } from '#shared/base/app-error'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { Centre } from '#shared/contracts/central-api/centre'
import type { ConnectionView } from '#shared/contracts/seat-api/views'
import { type ConnectionEvent, connectionAfter, startConnection } from './connection'

/**
 * Keeps the connection's state true: asks `centre.get` on a schedule, takes what other traffic learns, and measures the centre's clock. It
 * knows nothing of sessions; who does says when the event stream carries the sign of life, so that asking can be rarer.
 */
export interface MonitorParts {
  readonly ask: () => Promise<Result<Centre, AppError>>
  readonly clock: Clock
  readonly random: () => number
  readonly onChanged: (view: ConnectionView, before: ConnectionView) => void
  readonly onCentre: (centre: Centre) => void
}

export interface ConnectionMonitor {
  view(): ConnectionView
  /** This PC's time corrected by the measured offset: the time that is written on records. */
  centreNow(): EpochMs
  isOnline(): boolean
  start(): void
  /** True while the event stream is the sign of life. */
  setListening(isListening: boolean): void
  /** Some traffic got an answer. */
  heard(): void
  /** Some traffic got none: asked again at once, and only that answer decides. */
  doubt(): void
  /** Asks now; resolves when the answer is in. */
  probeNow(): Promise<void>
  stop(): void
}

const probeAloneMs = 10_000
/** Seldom enough for a hall of seats, often enough that the return is seen within ten seconds. */
export const probeBackOff: BackOff = { firstMs: 2_000, mostMs: 10_000, spread: [0.5, 1], leastMs: 2_000 }
const probeBesideStreamMs = 30_000
/** The answer that opened the line paid for opening it too: measured again at once, so that the screen shows what the line costs. */
const probeAfterOpeningMs = 1_000
/** Signs of life between these moments change nothing on the screen but the second they were heard at. */
const heardStepMs = 1_000

export function createConnectionMonitor(parts: MonitorParts): ConnectionMonitor {
  const { clock } = parts
  let connection = startConnection(clock.now())
  let isListening = false
  let isStopped = true
  let failures = 0
  let isJustOpened = false
  let stopTimer: Stop = () => {}
  let running: Promise<void> | undefined

  function take(event: ConnectionEvent): void {
    const before = connection.view
    connection = connectionAfter(connection, event)
    parts.onChanged(connection.view, before)
  }

  function schedule(): void {
    stopTimer()
    if (isStopped) return
    const calmMs = isJustOpened ? probeAfterOpeningMs : isListening ? probeBesideStreamMs : probeAloneMs
    const delayMs = failures > 0 ? backOffMs(failures, parts.random(), probeBackOff) : calmMs
    stopTimer = clock.after(delayMs, () => void probeNow())
  }

  function probeNow(): Promise<void> {
    running ??= probe().finally(() => {
      running = undefined
      schedule()
    })
    return running
  }

  async function probe(): Promise<void> {
    stopTimer()
    const begunMs = clock.monotonicMs()
    const answer = await parts.ask()
    if (isStopped) return
    if (answer.ok) {
      failures = 0
      isJustOpened = connection.view.state !== 'online'
      const roundTripMs = clock.monotonicMs() - begunMs
      take({ type: 'measured', at: clock.now(), centreNow: answer.value.now, roundTripMs, serverVersion: answer.value.version })
      parts.onCentre(answer.value)
    } else {
      failures += 1
      take({ type: 'lost', at: clock.now(), reason: sentence(answer.error) })
    }
  }

  return {
    view: () => connection.view,
    centreNow: () => clock.now() + (connection.view.clockOffsetMs ?? 0),
    isOnline: () => connection.view.state === 'online',
    start() {
      isStopped = false
      void probeNow()
    },
    setListening(now) {
      isListening = now
      if (!running) schedule()
    },
    heard() {
      if (isStopped) return
      const { state, lastHeardAt } = connection.view
      const at = clock.now()
      // Coming back is decided by a probe, which also measures the clock; a lone answer may be the last of a dying line.
      if (state !== 'online') return void (running ?? probeNow())
      if (lastHeardAt === null || at - lastHeardAt >= heardStepMs) take({ type: 'heard', at })
    },
    doubt() {
      if (connection.view.state !== 'offline' && !isStopped) void probeNow()
    },
    probeNow,
    stop() {
      isStopped = true
      stopTimer()
    },
  }
}

/** Why it is offline, for people; the action-worded sentences of the catalogue would not fit a state. */
function sentence(error: AppError): string {
  if (error.code === 'central/offline' || error.code === 'central/interrupted') return '连不上中心服务器'
  if (error.code === 'central/timeout') return '中心服务器没有回应'
  if (error.code === 'central/unintelligible') return '中心服务器的回答不符合约定，请系统管理员核对地址与版本'
  return error.message
}
