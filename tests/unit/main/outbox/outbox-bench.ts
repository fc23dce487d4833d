import type { OutboxKind } from '#main/outbox/kind'
import { createOutbox } from '#main/outbox/outbox'
import type { Intent, IntentKindName, Outbox } from '#main/workflows/ports'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock'
import { createKeptLog, type KeptLog } from '../../../fakes/kept-log'
import { createMemoryIntents, type MemoryIntents } from '../../../fakes/memory-intents'

/** A send under way, which the test answers when it likes. */
export interface Flight {
  readonly intent: Intent
  /** The row as it was in the store when the request left. */
  readonly stored: Intent | undefined
  answer(answer: Result<unknown, AppError>): Promise<void>
}

/** An outbox over rows in memory, with every surrounding in the test's hand. */
export interface Bench {
  readonly outbox: Outbox
  readonly clock: FakeClock
  readonly log: KeptLog
  readonly store: MemoryIntents
  /** Sends not answered yet, oldest first. */
  readonly flights: Flight[]
  /** What the kind was told, in order. */
  readonly told: string[]
  setOnline(isOnline: boolean): void
  add(...intents: Intent[]): void
  texts(state: 'waiting' | 'sending' | 'parked' | 'blocked'): string[]
}

export const startMs = Date.UTC(2026, 10, 21, 8)

export const intent = (text: string, extra: Partial<Intent> = {}): Intent => ({
  intentId: `id-${text}`,
  kind: 'dutyLog.append',
  subject: `subject-${text}`,
  accountNo: 'A01',
  body: { text },
  createdAt: startMs,
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: null,
  reason: null,
  ...extra,
})

const textOf = (body: unknown): string => (body as { readonly text: string }).text

export function tellingKind(told: string[]): OutboxKind {
  return {
    title: '工作日志',
    summary: textOf,
    editableText: (body) => (textOf(body).startsWith('fixed') ? null : textOf(body)),
    edit: (_, text) => (text === '' ? err(appError('dutyLog/empty')) : ok({ text })),
    delivered: (body, answer) => {
      if (answer === 'poison') throw new Error('a bug in the kind')
      told.push(`delivered ${textOf(body)}`)
    },
    parked: (body, reason) => void told.push(`parked ${textOf(body)} ${reason.code}`),
    requeued: (body) => void told.push(`requeued ${textOf(body)}`),
    withdrawn: (body, accountNo) => void told.push(`withdrawn ${textOf(body)} ${accountNo}`),
  }
}

/** The outbox is indifferent to what kind of record it carries: one stands for all. A body may name subjects to wait for. */
export const kindsOf = (kind: OutboxKind): Readonly<Record<IntentKindName, OutboxKind>> => {
  const waiting: OutboxKind = { ...kind, waitsFor: (body) => (body as { waitsFor?: string[] }).waitsFor ?? [] }
  return {
    'dutyLog.append': kind,
    'handover.step': kind,
    'case.note': waiting,
    'case.register': waiting,
    'attachment.upload': kind,
    'call.keep': kind,
    'agent.interval': kind,
    'recording.upload': { ...kind, canWithdraw: false },
    'recording.play': kind,
    'call.reveal': kind,
    'seatCheck.keep': kind,
    'patrol.keep': kind,
    'quality.enter': kind,
    'repair.step': kind,
    'morale.report': kind,
  }
}

export function createBench(rows: Intent[] = []): Bench {
  const clock = createFakeClock(startMs)
  const log = createKeptLog()
  const store = createMemoryIntents(rows)
  const flights: Flight[] = []
  const told: string[] = []
  let isOnline = true
  let made = 0
  const outbox = createOutbox({
    ...store,
    kinds: kindsOf(tellingKind(told)),
    clock,
    log,
    ids: { uuid: () => `new-${++made}` },
    random: () => 0.5,
    isOnline: () => isOnline,
    deliver: (sent) =>
      new Promise((resolve) => {
        const flight: Flight = {
          intent: sent,
          stored: store.intents.get(sent.intentId),
          answer: async (answer) => {
            flights.splice(flights.indexOf(flight), 1)
            resolve(answer)
            await clock.advance(0)
          },
        }
        flights.push(flight)
      }),
  })
  return {
    outbox,
    clock,
    log,
    store,
    flights,
    told,
    setOnline: (value) => {
      isOnline = value
    },
    add: (...intents) => {
      for (const one of intents) store.intents.append(one)
      outbox.wake()
    },
    texts: (state) =>
      outbox
        .view()
        .intents.filter((one) => one.state === state)
        .map(({ summary }) => summary),
  }
}
