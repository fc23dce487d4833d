import type { Centre } from '#shared/contracts/central-api/centre'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { type HotlineSettings, usualHotlineSettings } from '#shared/domain/call/hotline'
import type { Store } from '../ports'
import { snapshotNames } from '../views'

/** The rules of the hotline, from the settings that the centre has in force, as this PC keeps them; they hold without the centre, too. */
export function hotlineSettingsOf({ reference, snapshots }: Pick<Store, 'reference' | 'snapshots'>): HotlineSettings {
  const centre = snapshots.get(snapshotNames.centre)?.state as Centre | undefined
  const held = centre?.profileId === undefined ? undefined : reference.get('centreProfile', centre.profileId)
  return (held?.document as ReferenceDocument<'centreProfile'> | undefined)?.hotline ?? usualHotlineSettings
}
