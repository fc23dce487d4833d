/** What is done with geodata behind requests, as requests see it. */
export interface GeoRunner {
  /** The dry run of an import that has come in. */
  check(importId: string): void
  /** Writes an import that was checked. */
  apply(importId: string, keeper: GeoKeeper, note: string): void
  /** When nothing is under way any more. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Who asked for it, as the audit log names people. */
export interface GeoKeeper {
  readonly accountNo: string
  readonly name: string
  readonly seatNo: string
}

export interface GeoPublisher {
  /** Something was changed; begins a moment later. */
  changed(): void
  /** Makes whatever is due now. Never rejects. */
  publishDue(): Promise<void>
  close(): Promise<void>
}
