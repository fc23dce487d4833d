import { readManifest, readReference } from '../workflows/reference'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `reference`. */
export const referenceHandlers = (services: Services): HandlersFor<'reference.manifest' | 'reference.get'> => ({
  'reference.manifest': () => readManifest(services),
  'reference.get': (ask) => readReference(services, ask),
})
