import { listCallers, lookUpCaller } from '../workflows/callers'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `callers`. */
export const callerHandlers = (services: Services): HandlersFor<'callers.lookUp' | 'callers.list'> => ({
  'callers.lookUp': (ask) => lookUpCaller(services, ask),
  'callers.list': (ask) => listCallers(services, ask),
})
