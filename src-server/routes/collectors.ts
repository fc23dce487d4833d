import { readCollectors, readTasks, reportDuty } from '../workflows/cases/collectors'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `collectors`. */
type Names = 'collectors.list' | 'collectors.reportDuty' | 'collectors.tasks'

export const collectorHandlers = (services: Services): HandlersFor<Names> => ({
  'collectors.list': (ask) => readCollectors(services, ask),
  'collectors.reportDuty': (ask) => reportDuty(services, ask),
  'collectors.tasks': (ask) => readTasks(services, ask),
})
