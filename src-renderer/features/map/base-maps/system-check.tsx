import { Button } from 'antd'
import { useState } from 'react'
import type { BaseVerdict, Offset } from '#shared/domain/base-map/recognise-base'
import { describeSystem } from '#shared/domain/geo/coordinate-system'
import type { LayerVerdict } from '#shared/domain/geodata/check-known-layers'
import { useTopic } from '../../../bridge/react'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { SectionTitle } from '../../../ui/pane-header'
import type { BaseMap } from '../base-layer'
import type { City } from '../city'
import { type CheckedLayer, checkBase, checkLayers } from './check-base'

/** 坐标自检: names a base map or a layer that is in another coordinate system than it is said to be, with how far off it lies and what to do. */
interface Result {
  readonly bases: readonly { readonly base: BaseMap; readonly verdict: BaseVerdict }[]
  readonly layers: readonly CheckedLayer[]
}

export function SystemCheck({ city }: { readonly city: City }) {
  const sources = useTopic('baseMaps.changed')?.sources ?? []
  const [result, setResult] = useState<Result>()
  const [isBusy, setBusy] = useState(false)
  async function run(): Promise<void> {
    setBusy(true)
    const bases: { base: BaseMap; verdict: BaseVerdict }[] = []
    for (const base of sources) bases.push({ base, verdict: await checkBase(base, city) })
    setResult({ bases, layers: checkLayers(city) })
    setBusy(false)
  }
  return (
    <section className="map-side-part" aria-label="坐标自检">
      <SectionTitle title="坐标自检" meta="底图和图层">
        <Button size="small" loading={isBusy} onClick={() => void run()}>
          {result ? '再检查' : '检查'}
        </Button>
      </SectionTitle>
      {!result && (
        <p className="map-check-about">用本市道路比对外部底图，用网格比对已导入的图层；坐标系不对时说出像哪一种、偏多少米。不改动数据。</p>
      )}
      {result && (
        <ul className="map-checks">
          {result.bases.map(({ base, verdict }) => (
            <Line key={base.sourceId} name={base.name} tone={baseTones[verdict.kind]}>
              {baseWords(base, verdict)}
            </Line>
          ))}
          {result.layers.map(({ name, against, verdict }) => (
            <Line key={name} name={name} tone={layerTones[verdict.kind]}>
              {layerWords(against, verdict)}
            </Line>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ name, tone, children }: { readonly name: string; readonly tone: LampTone; readonly children: string }) {
  return (
    <li>
      <Lamp tone={tone} label="" />
      <div>
        <b>{name}</b>
        <p>{children}</p>
      </div>
    </li>
  )
}

const baseTones: Readonly<Record<BaseVerdict['kind'], LampTone>> = { confirmed: 'green', other: 'red', moved: 'amber', unknown: 'none' }
const layerTones: Readonly<Record<LayerVerdict['kind'], LampTone>> = { confirmed: 'green', other: 'red', unclear: 'amber', nothing: 'none' }

export function baseWords({ coordinates }: Pick<BaseMap, 'coordinates'>, verdict: BaseVerdict): string {
  const said = `声明为 ${describeSystem(coordinates)}`
  switch (verdict.kind) {
    case 'confirmed':
      return `${said}，与本市道路相符${verdict.offset.metres > 0 ? `，相差约 ${verdict.offset.metres} 米` : ''}。`
    case 'other':
      return `${said}，实测不符${verdict.offset ? `：${offsetWords(verdict.offset)}` : ''}，像是 ${verdict.likely}。${verdict.advice}。`
    case 'moved':
      return `${said}，整体${offsetWords(verdict.offset)}，不像 GCJ-02 或 BD-09；可能是北京54、西安80或地方独立坐标系，请向提供单位核实。`
    case 'unknown':
      return `没有结论：${verdict.why}。`
  }
}

const offsetWords = ({ metres, east, north }: Offset): string => {
  const across = east === 0 ? '' : `${east > 0 ? '东' : '西'} ${Math.abs(east)} 米`
  const along = north === 0 ? '' : `${north > 0 ? '北' : '南'} ${Math.abs(north)} 米`
  return `偏 ${metres} 米（${[across, along].filter((each) => each !== '').join('、')}）`
}

export function layerWords(against: string, verdict: LayerVerdict): string {
  switch (verdict.kind) {
    case 'confirmed':
      return `${Math.round(verdict.share * 100)}% 落在${against}内。`
    case 'other':
      return `只有 ${Math.round(verdict.share * 100)}% 落在${against}内，像是 ${verdict.likely}${verdict.metres === null ? '' : `，偏约 ${verdict.metres} 米`}。${verdict.advice}。`
    case 'unclear':
      return `只有 ${Math.round(verdict.share * 100)}% 落在${against}内，不像哪一种坐标系；请核对数据。`
    case 'nothing':
      return '没有可以比对的数据。'
  }
}
