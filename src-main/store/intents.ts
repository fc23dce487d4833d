import type { EpochMs } from '#shared/base/clock'
import type { Database } from './database'

/**
 * Records on their way to the centre, as rows. When they leave, and what an answer does to them, is the outbox's business; that they are here at
 * all is a workflow's, which appends them in the transaction of the record they belong to.
 */
export interface Intent {
  /** Also the `Idempotency-Key`. */
  readonly intentId: string
  readonly kind: IntentKindName
  /** Intents of one subject leave in the order they were made. */
  readonly subject: string
  readonly accountNo: string
  readonly body: unknown
  readonly createdAt: EpochMs
  readonly state: 'waiting' | 'parked'
  /** Sends begun. */
  readonly attempts: number
  readonly nextAttemptAt: EpochMs | null
  readonly reason: { readonly code: string; readonly message: string } | null
}

/** The same list as in the workflows' ports; the composition root does not compile when they part. */
export type IntentKindName =
  | 'dutyLog.append'
  | 'handover.step'
  | 'case.note'
  | 'case.register'
  | 'attachment.upload'
  | 'call.keep'
  | 'agent.interval'
  | 'seatCheck.keep'
  | 'patrol.keep'
  | 'quality.enter'
  | 'repair.step'
  | 'morale.report'
  | 'call.reveal'
  | 'recording.upload'
  | 'recording.play'

export type IntentChange = Partial<Omit<Intent, 'kind' | 'subject' | 'accountNo' | 'createdAt'>>

export interface Intents {
  /** An `intentId` already there is a bug and throws. */
  append(intent: Intent): void
  get(intentId: string): Intent | undefined
  /** In the order they were made. */
  list(): readonly Intent[]
  /** Throws when there is no such intent, or the new id is taken. */
  update(intentId: string, change: IntentChange): void
  remove(intentId: string): void
}

interface IntentRow {
  readonly intentId: string
  readonly kind: IntentKindName
  readonly subject: string
  readonly accountNo: string
  readonly body: string
  readonly createdAt: EpochMs
  readonly state: 'waiting' | 'parked'
  readonly attempts: number
  readonly nextAttemptAt: EpochMs | null
  readonly reasonCode: string | null
  readonly reasonMessage: string | null
}

const selected = `SELECT intent_id AS intentId, kind, subject, account_no AS accountNo, body, created_at AS createdAt, state, attempts,
  next_attempt_at AS nextAttemptAt, reason_code AS reasonCode, reason_message AS reasonMessage FROM intent`

export function createIntents(database: Database): Intents {
  const append = database.prepare(
    `INSERT INTO intent (intent_id, kind, subject, account_no, body, created_at, state, attempts, next_attempt_at, reason_code, reason_message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const get = database.prepare(`${selected} WHERE intent_id = ?`)
  const list = database.prepare(`${selected} ORDER BY position`)
  const update = database.prepare(
    `UPDATE intent SET intent_id = ?, body = ?, state = ?, attempts = ?, next_attempt_at = ?, reason_code = ?, reason_message = ?
     WHERE intent_id = ?`,
  )
  const remove = database.prepare('DELETE FROM intent WHERE intent_id = ?')
  const read = (intentId: string): Intent | undefined => {
    const row = get.get(intentId) as IntentRow | undefined
    return row && fromRow(row)
  }
  return {
    append: (i) =>
      void append.run(
        i.intentId,
        i.kind,
        i.subject,
        i.accountNo,
        JSON.stringify(i.body),
        i.createdAt,
        i.state,
        i.attempts,
        i.nextAttemptAt,
        i.reason?.code ?? null,
        i.reason?.message ?? null,
      ),
    get: read,
    list: () => (list.all() as IntentRow[]).map(fromRow),
    update: (intentId, change) => {
      const before = read(intentId)
      if (!before) throw new Error(`No intent ${intentId} to update.`)
      const i = { ...before, ...change }
      const reason = [i.reason?.code ?? null, i.reason?.message ?? null] as const
      update.run(i.intentId, JSON.stringify(i.body), i.state, i.attempts, i.nextAttemptAt, ...reason, intentId)
    },
    remove: (intentId) => void remove.run(intentId),
  }
}

function fromRow({ body, reasonCode, reasonMessage, ...row }: IntentRow): Intent {
  return {
    intentId: row.intentId,
    kind: row.kind,
    subject: row.subject,
    accountNo: row.accountNo,
    body: JSON.parse(body) as unknown,
    createdAt: row.createdAt,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt,
    reason: reasonCode === null ? null : { code: reasonCode, message: reasonMessage ?? '' },
  }
}
