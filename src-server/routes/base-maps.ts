import { readBaseMaps, saveBaseMaps } from '../workflows/base-maps/manage-base-maps'
import { serveTile } from '../workflows/base-maps/serve-tile'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `baseMaps`. */
export const baseMapHandlers = (services: Services): HandlersFor<'baseMaps.get' | 'baseMaps.save' | 'baseMaps.tile'> => ({
  'baseMaps.get': () => readBaseMaps(services),
  'baseMaps.save': (ask) => saveBaseMaps(services, ask),
  'baseMaps.tile': (ask) => serveTile(services, ask),
})
