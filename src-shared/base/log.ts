/**
 * Structured log lines. A message is a short constant English phrase; everything that varies is a field. Personal data goes in only
 * wrapped by `sensitive()`, which every log writer prints masked.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A log whose lines all carry these fields, e.g. `{ room: 'outbox' }`. */
  child(fields: LogFields): Log
}

export type LogFields = Readonly<Record<string, unknown>>

/**
 * Text that must never be readable in a log or a diagnostics bundle (names, numbers, addresses, tokens). It is redacted by type, not by
 * somebody remembering to: `JSON.stringify` and template strings both give the mask.
 */
export class Sensitive {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  reveal(): string {
    return this.#text
  }
  /** Keeps at most the last three characters, so that two people on the telephone can agree which line they mean. */
  toString(): string {
    return this.#text.length > 6 ? `•••${this.#text.slice(-3)}` : '•••'
  }
  toJSON(): string {
    return this.toString()
  }
}

export function sensitive(text: string): Sensitive {
  return new Sensitive(text)
}
