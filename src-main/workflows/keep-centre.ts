import type { Centre } from '#shared/contracts/central-api/centre'
import type { SeatContext } from './context'
import { snapshotNames } from './views'

/** Keeps what the centre says of itself, so that the sign-in screen has seats and shifts when the centre is away. */
export function keepCentre(seat: Pick<SeatContext, 'store' | 'views' | 'now'>, centre: Centre): void {
  const kept = seat.store.transaction(() => seat.store.snapshots.put(snapshotNames.centre, centre, seat.now()), 'processDeath')
  if (kept.ok) seat.views.showCentre()
}
