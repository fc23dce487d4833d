import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'

/** What must be known about one kind of record. Every function is synchronous and runs inside the outbox's transaction. */
export interface OutboxKind {
  readonly title: string
  summary(body: unknown): string
  /** Subjects that must be through before this one leaves, besides its own. */
  waitsFor?(body: unknown): readonly string[]
  /** False: nobody takes one back. */
  readonly canWithdraw?: boolean | ((body: unknown) => boolean)
  editableText(body: unknown): string | null
  edit(body: unknown, text: string): Result<unknown, AppError>
  delivered(body: unknown, answer: unknown): void
  parked(body: unknown, reason: AppError): void
  requeued(body: unknown): void
  withdrawn(body: unknown, accountNo: string): void
}
