import {
  appendInterval,
  directAgent,
  keepCall,
  readAgents,
  readCalls,
  readQueue,
  readTotals,
  revealNumber,
  showAgent,
} from '../workflows/calls'
import { keepSeatCheck, readSeatChecks } from '../workflows/seat-checks'
import type { Services } from '../workflows/services'
import { handOverCall, reportSupervision } from '../workflows/supervision'
import type { HandlersFor } from './handler'

type CallRoute =
  | 'calls.keep'
  | 'calls.reveal'
  | 'calls.list'
  | 'agentIntervals.append'
  | 'agents.show'
  | 'agents.direct'
  | 'agents.list'
  | 'agents.total'
  | 'queue.get'
  | 'supervision.report'
  | 'supervision.handOver'
  | 'seatChecks.keep'
  | 'seatChecks.list'

/** `calls`, `agentIntervals`, `agents`, `queue`. */
export const callHandlers = (services: Services): HandlersFor<CallRoute> => ({
  'calls.keep': (ask) => keepCall(services, ask),
  'calls.reveal': (ask) => revealNumber(services, ask),
  'calls.list': (ask) => readCalls(services, ask),
  'agentIntervals.append': (ask) => appendInterval(services, ask),
  'agents.show': (ask) => showAgent(services, ask),
  'agents.direct': (ask) => directAgent(services, ask),
  'agents.list': () => readAgents(services),
  'queue.get': () => readQueue(services),
  'seatChecks.keep': (ask) => keepSeatCheck(services, ask),
  'seatChecks.list': (ask) => readSeatChecks(services, ask),
  'supervision.report': (ask) => reportSupervision(services, ask),
  'supervision.handOver': (ask) => handOverCall(services, ask),
  'agents.total': (ask) => readTotals(services, ask),
})
