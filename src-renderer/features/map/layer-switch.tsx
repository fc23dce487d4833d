import { Checkbox } from 'antd'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import type { LayerId } from './city-map'

/** Legend and layer switch in one: what is drawn, with its mark, and whether it is shown. */
export const layerNames: Readonly<Record<LayerId, string>> = {
  cases: '案卷',
  heat: '案卷热力',
  calls: '正在接听',
  collectors: '在岗采集员',
  cameras: '监控点',
  sights: '监控视野',
  components: '部件（放大后）',
  grids: '单元网格与编码',
  areas: '区、街道、社区',
  roads: '道路',
}

export const layerIds = Object.keys(layerNames) as readonly LayerId[]

const marks: Readonly<Record<LayerId, React.ReactNode>> = {
  cases: (
    <>
      <Lamp tone="green" label="时限内" />
      <Lamp tone="amber" label="将超时" />
      <Lamp tone="red" label="已超时" />
    </>
  ),
  heat: <i className="map-mark map-mark-heat" />,
  calls: <i className="map-mark map-mark-call" />,
  collectors: <i className="map-mark map-mark-collector" />,
  sights: <i className="map-mark map-mark-sight" />,
  cameras: <i className="map-mark map-mark-camera" />,
  components: <i className="map-mark map-mark-component" />,
  grids: <i className="map-mark map-mark-grid" />,
  areas: <i className="map-mark map-mark-area" />,
  roads: <i className="map-mark map-mark-road" />,
}

export function LayerSwitch({
  shown,
  counts,
  onChange,
}: {
  readonly shown: ReadonlySet<LayerId>
  /** Those without a figure are not for this post. */
  readonly counts: Readonly<Record<LayerId, number | undefined>>
  onChange(layer: LayerId, isShown: boolean): void
}) {
  return (
    <section className="map-side-part" aria-label="图层与图例">
      <SectionTitle title="图层与图例" />
      <ul className="map-layers">
        {layerIds
          .filter((layer) => counts[layer] !== undefined)
          .map((layer) => (
            <li key={layer}>
              <Checkbox checked={shown.has(layer)} onChange={({ target }) => onChange(layer, target.checked)}>
                {layerNames[layer]}
              </Checkbox>
              <span className="map-marks">{marks[layer]}</span>
              <span className="map-far">{counts[layer]}</span>
            </li>
          ))}
      </ul>
    </section>
  )
}
