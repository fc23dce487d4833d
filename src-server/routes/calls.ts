import { appendInterval, keepCall, readAgents, readCalls, readQueue, readTotals, showAgent } from '../workflows/calls'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `calls`, `agentIntervals`, `agents`. */
export const callHandlers = (
  services: Services,
): HandlersFor<'calls.keep' | 'calls.list' | 'agentIntervals.append' | 'agents.show' | 'agents.list' | 'agents.total' | 'queue.get'> => ({
  'calls.keep': (ask) => keepCall(services, ask),
  'calls.list': (ask) => readCalls(services, ask),
  'agentIntervals.append': (ask) => appendInterval(services, ask),
  'agents.show': (ask) => showAgent(services, ask),
  'agents.list': () => readAgents(services),
  'queue.get': () => readQueue(services),
  'agents.total': (ask) => readTotals(services, ask),
})
