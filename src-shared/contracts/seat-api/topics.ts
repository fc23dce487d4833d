import { Type } from 'typebox'
import { PatrolStopSchema } from '../central-api/patrols'
import { EpochMs, Uuid } from '../common'
import { EquipmentView } from '../equipment-shapes'
import { CameraStates } from '../gb-shapes'
import { EntryKindSchema } from '../quality-shapes'
import { SteeringsView } from '../steering-shapes'
import { BaseMapsView } from './base-map-views'
import { CallersView } from './caller-views'
import { BulkView, CaseChangesView, CaseLocksView, QueuesView } from './case-views'
import { type TopicSpec, topic } from './command'
import { HandoverView, PostView } from './shift-views'
import { AgentsView, CallLogView, CallQualityView, QueueView, TelephoneSettings, TelephoneView } from './telephone-views'
import {
  CentreView,
  CollectorsView,
  ConnectionView,
  DutyLogView,
  MapTilesView,
  NoticesView,
  OnDutyView,
  OutboxView,
  ReferenceView,
  SessionView,
  SettingsView,
} from './views'
import { WallScreensView } from './wall-screen-views'
import { WallsView } from './wall-views'

const PatrolView = Type.Object({ stops: Type.Array(PatrolStopSchema) })

const QualityView = Type.Object({
  /** When something last became different at the centre, as this seat heard it: lists are then read again. */
  changedAt: EpochMs,
  /** One's own steps that wait to be sent. */
  waiting: Type.Array(Type.Object({ callId: Uuid, kind: EntryKindSchema })),
})

/** What the core broadcasts. Names are past tense; each message is the whole state with its revision. */
export const topics = {
  'session.changed': topic({ summary: '签入、锁定与班次', state: SessionView, visible: 'always' }),
  'connection.changed': topic({ summary: '与中心的连接', state: ConnectionView, visible: 'always' }),
  'centre.changed': topic({ summary: '中心名称、坐席、今日班次', state: CentreView, visible: 'always' }),
  'settings.changed': topic({ summary: '界面设置', state: SettingsView, visible: 'always' }),
  'notices.changed': topic({ summary: '通知', state: NoticesView, visible: 'always' }),
  'outbox.changed': topic({ summary: '待发送', state: OutboxView, visible: 'signedIn' }),
  'dutyLog.changed': topic({ summary: '工作日志', state: DutyLogView, visible: 'signedIn' }),
  'handover.changed': topic({ summary: '交接班', state: HandoverView, visible: 'signedIn' }),
  // Shown on the lock itself: whoever comes back sees how long they were away.
  'post.changed': topic({ summary: '离岗计时', state: PostView, visible: 'always' }),
  'onDuty.changed': topic({ summary: '在岗人员', state: OnDutyView, visible: 'signedIn' }),
  'queues.changed': topic({ summary: '本岗位各队列的件数与灯', state: QueuesView, visible: 'signedIn' }),
  'cases.changed': topic({ summary: '刚变动的案卷（最近一批）', state: CaseChangesView, visible: 'signedIn' }),
  'locks.changed': topic({ summary: '谁正在编辑哪件案卷', state: CaseLocksView, visible: 'signedIn' }),
  'bulk.changed': topic({ summary: '批量办理的进度', state: BulkView, visible: 'signedIn' }),
  'telephone.changed': topic({ summary: '电话：线路、坐席状态、通话', state: TelephoneView, visible: 'signedIn' }),
  'callers.changed': topic({ summary: '来电人：以前的来电与案卷', state: CallersView, visible: 'signedIn' }),
  'callQuality.changed': topic({ summary: '通话中每秒的音质', state: CallQualityView, visible: 'signedIn' }),
  'callLog.changed': topic({ summary: '最近通话与待回拨的未接来电', state: CallLogView, visible: 'signedIn' }),
  'agents.changed': topic({ summary: '各坐席此刻的状态（值班长等）', state: AgentsView, visible: 'signedIn' }),
  'queue.changed': topic({ summary: '热线排队：几人在等、最久多久', state: QueueView, visible: 'signedIn' }),
  'collectors.changed': topic({ summary: '监督员此刻的位置（受理员、值班长等）', state: CollectorsView, visible: 'signedIn' }),
  'telephoneSettings.changed': topic({ summary: '话音设备、音量与自动应答', state: TelephoneSettings, visible: 'always' }),
  'mapTiles.changed': topic({ summary: '本机的地图切片与下载进度', state: MapTilesView, visible: 'signedIn' }),
  'baseMaps.changed': topic({ summary: '外部底图：可选哪些、是否陈旧、本机缓存', state: BaseMapsView, visible: 'signedIn' }),
  'reference.changed': topic({ summary: '基础数据目录', state: ReferenceView, visible: 'signedIn' }),
  'wall.changed': topic({ summary: '大屏：各格要求与实况、场景、轮巡、变更记录', state: WallsView, visible: 'signedIn' }),
  'equipment.changed': topic({ summary: '设备台账与报障单，含待发送的', state: EquipmentView, visible: 'signedIn' }),
  'patrol.changed': topic({ summary: '今天的视频巡查：各站，含待发送的', state: PatrolView, visible: 'signedIn' }),
  'quality.changed': topic({ summary: '质检：中心何时有变动，本人哪几步待发送', state: QualityView, visible: 'signedIn' }),
  'steering.changed': topic({ summary: '谁在操作哪路云台（签入以来听到的）', state: SteeringsView, visible: 'signedIn' }),
  'cameraStates.changed': topic({ summary: '探头在线还是离线（中心掌握的）', state: CameraStates, visible: 'signedIn' }),
  // The hall goes on seeing its wall while the seat that drives it is locked.
  'wallScreens.changed': topic({ summary: '软件大屏各窗口要显示的画面', state: WallScreensView, visible: 'always' }),
} as const satisfies Record<string, TopicSpec>
