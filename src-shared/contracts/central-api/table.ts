import { accountRoutes } from './accounts'
import { attachmentRoutes } from './attachments'
import { baseMapRoutes } from './base-maps'
import { callerRoutes } from './callers'
import { callRoutes } from './calls'
import { cameraRoutes } from './cameras'
import { caseListRoutes, caseRoutes, collectorRoutes } from './cases'
import { centreRoutes } from './centre'
import { citizenLinkRoutes } from './citizen-links'
import { dutyLogRoutes } from './duty-log'
import { equipmentRoutes } from './equipment'
import { exchangeRoutes } from './exchange'
import { fieldRoutes } from './field'
import { followUpRoutes } from './follow-ups'
import { gbDeviceRoutes } from './gb-devices'
import { geoRoutes } from './geo'
import { knowledgeRoutes } from './knowledge'
import { ledgerRoutes } from './ledger'
import { missedCallRoutes } from './missed-calls'
import { moraleRoutes } from './morale'
import { operationRoutes } from './operations'
import { patrolRoutes } from './patrols'
import { qualityRoutes } from './quality'
import { recordingRoutes } from './recordings'
import { referenceRoutes } from './reference'
import { replyRoutes } from './replies'
import type { RouteInput, RouteOutput } from './route'
import { seatCheckRoutes } from './seat-checks'
import { sessionRoutes } from './sessions'
import { shiftRoutes } from './shift'
import { supervisionRoutes } from './supervision'
import { wallRoutes } from './walls'

/** The whole central API. Add a route by adding a row to its noun's file; see `CONTRIBUTING.md`, "add a route". */
export const centralApi = {
  ...sessionRoutes,
  ...centreRoutes,
  ...accountRoutes,
  ...referenceRoutes,
  ...knowledgeRoutes,
  ...dutyLogRoutes,
  ...shiftRoutes,
  ...equipmentRoutes,
  ...moraleRoutes,
  ...callRoutes,
  ...callerRoutes,
  ...supervisionRoutes,
  ...seatCheckRoutes,
  ...recordingRoutes,
  ...qualityRoutes,
  ...ledgerRoutes,
  ...cameraRoutes,
  ...gbDeviceRoutes,
  ...caseRoutes,
  ...caseListRoutes,
  ...collectorRoutes,
  ...followUpRoutes,
  ...replyRoutes,
  ...missedCallRoutes,
  ...citizenLinkRoutes,
  ...fieldRoutes,
  ...attachmentRoutes,
  ...exchangeRoutes,
  ...geoRoutes,
  ...baseMapRoutes,
  ...operationRoutes,
  ...wallRoutes,
  ...patrolRoutes,
} as const

export const apiPrefix = '/api/v1'

export type CentralApi = typeof centralApi
export type RouteName = keyof CentralApi
/** Worked out once, row by row: as a computation over `N` the compiler would relate every row with every other. */
type Inputs = { readonly [N in RouteName]: RouteInput<CentralApi[N]> }
type Outputs = { readonly [N in RouteName]: RouteOutput<CentralApi[N]> }
export type InputOf<N extends RouteName> = Inputs[N]
export type OutputOf<N extends RouteName> = Outputs[N]

export const routeNames = Object.keys(centralApi) as readonly RouteName[]
