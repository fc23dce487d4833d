import { type ComponentType, lazy } from 'react'
import { callTakers } from '#shared/contracts/central-api/callers'
import { followUpReaders } from '#shared/contracts/central-api/follow-ups'
import { ledgerReaders } from '#shared/contracts/central-api/ledger'
import { qualityReaders } from '#shared/contracts/central-api/quality'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import { wallReaders } from '#shared/contracts/central-api/walls'
import type { PaneId } from '#shared/contracts/seat-api/views'
import type { RoleId } from '#shared/domain/account/role'
import { replyReaders } from '#shared/domain/case/reply'
import { registrars } from '#shared/domain/case/transitions'
import { caseReaders } from '#shared/domain/case/visibility'
import { useTopic } from '../bridge/react'
import { useNowAs } from '../bridge/use-now'
import { CallLogPane } from '../features/call-log/call-log-pane'
import { type CaseFocus, CasePane } from '../features/cases/case-pane'
import { RegistrationPane } from '../features/cases/registration/registration-pane'
import { DutyLogPane } from '../features/handover/duty-log-pane'
import { ShiftPane } from '../features/handover/shift-pane'
import { HomePane } from '../features/home/home-pane'
import { ReferencePane } from '../features/reference/reference-pane'
import type { LampTone } from '../ui/lamp'
import type { IconName } from './icons'
import type { KeyHandlerId } from './keyboard/keys'

/**
 * The pane registry: everything that can fill the working area, one row each, in the order of the rail. The rail, the Alt keys, the command
 * line, the pane menus and the popped-out windows all read it. A new pane is a row here and an id in the seat API's `PaneId`.
 */
export interface PaneSpec {
  readonly id: PaneId
  readonly title: string
  /** Two characters under the icon. */
  readonly railTitle: string
  readonly icon: IconName
  readonly key: Extract<KeyHandlerId, `pane.${string}`>
  readonly roles: 'all' | readonly RoleId[]
  readonly component: ComponentType<PaneProps>
  /** Number and worst lamp beside the icon. */
  readonly useCount?: () => PaneCount | undefined
}

export interface PaneProps {
  /** What the command line asked the pane to show; a new object each time. */
  readonly focus?: ReferenceFocus
  readonly caseFocus?: CaseFocus
}

export interface ReferenceFocus {
  readonly kind: string
  readonly id: string
  readonly code?: string
}

export interface PaneCount {
  readonly count: number
  readonly tone: LampTone
  readonly words: string
}

/** Its tables and forms weigh as much as the rest together, and few posts open it: read when it is first shown. */
const AdministrationPane = lazy(async () => ({
  default: (await import('../features/administration/administration-pane')).AdministrationPane,
}))

/** Read when it is first shown. */
const FollowUpsPane = lazy(async () => ({ default: (await import('../features/cases/follow-ups/follow-ups-pane')).FollowUpsPane }))

/** Read when it is first shown. */
const QualityPane = lazy(async () => ({ default: (await import('../features/call-log/quality/quality-pane')).QualityPane }))

/** Few posts open it: read when it is first shown. */
const RepliesPane = lazy(async () => ({ default: (await import('../features/cases/replies/replies-pane')).RepliesPane }))

/** Read beside a call, and else seldom: read when it is first shown. */
const KnowledgePane = lazy(async () => ({ default: (await import('../features/knowledge/knowledge-pane')).KnowledgePane }))

/** One post of many opens it: read when it is first shown. */
const WallPane = lazy(async () => ({ default: (await import('../features/wall/wall-pane')).WallPane }))

/** OpenLayers weighs more than the rest of the working area: read when a map is first shown. */
const MapPane = lazy(async () => ({ default: (await import('../features/map/map-pane')).MapPane }))

function useUnsentCount(): PaneCount | undefined {
  const outbox = useTopic('outbox.changed')
  if (!outbox || outbox.waiting + outbox.parked === 0) return undefined
  const { waiting, parked } = outbox
  if (parked > 0) return { count: waiting + parked, tone: 'red', words: `${parked} 条未被接受，${waiting} 条待发送` }
  return { count: waiting, tone: 'late', words: `${waiting} 条待发送` }
}

/** All queues of the post together: an open case can stand in two of them, and is then to be seen to twice. */
function useCaseCount(): PaneCount | undefined {
  const queues = useTopic('queues.changed')?.queues
  if (!queues) return undefined
  const sum = (of: 'count' | 'red' | 'amber') => queues.reduce((total, queue) => total + queue[of], 0)
  const [count, red, amber] = [sum('count'), sum('red'), sum('amber')]
  if (count === 0) return undefined
  return { count, tone: red > 0 ? 'red' : amber > 0 ? 'amber' : 'green', words: `${count} 件案卷，${red} 件已超时，${amber} 件将超时` }
}

/** Numbers to be called back; red once the first is overdue. */
function useMissedCount(): PaneCount | undefined {
  const missed = useTopic('callLog.changed')?.missed
  const late = useNowAs(10_000, (now) => missed?.filter(({ dueAt }) => dueAt !== null && dueAt < now).length ?? 0)
  if (!missed || missed.length === 0) return undefined
  const words = `${missed.length} 个来电待回拨${late > 0 ? `，${late} 个已过时限` : ''}`
  return { count: missed.length, tone: late > 0 ? 'red' : 'amber', words }
}

