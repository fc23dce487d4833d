import { keepPatrolStop, readPatrol } from '../workflows/cameras/patrol'
import { readCameraSource } from '../workflows/cameras/source'
import { readSteering, steerCamera } from '../workflows/cameras/steer'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `cameras`. */
export const cameraHandlers = (
  services: Services,
): HandlersFor<'cameras.source' | 'cameras.steering' | 'cameras.steer' | 'patrols.keep' | 'patrols.list'> => ({
  'cameras.source': (ask) => readCameraSource(services, ask),
  'cameras.steering': (ask) => readSteering(services, ask),
  'patrols.keep': (ask) => keepPatrolStop(services, ask),
  'patrols.list': (ask) => readPatrol(services, ask),
  'cameras.steer': (ask) => steerCamera(services, ask),
})
