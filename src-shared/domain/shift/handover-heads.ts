import type { EpochMs } from '../../base/clock'
import type { Step } from './handover'

/**
 * How long each chain of the duty log was, by the cut-offs that handovers were signed with: entries that somebody cuts off at the end leave no gap in the
 * chain itself, and show against these. A cut-off counts positions and keeps no hashes. Pure; whether the steps are signed is asked before.
 */
export interface HandoverHead {
  readonly keyId: string
  readonly position: number
  readonly hash: null
  readonly from: string
  readonly at: EpochMs
}

/** The longest that is known of each chain. */
export function headsOfHandovers(steps: readonly Step[]): readonly HandoverHead[] {
  const heads = new Map<string, HandoverHead>()
  for (const { words, at, by } of steps) {
    if (words.did !== 'begin' && words.did !== 'refresh') continue
    for (const [keyId, position] of Object.entries(words.facts.cut.log)) {
      if (position <= (heads.get(keyId)?.position ?? 0)) continue
      heads.set(keyId, {
        keyId,
        position,
        hash: null,
        at,
        from: `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} ${by.name}交班时`,
      })
    }
  }
  return [...heads.values()]
}
