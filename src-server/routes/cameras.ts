import type { gbDeviceRoutes } from '#shared/contracts/central-api/gb-devices'
import { askGbCatalog, changeGbDevice, createGbDevice, readGbChannels, readGbDevices } from '../workflows/cameras/gb-devices'
import { keepPatrolStop, readPatrol } from '../workflows/cameras/patrol'
import { readCameraSource } from '../workflows/cameras/source'
import { readSteering, steerCamera } from '../workflows/cameras/steer'
import { readCameraStates, readOutages } from '../workflows/cameras/watch-cameras'
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

/** `gbDevices`, `cameraStates`, `cameraOutages`. */
export const gbDeviceHandlers = (services: Services): HandlersFor<keyof typeof gbDeviceRoutes> => ({
  'gbDevices.list': () => readGbDevices(services),
  'gbDevices.create': (ask) => createGbDevice(services, ask),
  'gbDevices.update': (ask) => changeGbDevice(services, ask),
  'gbDevices.channels': (ask) => readGbChannels(services, ask),
  'gbDevices.askCatalog': (ask) => askGbCatalog(services, ask),
  'cameras.states': () => readCameraStates(services),
  'cameras.outages': (ask) => readOutages(services, ask),
})
