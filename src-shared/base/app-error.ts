/**
 * The shape of every expected failure, on every boundary. `message` is a Chinese sentence that a person at a seat can act on: what happened,
 * what is safe, what to do next. `detail` is for machines (fields, versions, times) and must be JSON; causes and stacks go to the log, never here.
 */
export interface AppError<Code extends string = string> {
  readonly code: Code
  readonly message: string
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean
  readonly detail?: Readonly<Record<string, unknown>>
}
