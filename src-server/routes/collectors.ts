import { readCollectors, readTasks } from '../workflows/cases/collectors'
import { readCollectorsNow, readCollectorTrack, reportDuty, reportPositions } from '../workflows/cases/field'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `collectors`. */
type Names =
  | 'collectors.list'
  | 'collectors.reportDuty'
  | 'collectors.tasks'
  | 'collectors.reportPositions'
  | 'collectors.now'
  | 'collectors.track'

export const collectorHandlers = (services: Services): HandlersFor<Names> => ({
  'collectors.list': (ask) => readCollectors(services, ask),
  'collectors.reportDuty': (ask) => reportDuty(services, ask),
  'collectors.tasks': (ask) => readTasks(services, ask),
  'collectors.reportPositions': (ask) => reportPositions(services, ask),
  'collectors.now': () => readCollectorsNow(services),
  'collectors.track': (ask) => readCollectorTrack(services, ask),
})
