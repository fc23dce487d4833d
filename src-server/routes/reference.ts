import { readManifest, readReference, saveCityReference } from '../workflows/reference'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `reference`. */
export const referenceHandlers = (services: Services): HandlersFor<'reference.manifest' | 'reference.get' | 'reference.save'> => ({
  'reference.manifest': () => readManifest(services),
  'reference.get': (ask) => readReference(services, ask),
  'reference.save': (ask) => saveCityReference(services, ask),
})
