import { Button } from 'antd'
import { useState } from 'react'
import type { Position } from '#shared/domain/geo/position'
import { geoLayers } from '#shared/domain/geodata/layers'
import { SectionTitle } from '../../../ui/pane-header'
import type { City } from '../city'
import { BorderEditor } from './border-editor'
import { DivideGrid } from './divide-grid'
import { FeatureForm } from './feature-form'
import { MergeGrids } from './merge-grids'
import { NewComponent } from './new-component'
import type { GeodataPanelProps } from './panel-props'

/** The grid at the chosen place, or the component nearest to it: its content, its border, its division, its merging with neighbours; or a component that is not there yet. */
type Layer = 'grid' | 'component'
const modes = {
  grid: { content: '属性', border: '改边界', divide: '拆分', merge: '合并' },
  component: { content: '属性', add: '新增' },
} as const
type Mode = 'content' | 'border' | 'divide' | 'merge' | 'add'

export function FeatureEditor({ city, map, position }: GeodataPanelProps) {
  const [layer, setLayer] = useState<Layer>('grid')
  const [mode, setMode] = useState<Mode>('content')
  const code = position && codeAt(city, layer, position)
  return (
    <section className="map-side-part" aria-label="修改要素">
      <SectionTitle title="修改" meta={position === undefined ? '先在地图上点一处' : ''}>
        {(['grid', 'component'] as const).map((each) => (
          <Button
            key={each}
            size="small"
            type={layer === each ? 'primary' : 'text'}
            onClick={() => {
              setLayer(each)
              setMode('content')
            }}
          >
            {geoLayers[each]}
          </Button>
        ))}
      </SectionTitle>
      {position && (
        <div className="map-side-act" role="tablist">
          {Object.entries(modes[layer]).map(([each, name]) => (
            <Button
              key={each}
              size="small"
              role="tab"
              aria-selected={mode === each}
              type={mode === each ? 'default' : 'text'}
              onClick={() => setMode(each as Mode)}
            >
              {name}
            </Button>
          ))}
        </div>
      )}
      {position && mode !== 'add' && <p className="map-side-act map-code">{code ?? '这里没有'}</p>}
      {position && mode === 'add' && <NewComponent city={city} position={position} />}
      {position && code !== undefined && mode !== 'add' && (
        <Part key={`${layer}/${code}/${mode}`} {...{ layer, mode, city, map, code, position }} />
      )}
    </section>
  )
}

function Part({ layer, mode, ...props }: Parameters<typeof BorderEditor>[0] & { readonly layer: Layer; readonly mode: Mode }) {
  if (mode === 'border') return <BorderEditor {...props} />
  if (mode === 'divide') return <DivideGrid {...props} />
  if (mode === 'merge') return <MergeGrids {...props} />
  return <FeatureForm layer={layer} {...props} />
}

function codeAt(city: City, layer: Layer, position: Position): string | undefined {
  const { gridCode, nearest } = city.locator.at(position)
  return layer === 'grid' ? gridCode : nearest.components[0]?.item.code
}
