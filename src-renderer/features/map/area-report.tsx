import { useMemo } from 'react'
import { boundsOf, isInRing, type Ring } from '#shared/domain/geo/ring'
import { Fact, SectionTitle } from '../../ui/pane-header'
import type { City } from './city'
import { CaseList } from './identify'
import type { PlacedCase } from './use-case-points'
import type { ShownCollector } from './use-collectors'

/** What lies in an area that was drawn, or around a place: figures first, then its cases. All from what the seat holds. */
interface AreaReportProps {
  readonly city: City
  readonly ring: Ring
  readonly rows: readonly PlacedCase[]
  readonly collectors: readonly ShownCollector[]
  readonly levelOf: (row: PlacedCase) => number
}

const mostKinds = 8

export function AreaReport({ city, ring, rows, collectors, levelOf }: AreaReportProps) {
  const counted = useMemo(() => countIn(city, ring), [city, ring])
  const cases = rows.filter(({ position }) => isInRing(ring, position))
  const people = collectors.filter(({ position }) => isInRing(ring, position))
  const kinds = tally(cases.map(({ subclassName }) => subclassName))
  return (
    <>
      <section className="map-side-part" aria-label="圈内统计">
        <SectionTitle title="圈内" meta={`案卷 ${cases.length}，部件 ${counted.components}`} />
        <dl>
          <Fact name="网格">{`${counted.grids} 个（中心在内）`}</Fact>
          <Fact name="监控点">{counted.cameras}</Fact>
          <Fact name="部件">{counted.components === 0 ? '0' : words(counted.kinds, counted.components)}</Fact>
          <Fact name="部件问题">{`破损 ${counted.damaged}，丢失 ${counted.lost}`}</Fact>
          {cases.length > 0 && <Fact name="案卷小类">{words(kinds, cases.length)}</Fact>}
          {people.length > 0 && <Fact name="采集员">{people.map(({ name }) => name).join('、')}</Fact>}
        </dl>
      </section>
      <CaseList title="圈内案卷" rows={cases} levelOf={levelOf} />
    </>
  )
}

/** Those that lie in the box around the ring are looked at; a hundred thousand comparisons of numbers take a few milliseconds. */
function countIn(city: City, ring: Ring) {
  const { west, south, east, north } = boundsOf(ring)
  const isIn = ({ lng, lat }: { readonly lng: number; readonly lat: number }) =>
    lng >= west && lng <= east && lat >= south && lat <= north && isInRing(ring, { lng, lat })
  const components = city.components.filter(({ position }) => isIn(position))
  const grids = (city.documents.grids?.grids ?? []).filter(({ ring: outline }) => {
    const box = boundsOf(outline)
    return isIn({ lng: (box.west + box.east) / 2, lat: (box.south + box.north) / 2 })
  })
  return {
    grids: grids.length,
    cameras: city.cameras.filter(({ position }) => isIn(position)).length,
    components: components.length,
    damaged: components.filter(({ state }) => state === 1).length,
    lost: components.filter(({ state }) => state === 2).length,
    kinds: tally(components.map(({ name }) => name)),
  }
}

function tally(names: readonly string[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

function words(kinds: readonly (readonly [string, number])[], total: number): string {
  const shown = kinds.slice(0, mostKinds)
  const rest = total - shown.reduce((sum, [, count]) => sum + count, 0)
  return [...shown.map(([name, count]) => `${name} ${count}`), ...(rest > 0 ? [`其他 ${rest}`] : [])].join('，')
}
