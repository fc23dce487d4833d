import type { EpochMs } from '#shared/base/clock'
import type { SeatCheckOnFile } from '#shared/contracts/central-api/seat-checks'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { roles } from '#shared/domain/account/role'
import { checkWords } from '#shared/domain/call/seat-check'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatLength, formatMoment } from '../../ui/time-format'
import { useSeatChecks } from './use-seat-checks'

type Person = StateOfTopic<'onDuty.changed'>['people'][number]
const bySeat = (a: { readonly seatNo: string }, b: { readonly seatNo: string }) => Number(a.seatNo) - Number(b.seatNo)

/** Who is at a seat now, by seat number. */
export function PeopleSection() {
  const view = useTopic('onDuty.changed')
  const now = useNow(60_000)
  const fresh = useFreshness(view?.readAt)
  const people = [...(view?.people ?? [])].sort(bySeat)
  return (
    <section className="home-section home-fill" aria-label="在岗人员">
      <SectionTitle title="在岗人员" meta={view && `${people.length} 人`}>
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
      </SectionTitle>
      {view === undefined ? (
        <LoadingState what="在岗人员" />
      ) : (
        <DataGrid
          label="在岗人员"
          rows={people}
          rowKey={(person) => person.sessionId}
          columns={personColumns(now)}
          isDimmed={!fresh.isLive}
          empty={<EmptyState text={fresh.isLive ? '此刻没有别人在岗。' : '还没有从中心取得在岗人员，连上后自动显示。'} />}
        />
      )}
    </section>
  )
}

function personColumns(now: EpochMs): readonly GridColumn<Person>[] {
  return [
    { key: 'seat', title: '坐席', width: '32px', render: (person) => <b>{person.seatNo}</b> },
    { key: 'name', title: '姓名', width: '56px', render: (person) => person.name },
    { key: 'role', title: '岗位', width: 'minmax(0,1fr)', render: (person) => roles[person.role] },
    {
      key: 'since',
      title: '签入',
      width: '40px',
      align: 'right',
      render: (person) => <span className="home-quiet">{formatMoment(person.since, now)}</span>,
    },
    {
      key: 'length',
      title: '在岗',
      width: '88px',
      align: 'right',
      render: (person) => <span className="home-quiet">{formatLength(Math.max(0, now - person.since))}</span>,
    },
  ]
}

interface SeatLine {
  readonly seatNo: string
  readonly name: string
  readonly extension: string | null
  readonly person: Person | undefined
}

/** Every seat that the centre knows, and who is at it. */
export function SeatsSection() {
  const centre = useTopic('centre.changed')
  const onDuty = useTopic('onDuty.changed')
  const now = useNow(60_000)
  const fresh = useFreshness(centre?.readAt)
  const lines = (centre?.centre?.seats ?? [])
    .map((seat): SeatLine => ({ ...seat, person: onDuty?.people.find((person) => person.seatNo === seat.seatNo) }))
    .sort(bySeat)
  const checks = useSeatChecks()
  const taken = lines.filter((line) => line.person).length
  return (
    <section className="home-section home-fill" aria-label="坐席">
      <SectionTitle title="坐席" meta={centre?.centre && `${lines.length} 席，在用 ${taken}`}>
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
      </SectionTitle>
      {centre === undefined ? (
        <LoadingState what="坐席" />
      ) : (
        <DataGrid
          label="坐席"
          rows={lines}
          rowKey={(line) => line.seatNo}
          columns={checks ? [...seatColumns, checkColumn(checks, now)] : seatColumns}
          isDimmed={!fresh.isLive}
          empty={<EmptyState text={centre.centre ? '中心还没有登记坐席，请系统管理员登记。' : '还没有从中心取得坐席，连上后自动显示。'} />}
        />
      )}
    </section>
  )
}

const seatColumns: readonly GridColumn<SeatLine>[] = [
  { key: 'seat', title: '坐席', width: '32px', render: (line) => <b>{line.seatNo}</b> },
  { key: 'name', title: '位置', width: 'minmax(0,1fr)', render: (line) => line.name },
  { key: 'extension', title: '分机', width: '40px', render: (line) => <span className="home-quiet">{line.extension ?? '—'}</span> },
  {
    key: 'person',
    title: '在用',
    width: '84px',
    render: (line) => (
      <span className="ui-sync">
        <Lamp tone={line.person ? 'green' : 'none'} label="" />
        {line.person ? line.person.name : '空'}
      </span>
    ),
  },
]

/** What the person found who tried the seat's telephone today. */
function checkColumn(checks: ReadonlyMap<string, SeatCheckOnFile>, now: EpochMs): GridColumn<SeatLine> {
  return {
    key: 'check',
    title: '自检',
    width: '92px',
    render({ seatNo, extension }) {
      const check = checks.get(seatNo)
      const found = check && checkWords(check.steps)
      if (!check || !found) return <span className="home-quiet">{extension === null ? '' : '未做'}</span>
      return (
        <span className="ui-sync" title={`${check.name} ${formatMoment(check.at, now)}：${found.words}`}>
          <Lamp tone={found.isGood ? 'green' : 'red'} label="" />
          <span className="home-check">{found.words}</span>
        </span>
      )
    },
  }
}
