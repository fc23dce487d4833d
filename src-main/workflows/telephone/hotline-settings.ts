import { type HotlineSettings, usualHotlineSettings } from '#shared/domain/call/hotline'
import type { Store } from '../ports'
import { profileInForce } from '../profile-in-force'

/** The rules of the hotline, from the settings that the centre has in force. */
export function hotlineSettingsOf(store: Pick<Store, 'reference' | 'snapshots'>): HotlineSettings {
  return profileInForce(store)?.hotline ?? usualHotlineSettings
}
