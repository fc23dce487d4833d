/** One measured figure of the budget; printed as one JSON line. It counts by `ratio`: machines differ, and are noisy. */
export interface Figure {
  /** Row of the budget, e.g. `P10`. */
  readonly name: string
  /** In `unit`, the tail or middle that the budget names. */
  readonly value: number
  readonly unit: string
  /** The same measure of the reference in the same run; null when the budget has none. */
  readonly reference: number | null
  /** `value / reference`. */
  readonly ratio: number | null
  readonly samples: number
  /** What was measured exactly, other tails, the budget in words. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The value that a share `q` (0..1) of the samples does not exceed (nearest rank). */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]
  if (value === undefined) throw new Error('No samples.')
  return value
}

/** Three digits after the point: more would claim a precision that no clock here has. */
export function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
