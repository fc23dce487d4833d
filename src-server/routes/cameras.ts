import { readCameraSource } from '../workflows/cameras'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `cameras`. */
export const cameraHandlers = (services: Services): HandlersFor<'cameras.source'> => ({
  'cameras.source': (ask) => readCameraSource(services, ask),
})
