import { ok } from '#shared/base/result'
import { checkHealth } from '../workflows/describe-centre'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'
import type { Metrics } from './metrics'

/** `healthz` and `metrics`. */
export const operationHandlers = (services: Services, metrics: Metrics): HandlersFor<'health.get' | 'metrics.get'> => ({
  'health.get': () => checkHealth(services),
  'metrics.get': async () => ok(await metrics.text()),
})
