import { Button, Slider } from 'antd'
import type { EpochMs } from '#shared/base/clock'
import { SectionTitle } from '../../ui/pane-header'
import { formatMoment } from '../../ui/time-format'
import type { CasesInTime } from './use-cases-in-time'

/** When the cases on the map were reported; the bar between its ends is drawn along, so that a day walks over a month. */
export function TimeSlider({ scale, span, inTime, choose, now }: CasesInTime & { readonly now: EpochMs }) {
  const { from, stepMs, counts } = scale
  const [first, end] = span
  const momentOf = (step: number) => from + step * stepMs
  const words = (step: number) => (step === 0 ? '更早' : step === counts.length ? '现在' : formatMoment(momentOf(step), now))
  const most = Math.max(1, ...counts)
  const isAll = first === 0 && end === counts.length
  return (
    <section className="map-side-part" aria-label="按登记时间">
      <SectionTitle title="按登记时间" meta={`${inTime.length} 件`}>
        {!isAll && (
          <Button size="small" type="link" onClick={() => choose(undefined)}>
            全部
          </Button>
        )}
      </SectionTitle>
      <div className="map-span">
        <div className="map-bars" aria-hidden="true">
          {counts.map((count, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the row.
            <i key={at} className={at >= first && at < end ? 'is-in' : ''} style={{ height: count === 0 ? 1 : 3 + (count / most) * 25 }} />
          ))}
        </div>
        <Slider
          range={{ draggableTrack: true }}
          min={0}
          max={counts.length}
          value={[first, end]}
          tooltip={{ formatter: (step = 0) => words(step) }}
          ariaLabelForHandle={['从何时', '到何时']}
          onChange={([start = 0, until = counts.length]: number[]) => {
            if (until > start) choose([start, until])
          }}
        />
        <div className="map-span-ends">
          <span>{words(first)}</span>
          <span>{words(end)}</span>
        </div>
      </div>
    </section>
  )
}
