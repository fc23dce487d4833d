import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'
import { requestDeciders } from './profile'
import type { CaseRow } from './row'
import { type CaseSource, type CaseState, caseSourceIds, caseSources, openStates } from './states'
import type { Viewer } from './visibility'

/**
 * The worklists 队列 of each role, as data: the server turns a filter into SQL, the seat applies it to a row that an event brought. Both sides
 * therefore agree on what is in a queue.
 */
export interface QueueSpec {
  readonly title: string
  readonly roles: readonly RoleId[]
  readonly filter: QueueFilter
}

/** All parts must hold; an absent part holds always. */
export interface QueueFilter {
  readonly states?: readonly CaseState[]
  readonly sources?: readonly CaseSource[]
  readonly isUrgent?: true
  readonly isRecused?: boolean
  readonly isSensitive?: true
  readonly isOverseen?: true
  /** A request waits for the viewer's role. */
  readonly isRequestMine?: true
  readonly hasRequest?: true
  readonly wasReworked?: boolean
  readonly wasSentBack?: boolean
  readonly wasUrged?: true
  readonly needsFollowUp?: true
  /** Past the end of its leading clock. */
  readonly isOverdue?: true
  readonly isOfMyDepartment?: true
  readonly isMyTask?: true
}

const external = caseSourceIds.filter((source) => caseSources[source].isExternal)

export const queues = {
  toAccept: { title: '待受理', roles: ['intake'], filter: { states: ['reported'], isRecused: false } },
  verifiedBack: { title: '核实已回', roles: ['intake'], filter: { states: ['verified'], isRecused: false } },
  withCollectors: { title: '监督员手上', roles: ['intake'], filter: { states: ['verifying', 'checking'] } },
  toOrderCheck: { title: '待核查', roles: ['intake'], filter: { states: ['toCheck'] } },
  deferred: { title: '缓受理', roles: ['intake', 'shiftLead'], filter: { states: ['deferred'] } },
  followUpsDue: {
    title: '待回访',
    roles: ['intake', 'opinionMonitor'],
    filter: { states: ['toCheck', 'checking', 'checked'], needsFollowUp: true },
  },
  toFile: { title: '待立案', roles: ['shiftLead'], filter: { states: ['preFiled'] } },
  toClose: { title: '待结案', roles: ['shiftLead'], filter: { states: ['checked'] } },
  requests: { title: '申请待批', roles: requestDeciders, filter: { isRequestMine: true } },
  emergencies: { title: '紧急', roles: ['shiftLead', 'commander', 'dispatcher'], filter: { states: openStates, isUrgent: true } },
  disputesSeen: { title: '派遣争议', roles: ['shiftLead', 'dispatcher', 'commander'], filter: { states: ['disputed'] } },
  recused: { title: '回避件', roles: ['shiftLead', 'director'], filter: { states: openStates, isRecused: true } },
  toDispatch: { title: '待派遣', roles: ['dispatcher'], filter: { states: ['filed'], wasSentBack: false, wasReworked: false } },
  sentBack: { title: '退回的', roles: ['dispatcher'], filter: { states: ['filed'], wasSentBack: true, wasReworked: false } },
  redispatch: { title: '返工待派', roles: ['dispatcher'], filter: { states: ['filed'], wasReworked: true } },
  inHandling: { title: '处置中', roles: ['supervisor', 'dispatcher', 'commander'], filter: { states: ['dispatched', 'suspended'] } },
  toSupervise: { title: '待督查', roles: ['supervisor', 'dispatcher'], filter: { states: ['handled'] } },
  urged: { title: '已催办', roles: ['supervisor'], filter: { states: ['dispatched'], wasUrged: true } },
  externalSources: { title: '外部来源', roles: ['opinionMonitor'], filter: { states: openStates, sources: external } },
  overdue: { title: '超时', roles: ['commander', 'supervisor', 'director'], filter: { states: openStates, isOverdue: true } },
  overseen: {
    title: '督办',
    roles: ['commander', 'director', 'assistant', 'supervisor'],
    filter: { states: openStates, isOverseen: true },
  },
  sensitive: { title: '敏感投诉', roles: ['director', 'assistant'], filter: { states: openStates, isSensitive: true } },
  fromCameras: { title: '视频发现', roles: ['wallOperator'], filter: { states: openStates, sources: ['camera'] } },
  myDepartment: { title: '待处置', roles: ['departmentOperator'], filter: { states: ['dispatched'], isOfMyDepartment: true } },
  mySuspended: { title: '缓办中', roles: ['departmentOperator'], filter: { states: ['suspended'], isOfMyDepartment: true } },
  myRequests: { title: '我的申请', roles: ['departmentOperator'], filter: { hasRequest: true, isOfMyDepartment: true } },
  myReported: {
    title: '已报待核',
    roles: ['departmentOperator'],
    filter: { states: ['handled', 'toCheck', 'checking', 'checked'], isOfMyDepartment: true },
  },
  myTasks: { title: '我的任务', roles: ['collector'], filter: { states: ['verifying', 'checking'], isMyTask: true } },
} as const satisfies Record<string, QueueSpec>

export type QueueId = keyof typeof queues
export const queueIds = Object.keys(queues) as readonly QueueId[]
export const queueSpec = (id: QueueId): QueueSpec => queues[id]

/** In the order of its tabs: first the queues that are chiefly this role's, then those it shares. */
export function queuesOf(role: RoleId): readonly QueueId[] {
  const held = queueIds.filter((id) => queueSpec(id).roles.includes(role))
  const isOwn = (id: QueueId) => queueSpec(id).roles[0] === role
  return [...held.filter(isOwn), ...held.filter((id) => !isOwn(id))]
}

export function isInQueue(row: CaseRow, id: QueueId, viewer: Viewer, now: EpochMs): boolean {
  return matches(row, queueSpec(id).filter, viewer, now)
}

export function matches(row: CaseRow, filter: QueueFilter, viewer: Viewer, now: EpochMs): boolean {
  return (
    (filter.states === undefined || filter.states.includes(row.state)) &&
    (filter.sources === undefined || filter.sources.includes(row.source)) &&
    (filter.isUrgent === undefined || row.isUrgent) &&
    (filter.isRecused === undefined || row.isRecused === filter.isRecused) &&
    (filter.isSensitive === undefined || row.isSensitive) &&
    (filter.isOverseen === undefined || row.overseenUntil !== null) &&
    (filter.isRequestMine === undefined || row.request?.with.includes(viewer.role) === true) &&
    (filter.hasRequest === undefined || row.request !== null) &&
    (filter.wasReworked === undefined || row.reworks > 0 === filter.wasReworked) &&
    (filter.wasSentBack === undefined || row.sentBacks > 0 === filter.wasSentBack) &&
    (filter.wasUrged === undefined || row.urges > 0) &&
    (filter.needsFollowUp === undefined || row.needsFollowUp) &&
    (filter.isOverdue === undefined || isOverdue(row, now)) &&
    (filter.isOfMyDepartment === undefined || isOfDepartment(row, viewer.departmentCode)) &&
    (filter.isMyTask === undefined || row.collectorNo === viewer.accountNo)
  )
}

export const isOverdue = ({ clock }: CaseRow, now: EpochMs): boolean =>
  clock !== null && clock.pausedSince === null && clock.dueAt < (clock.stoppedAt ?? now)

export const isOfDepartment = (row: CaseRow, code: string | null): boolean =>
  code !== null && (row.departmentCode === code || row.cooperatingCodes.includes(code))
