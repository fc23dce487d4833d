import { Button } from 'antd'
import type { AppError } from '#shared/base/app-error'
import type { TrackPoint } from '#shared/contracts/central-api/field'
import { metresBetween } from '#shared/domain/geo/position'
import { formatMetres } from '../../ui/distance'
import { Lamp } from '../../ui/lamp'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'
import { CaseList } from './identify'
import type { PlacedCase } from './use-case-points'
import type { ShownCollector } from './use-collectors'

/** Collectors on duty, those outside their area first; a click goes there. */
export function CollectorList({
  collectors,
  now,
  onChoose,
}: {
  readonly collectors: readonly ShownCollector[]
  readonly now: number
  onChoose(collector: ShownCollector): void
}) {
  const outside = collectors.filter(({ outsideSince }) => outsideSince !== null).length
  const rank = (one: ShownCollector) => (one.outsideSince !== null ? 0 : one.isLost ? 1 : 2)
  const sorted = [...collectors].sort((a, b) => rank(a) - rank(b) || (a.accountNo < b.accountNo ? -1 : 1))
  return (
    <section className="map-side-part" aria-label="在岗采集员">
      <SectionTitle title="在岗采集员" meta={`${collectors.length} 人${outside > 0 ? `，越界 ${outside}` : ''}`} />
      {collectors.length === 0 && <p className="ui-empty">现在没有在岗的采集员。</p>}
      <ul className="map-near map-collectors">
        {sorted.map((one) => (
          <li key={one.accountNo}>
            <CollectorLamp collector={one} />
            <button type="button" className="ui-link" onClick={() => onChoose(one)}>
              {one.name}
            </button>
            <span className="map-far">{stateWords(one, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CollectorLamp({ collector }: { readonly collector: ShownCollector }) {
  if (collector.outsideSince !== null) return <Lamp tone="red" label="越界" />
  return collector.isLost ? <Lamp tone="late" label="久未定位" /> : <Lamp tone="green" label="在责任网格内" />
}

function stateWords({ outsideSince, isLost, positionAt }: ShownCollector, now: number): string {
  if (isLost) return `${formatMoment(positionAt ?? 0, now)} 后未定位`
  return outsideSince === null ? '' : `越界 ${Math.max(1, Math.round((now - outsideSince) / 60_000))} 分`
}

/** One collector: where, since when, what they have to do, and the way they went. */
export function CollectorDetail(given: {
  readonly collector: ShownCollector
  readonly rows: readonly PlacedCase[]
  readonly levelOf: (row: PlacedCase) => number
  readonly now: number
  readonly track: {
    readonly points: readonly TrackPoint[] | undefined
    readonly error: AppError | undefined
    readonly mayRead: boolean
    read(): Promise<void>
  }
}) {
  const { collector, rows, levelOf, now, track } = given
  const tasks = rows.filter(({ collectorNo }) => collectorNo === collector.accountNo)
  const { points } = track
  return (
    <>
      <section className="map-side-part" aria-label="采集员">
        <SectionTitle title={`采集员 ${collector.name}`} meta={collector.accountNo} />
        <dl>
          <Fact name="定位">
            {formatMoment(collector.positionAt ?? 0, now)}
            {collector.accuracyM !== null && `，误差约 ${collector.accuracyM} 米`}
          </Fact>
          <Fact name="责任网格">
            {collector.outsideSince === null ? (
              '在内'
            ) : (
              <b className="ui-overrun">{`${formatMoment(collector.outsideSince, now)} 起越界`}</b>
            )}
          </Fact>
          {points && <Fact name="轨迹">{trackWords(points, now)}</Fact>}
        </dl>
        {track.mayRead && !points && (
          <p className="map-side-act">
            <Button size="small" onClick={() => void track.read()}>
              看八小时轨迹
            </Button>
            <small>查看会记入审计日志</small>
          </p>
        )}
        {track.error && <CodedError error={track.error} onRetry={() => void track.read()} />}
      </section>
      <CaseList title="手上任务" rows={tasks} levelOf={levelOf} empty="本机队列里没有其手上的任务。" />
    </>
  )
}

const walkedM = (points: readonly TrackPoint[]): number =>
  points.reduce((sum, { position }, at) => sum + metresBetween(points[at - 1]?.position ?? position, position), 0)

function trackWords(points: readonly TrackPoint[], now: number): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return '八小时内没有定位'
  const outside = points.filter(({ isOutside }) => isOutside).length
  return `${formatMoment(first.at, now)} 至 ${formatMoment(last.at, now)}，${points.length} 个点，走了约 ${formatMetres(walkedM(points))}${
    outside > 0 ? `，越界 ${outside} 个点` : ''
  }`
}
