import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { chinaDate } from '#shared/base/china-time'
import { type Ring, ringAreaM2 } from '#shared/domain/geo/ring'
import { changesOfDivision, nextGridCodes } from '#shared/domain/geodata/divide-grid'
import { divided } from '#shared/domain/geodata/outlines'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { Fact } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import type { FeatureProps } from './panel-props'
import { type GridSurroundings, readSurroundings } from './read-surroundings'
import { SaveFoot } from './save-foot'
import { useGeoSave } from './use-geo-save'
import { useWholeInView } from './use-whole-in-view'

/** 拆分: a line drawn across a grid makes two of it, with new codes; what stood in it or named it follows in the same change. */
const faults = {
  notAcross: '分割线没有穿过这个网格：从一侧边界外画到另一侧边界外，双击结束。',
  crossesOften: '分割线与边界相交多于两处，请重画。',
} as const
const mostChanges = 500

export function DivideGrid({ city, map, code }: FeatureProps) {
  const { call } = useBridge()
  const [around, setAround] = useState<GridSurroundings>()
  const [error, setError] = useState<AppError>()
  const [line, setLine] = useState<Ring>()
  const [made, setMade] = useState<readonly string[]>()
  const saving = useGeoSave()
  useWholeInView(map, city.ringOf(code))
  useEffect(() => {
    let isCurrent = true
    void readSurroundings(call, city, code).then((read) => {
      if (!isCurrent) return
      if (read.ok) setAround(read.value)
      else setError(read.error)
    })
    return () => {
      isCurrent = false
    }
  }, [call, city, code])
  if (error) return <CodedError error={error} />
  if (made) return <p className="ui-empty">{`已拆分为 ${made.join(' 和 ')}，${code} 停用。地图稍后随底数更新。`}</p>
  if (!around) return <p className="ui-empty">正在向中心取这个网格和其中的要素…</p>
  const { grid, within, naming, given } = around
  const ring = grid.geometry?.type === 'Polygon' ? grid.geometry.coordinates[0] : undefined
  const parts = ring && line && divided(ring, line)
  const codes = nextGridCodes(code.slice(0, 12), given, 2) as readonly [string, string] | undefined
  const today = chinaDate(browserClock.now())
  const changes = codes && typeof parts === 'object' ? changesOfDivision({ grid, parts, codes, within, naming, today }) : undefined
  const refusal = !codes
    ? '这个社区的 999 个网格顺序码已经用完。'
    : !line
      ? '先画分割线'
      : typeof parts === 'string'
        ? faults[parts]
        : (changes?.length ?? 0) > mostChanges
          ? `随之改动的要素多于 ${mostChanges} 个，请用导入一次替换。`
          : ''
  async function save(): Promise<void> {
    if (changes && codes && (await saving.save(changes))) {
      map?.stopMeasuring()
      setMade(codes)
    }
  }
  return (
    <div className="map-form">
      <span className="map-side-buttons">
        <Button size="small" onClick={() => map?.measure('distance', (drawn) => setLine(drawn.ring))}>
          {line ? '重画分割线' : '画分割线'}
        </Button>
      </span>
      {line === undefined ? (
        <small>从网格一侧边界外点起，可以拐弯，画到另一侧边界外双击。原编码停用，不再使用。</small>
      ) : (
        refusal !== '' && <small role="alert">{refusal}</small>
      )}
      {typeof parts === 'object' && codes && (
        <dl aria-label="拆分结果">
          {parts.map((part, at) => (
            <Fact key={codes[at]} name={codes[at] ?? ''}>{`${(ringAreaM2(part) / 1e4).toFixed(2)} 公顷`}</Fact>
          ))}
          <Fact name="随之改动">{`格内部件、地名 ${within.length}，点名它的责任网格、监控点等 ${naming.length}`}</Fact>
        </dl>
      )}
      <SaveFoot saving={saving} refusal={refusal} label="拆分" onSave={() => void save()} />
    </div>
  )
}
