import { Checkbox } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { chinaDate } from '#shared/base/china-time'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { nextGridCodes } from '#shared/domain/geodata/divide-grid'
import { changesOfMerging, type Merged } from '#shared/domain/geodata/merge-grids'
import { mergedOutline } from '#shared/domain/geodata/merged-outline'
import type { Outline } from '#shared/domain/geodata/outlines'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { Fact } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import type { City } from '../city'
import type { FeatureProps } from './panel-props'
import { type GridSurroundings, readSurroundings } from './read-surroundings'
import { SaveFoot } from './save-foot'
import { useGeoSave } from './use-geo-save'
import { useWholeInView } from './use-whole-in-view'

/** 合并: a grid and neighbours of its community become one with a new code; what stood in them or named them follows in the same change. */
const faults = {
  apart: '选中的网格没有连成一片，请去掉不相邻的。',
  hole: '合并后中间会空出一块，请把围住的网格一并选上。',
} as const
const mostChanges = 500

export function MergeGrids({ city, map, code }: FeatureProps) {
  const { call } = useBridge()
  const [others, setOthers] = useState<readonly string[]>([])
  const [around, setAround] = useState<readonly GridSurroundings[]>([])
  const [error, setError] = useState<AppError>()
  const [made, setMade] = useState<string>()
  const saving = useGeoSave()
  useWholeInView(map, city.ringOf(code))
  const codes = useMemo(() => [code, ...others], [code, others])
  useEffect(() => {
    let isCurrent = true
    void Promise.all(codes.map((each) => readSurroundings(call, city, each))).then((all) => {
      if (!isCurrent) return
      const failed = all.find((read) => !read.ok)
      setError(failed && !failed.ok ? failed.error : undefined)
      setAround(all.flatMap((read) => (read.ok ? [read.value] : [])))
    })
    return () => {
      isCurrent = false
    }
  }, [call, city, codes])
  const neighbours = useMemo(() => neighboursOf(city, code, others), [city, code, others])
  const ring = useMemo(() => mergedOutline(codes.flatMap((each) => outlineOf(city, each))), [city, codes])
  useEffect(() => {
    if (others.length > 0 && typeof ring === 'object') map?.drawRing({ kind: 'area', ring })
    else map?.stopMeasuring()
    return () => map?.stopMeasuring()
  }, [map, others, ring])
  if (error) return <CodedError error={error} />
  if (made) return <p className="ui-empty">{`已合并为 ${made}，${codes.join('、')} 停用。地图稍后随底数更新。`}</p>
  const isRead = around.length === codes.length && around.every(({ grid }, at) => grid.code === codes[at])
  const merged = isRead && others.length > 0 ? mergedOf(around) : undefined
  const refusal = refusalOf(others.length, merged, isRead)
  async function save(): Promise<void> {
    if (merged && typeof merged === 'object' && (await saving.save(merged.changes))) {
      map?.stopMeasuring()
      setMade(merged.code)
    }
  }
  return (
    <div className="map-form">
      <small>选同一社区里与它相邻的网格；选上后，再相邻的也会列出来。</small>
      <ul className="map-neighbours" aria-label="相邻网格">
        {neighbours.map((each) => (
          <li key={each}>
            <Checkbox
              checked={others.includes(each)}
              onChange={({ target }) => setOthers(target.checked ? [...others, each] : others.filter((one) => one !== each))}
            >
              <span className="map-code">{each}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      {neighbours.length === 0 && <small>同一社区里没有相邻的网格。</small>}
      {others.length > 0 && refusal !== '' && <small role="alert">{refusal}</small>}
      {typeof merged === 'object' && (
        <dl aria-label="合并结果">
          <Fact name={merged.code}>{`${(merged.areaM2 / 1e4).toFixed(2)} 公顷`}</Fact>
          <Fact name="责任网格">{merged.keeper ? `归采集员 ${merged.keeper.code} ${merged.keeper.name ?? ''}` : '未分给采集员'}</Fact>
          <Fact name="随之改动">{`${merged.changes.length - codes.length - 1} 个要素`}</Fact>
        </dl>
      )}
      <SaveFoot saving={saving} refusal={refusal} label="合并" onSave={() => void save()} />
    </div>
  )
}

type Outcome = (Merged & { readonly code: string; readonly areaM2: number }) | string

/** What the merging changes, or why it cannot be. From what the centre has now, not from what the map shows. */
function mergedOf(around: readonly GridSurroundings[]): Outcome {
  const grids = around.map(({ grid }) => grid)
  const ring = mergedOutline(grids.flatMap(({ code, geometry }) => ringIn(code, geometry)))
  if (typeof ring === 'string') return faults[ring]
  const [code] = nextGridCodes(grids[0]?.code.slice(0, 12) ?? '', around[0]?.given ?? [], 1) ?? []
  if (code === undefined) return '这个社区的 999 个网格顺序码已经用完。'
  const naming = [...new Map(around.flatMap((each) => each.naming).map((one) => [`${one.layer}/${one.code}`, one])).values()]
  const within = around.flatMap((each) => each.within)
  const merged = changesOfMerging({ grids, ring, code, within, naming, today: chinaDate(browserClock.now()) })
  if (merged.changes.length > mostChanges) return `随之改动的要素多于 ${mostChanges} 个，请用导入一次替换。`
  const [emptied] = merged.emptied
  if (emptied) return `采集员 ${emptied.code} ${emptied.name ?? ''} 的责任网格只剩这一个，请先给他另分网格。`
  return { ...merged, code, areaM2: ringAreaM2(ring) }
}

function refusalOf(count: number, merged: Outcome | undefined, isRead: boolean): string {
  if (count === 0) return '先选要合并的网格'
  if (!isRead) return '正在向中心取这些网格…'
  return typeof merged === 'string' ? merged : ''
}

const outlineOf = (city: City, code: string): readonly Outline[] => {
  const ring = city.ringOf(code)
  return ring ? [{ code, ring }] : []
}

const ringIn = (code: string, geometry: GridSurroundings['grid']['geometry']): readonly Outline[] => {
  const ring = geometry?.type === 'Polygon' ? geometry.coordinates[0] : undefined
  return ring ? [{ code, ring: ring.map(([lng = 0, lat = 0]) => [lng, lat] as const) }] : []
}

/** Grids of the community that share a side with what is chosen, the chosen ones among them. */
function neighboursOf(city: City, code: string, others: readonly string[]): readonly string[] {
  const chosen = [code, ...others].flatMap((each) => outlineOf(city, each))
  const own = (city.documents.grids?.grids ?? []).filter((grid) => grid.code.startsWith(code.slice(0, 12)) && grid.code !== code)
  const touches = (ring: Outline['ring']) => chosen.some((one) => mergedOutline([one, { code: 'other', ring }]) !== 'apart')
  return own.filter((grid) => others.includes(grid.code) || touches(grid.ring)).map((grid) => grid.code)
}
