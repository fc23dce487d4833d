import type { ReferenceKind } from '#shared/contracts/reference'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { Lamp } from '../../ui/lamp'
import { OpenLink } from '../../ui/open-target'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { LoadingState } from '../../ui/states'
import { SyncMark } from '../../ui/sync-mark'
import { formatLength, formatMoment, formatOffset } from '../../ui/time-format'

/** What this seat still owes the centre. Nothing to say when it owes nothing. */
export function OutboxSection() {
  const outbox = useTopic('outbox.changed')
  const now = useNow(60_000)
  if (!outbox || outbox.intents.length === 0) return null
  const oldest = Math.min(...outbox.intents.map((intent) => intent.createdAt))
  return (
    <section className="home-section" aria-label="待发送">
      <SectionTitle title="待发送" meta={`${outbox.intents.length} 条`}>
        <span className="ui-meta">
          <OpenLink target="outbox">查看</OpenLink>
        </span>
      </SectionTitle>
      <dl className="ui-facts">
        <Fact name={<SyncMark sync="waiting" />}>{`${outbox.waiting} 条，最早 ${formatMoment(oldest, now)}`}</Fact>
        {outbox.parked > 0 && <Fact name={<SyncMark sync="parked" />}>{`${outbox.parked} 条，须改后重发或撤回`}</Fact>}
      </dl>
    </section>
  )
}

const connectionMarks = {
  online: ['green', '已连接'],
  connecting: ['amber', '正在连接'],
  offline: ['red', '离线'],
} as const

/** How this seat stands with the centre. */
export function StationSection() {
  const connection = useTopic('connection.changed')
  const reference = useTopic('reference.changed')
  const now = useNow(60_000)
  if (!connection) return <LoadingState what="连接状态" />
  const [tone, words] = connectionMarks[connection.state]
  return (
    <section className="home-section" aria-label="本机与中心">
      <SectionTitle title="本机与中心">
        <span className="ui-meta">
          <OpenLink target="connection">详情</OpenLink>
        </span>
      </SectionTitle>
      <dl className="ui-facts">
        <Fact
          name={
            <span className="ui-sync">
              <Lamp tone={tone} label="" />
              中心
            </span>
          }
        >
          {`${words} ${formatLength(Math.max(0, now - connection.since))}，自 ${formatMoment(connection.since, now)} 起`}
        </Fact>
        {connection.reason !== null && <Fact name="原因">{connection.reason}</Fact>}
        <Fact name="往返">{connection.roundTripMs === null ? '—' : `${connection.roundTripMs} 毫秒`}</Fact>
        <Fact name="时钟差">{connection.clockOffsetMs === null ? '尚未对时' : formatOffset(connection.clockOffsetMs)}</Fact>
        <Fact name="基础数据">
          {reference?.readAt == null ? '尚未取得' : `${reference.entries.length} 份，${formatMoment(reference.readAt, now)} 取得`}
        </Fact>
      </dl>
    </section>
  )
}

const kindNames: Readonly<Record<ReferenceKind, string>> = {
  classification: '分类',
  handlingLimits: '处置时限',
  departments: '责任单位',
  areas: '区划',
  calendar: '工作日历',
  shiftPatterns: '班次',
  grids: '网格边界',
  streetsNetwork: '道路',
  places: '地名',
  cameras: '监控点',
  qualityForm: '质检评分表',
  components: '部件',
  patrolAreas: '责任网格',
  departmentAreas: '部门范围',
  mapTiles: '地图切片',
  baseMaps: '外部底图',
  responsibility: '责任矩阵',
  handbook: '指挥手册',
  centreProfile: '中心配置',
  proposalModel: '小类建议',
  knowledge: '知识库与话术',
}

/** Which reference data this seat carries, with how much is in each. */
export function ReferenceSection() {
  const reference = useTopic('reference.changed')
  const { isLive } = useFreshness(reference?.readAt)
  if (!reference) return <LoadingState what="基础数据目录" />
  return (
    <section className="home-section home-fill home-scroll" aria-label="基础数据">
      <SectionTitle title="标准与区划" meta={`${reference.entries.length} 份，离线可查`}>
        <span className="ui-meta">
          <OpenLink target="reference">打开</OpenLink>
        </span>
      </SectionTitle>
      <dl className={isLive ? 'ui-facts' : 'ui-facts ui-dimmed'}>
        {reference.entries.map((entry) => (
          <Fact key={`${entry.kind}/${entry.id}`} name={`${kindNames[entry.kind]} ${entry.id}`}>
            {`${entry.entries} 项${entry.origin === 'demonstration' ? '（演示）' : ''}`}
          </Fact>
        ))}
      </dl>
    </section>
  )
}
