import type { Centre } from '#shared/contracts/central-api/centre'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Store } from './ports'
import { snapshotNames } from './views'

/** The settings that the centre has in force, as this PC keeps them; they hold without the centre, too. Undefined: it has told of none. */
export function profileInForce({ reference, snapshots }: Pick<Store, 'reference' | 'snapshots'>) {
  const centre = snapshots.get(snapshotNames.centre)?.state as Centre | undefined
  const held = centre?.profileId === undefined ? undefined : reference.get('centreProfile', centre.profileId)
  return held?.document as ReferenceDocument<'centreProfile'> | undefined
}
