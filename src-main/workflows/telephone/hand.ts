import type { EpochMs } from '#shared/base/clock'
import type { RaisedHand } from '#shared/contracts/central-api/calls'

/** The raised hand of this seat: it stands until its person takes it down, somebody comes, or the person leaves. It is live, and not kept over a restart. */
export interface Hand {
  raised(): RaisedHand | null
  raise(reason: string): void
  lower(): void
}

export function createHand(now: () => EpochMs, onChanged: () => void): Hand {
  let hand: RaisedHand | null = null
  const become = (next: RaisedHand | null): void => {
    if (hand === next) return
    hand = next
    onChanged()
  }
  return {
    raised: () => hand,
    raise: (reason) => become({ since: hand?.since ?? now(), reason }),
    lower: () => become(null),
  }
}