/** Cases that wait for a word with their citizen. */
function useFollowUpCount(): PaneCount | undefined {
  const due = useTopic('queues.changed')?.queues.find(({ queue }) => queue === 'followUpsDue')
  if (!due || due.count === 0) return undefined
  const tone = due.red > 0 ? 'red' : due.amber > 0 ? 'amber' : 'green'
  return { count: due.count, tone, words: `${due.count} 件待回访，${due.red} 件已超时` }
}

/** Cells that do not show what was asked for. */
function useWallFaults(): PaneCount | undefined {
  const walls = useTopic('wall.changed')?.walls
  const failed = walls?.flatMap(({ wall }) => wall.cells).filter(({ phase }) => phase === 'failed').length ?? 0
  return failed === 0 ? undefined : { count: failed, tone: 'red', words: `${failed} 格没有按要求显示` }
}

/** Handovers that wait to be accepted. */
function useHandoverCount(): PaneCount | undefined {
  const waiting = useTopic('handover.changed')?.handovers.filter(({ stage }) => stage === 'sealed' || stage === 'left').length ?? 0
  return waiting === 0 ? undefined : { count: waiting, tone: 'amber', words: `${waiting} 次交接待接班` }
}

/** Who takes calls sees the own results; reviewers score; 指挥长 reads the figures. */
const qualityPosts: readonly RoleId[] = [...new Set<RoleId>([...callTakers, ...qualityReaders, ...ledgerReaders])]

/** Who speaks with citizens, or answers for what is said to them. */
const knowledgeReaders: readonly RoleId[] = [
  'intake',
  'shiftLead',
  'opinionMonitor',
  'dispatcher',
  'supervisor',
  'commander',
  'assistant',
  'director',
]

export const panes: readonly PaneSpec[] = [
  {
    id: 'home',
    title: '首页',
    railTitle: '首页',
    icon: 'home',
    key: 'pane.0',
    roles: 'all',
    component: HomePane,
  },
  {
    id: 'registration',
    title: '登记案卷',
    railTitle: '登记',
    icon: 'pen',
    key: 'pane.1',
    roles: registrars.filter((role) => role !== 'collector'),
    component: RegistrationPane,
  },
  {
    id: 'cases',
    title: '案卷',
    railTitle: '案卷',
    icon: 'cases',
    key: 'pane.2',
    roles: caseReaders.filter((role) => role !== 'collector'),
    component: CasePane,
    useCount: useCaseCount,
  },
  {
    id: 'map',
    title: '地图',
    railTitle: '地图',
    icon: 'place',
    key: 'pane.3',
    roles: 'all',
    component: MapPane,
  },
  {
    id: 'wall',
    title: '大屏',
    railTitle: '大屏',
    icon: 'wall',
    key: 'pane.4',
    roles: wallReaders,
    component: WallPane,
    useCount: useWallFaults,
  },
  {
    id: 'dutyLog',
    title: '工作日志',
    railTitle: '日志',
    icon: 'dutyLog',
    key: 'pane.5',
    roles: 'all',
    component: DutyLogPane,
    useCount: useUnsentCount,
  },
  {
    id: 'handover',
    title: '交接班',
    railTitle: '交接',
    icon: 'handover',
    key: 'pane.6',
    roles: shiftPosts,
    component: ShiftPane,
    useCount: useHandoverCount,
  },
  {
    id: 'reference',
    title: '标准与区划',
    railTitle: '标准',
    icon: 'reference',
    key: 'pane.7',
    roles: 'all',
    component: ReferencePane,
  },
  {
    id: 'callLog',
    title: '通话记录',
    railTitle: '通话',
    icon: 'telephone',
    key: 'pane.8',
    roles: 'all',
    component: CallLogPane,
    useCount: useMissedCount,
  },
  {
    id: 'followUps',
    title: '回访与回拨',
    railTitle: '回访',
    icon: 'followUps',
    key: 'pane.followUps',
    roles: followUpReaders,
    component: FollowUpsPane,
    useCount: useFollowUpCount,
  },
  {
    id: 'replies',
    title: '待回复',
    railTitle: '回复',
    icon: 'replies',
    key: 'pane.replies',
    roles: replyReaders,
    component: RepliesPane,
  },
  {
    id: 'knowledge',
    title: '知识库与话术',
    railTitle: '知识',
    icon: 'knowledge',
    key: 'pane.knowledge',
    roles: knowledgeReaders,
    component: KnowledgePane,
  },
  {
    id: 'quality',
    title: '质检与台账',
    railTitle: '质检',
    icon: 'quality',
    key: 'pane.quality',
    roles: qualityPosts,
    component: QualityPane,
  },
  {
    id: 'administration',
    title: '管理',
    railTitle: '管理',
    icon: 'administration',
    key: 'pane.9',
    roles: ['admin', 'director', 'shiftLead', 'commander', 'assistant'],
    component: AdministrationPane,
  },
]

export function panesOf(role: RoleId): readonly PaneSpec[] {
  return panes.filter((pane) => pane.roles === 'all' || pane.roles.includes(role))
}

export function paneOf(id: PaneId): PaneSpec | undefined {
  return panes.find((pane) => pane.id === id)
}
