import { readCameraSource } from '../workflows/cameras/source'
import { readSteering, steerCamera } from '../workflows/cameras/steer'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `cameras`. */
export const cameraHandlers = (services: Services): HandlersFor<'cameras.source' | 'cameras.steering' | 'cameras.steer'> => ({
  'cameras.source': (ask) => readCameraSource(services, ask),
  'cameras.steering': (ask) => readSteering(services, ask),
  'cameras.steer': (ask) => steerCamera(services, ask),
})
