import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import type { City } from '../city'

/** What the parts of 底数维护 are given by the map they stand beside. */
export interface GeodataPanelProps {
  readonly city: City
  readonly position: Position | undefined
  /** Shows a place on the map beside. */
  onLook(position: Position): void
  /** Lets an outline be drawn; it comes back as `drawn`. */
  drawRing(): void
  readonly drawn: Ring | undefined
}
