/** One step of the schema. Steps are never edited after a release: a later step changes what an earlier one made. */
export interface Migration {
  /** Equals `PRAGMA user_version` after the step; counts 1, 2, 3 without gaps. */
  readonly id: number
  readonly name: string
  /** Runs the statements through `sql`; several at once are allowed. Runs inside a transaction of the caller. */
  up(sql: (statements: string) => void): void
}
