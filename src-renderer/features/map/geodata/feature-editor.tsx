import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { GeoContent, GeoFeature } from '#shared/contracts/geo-shapes'
import type { Position } from '#shared/domain/geo/position'
import { contentOf, type GeoLayer, geoLayers, geoStates, statesOf } from '#shared/domain/geodata/layers'
import { drawnOutline } from '#shared/domain/geodata/outlines'
import { useBridge } from '../../../bridge/react'
import { Fact, SectionTitle } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import { formatDateTime } from '../../../ui/time-format'
import type { City } from '../city'
import type { GeodataPanelProps } from './panel-props'

/** The grid at the chosen place, or the component nearest to it: name, state, place or outline, with every version it had. The centre checks and decides. */
export function FeatureEditor({ city, position, drawn, drawRing }: GeodataPanelProps) {
  const [layer, setLayer] = useState<GeoLayer>('grid')
  const code = position && codeAt(city, layer, position)
  return (
    <section className="map-side-part" aria-label="修改要素">
      <SectionTitle title="修改" meta={code ?? '先在地图上点一处'}>
        {(['grid', 'component'] as const).map((each) => (
          <Button key={each} size="small" type={layer === each ? 'primary' : 'text'} onClick={() => setLayer(each)}>
            {geoLayers[each]}
          </Button>
        ))}
      </SectionTitle>
      {code !== undefined && position && <Feature key={`${layer}/${code}`} {...{ layer, code, position, drawn, drawRing }} />}
    </section>
  )
}

function codeAt(city: City, layer: GeoLayer, position: Position): string | undefined {
  const { gridCode, nearest } = city.locator.at(position)
  return layer === 'grid' ? gridCode : nearest.components[0]?.item.code
}

interface FeatureProps extends Pick<GeodataPanelProps, 'drawn' | 'drawRing'> {
  readonly layer: GeoLayer
  readonly code: string
  readonly position: Position
}

function Feature({ layer, code, position, drawn, drawRing }: FeatureProps) {
  const { call } = useBridge()
  const [history, setHistory] = useState<readonly GeoFeature[]>()
  const [draft, setDraft] = useState<GeoContent>()
  const [note, setNote] = useState('')
  const [error, setError] = useState<AppError>()
  const [warnings, setWarnings] = useState<readonly string[]>([])
  const [latest] = history ?? []
  useEffect(() => {
    let isCurrent = true
    void call('geo.history', { layer, code }).then((answer) => {
      if (!isCurrent) return
      setError(answer.ok ? undefined : answer.error)
      if (answer.ok) setHistory(answer.value.items)
    })
    return () => {
      isCurrent = false
    }
  }, [call, layer, code])
  useEffect(() => setDraft(latest && (contentOf(latest) as GeoContent)), [latest])
  if (error && !latest) return <CodedError error={error} />
  if (!latest || !draft) return <p className="ui-empty">正在向中心取这个要素…</p>
  const change = (patch: Partial<GeoContent>) => setDraft({ ...draft, ...patch })
  async function save(): Promise<void> {
    if (!latest || !draft) return
    const answer = await call('geo.save', { changes: [{ layer, code, version: latest.version, content: draft }], note: note.trim() })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    setHistory([...answer.value.items, ...(history ?? [])])
    setWarnings(answer.value.warnings.map(({ reason }) => reason))
    setNote('')
  }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(contentOf(latest))
  const reason = !isChanged ? '没有改动' : note.trim() === '' ? '先写改动的理由' : ''
  return (
    <div className="map-form">
      <Input
        size="small"
        aria-label="名称"
        placeholder="名称"
        maxLength={60}
        value={draft.name ?? ''}
        onChange={({ target }) => change({ name: target.value || null })}
      />
      <Select
        size="small"
        aria-label="状态"
        value={draft.state}
        onChange={(state) => change({ state })}
        options={statesOf(layer).map((state) => ({ value: state, label: geoStates[state] }))}
      />
      <span className="map-side-buttons">
        {layer === 'component' ? (
          <Button size="small" onClick={() => change({ geometry: { type: 'Point', coordinates: [position.lng, position.lat] } })}>
            移到所选位置
          </Button>
        ) : (
          <>
            <Button size="small" onClick={drawRing}>
              重画边界
            </Button>
            <Button
              size="small"
              disabled={!drawn}
              title={drawn ? '' : '先在地图上画完，双击结束'}
              onClick={() =>
                drawn &&
                change({
                  geometry: { type: 'Polygon', coordinates: [drawnOutline(drawn).map(([lng, lat]): [number, number] => [lng, lat])] },
                })
              }
            >
              用画好的边界
            </Button>
          </>
        )}
      </span>
      <Input
        size="small"
        aria-label="改动理由"
        placeholder="改动的理由（记入历史）"
        maxLength={200}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <span className="map-side-buttons">
        <Button size="small" type="primary" disabled={reason !== ''} title={reason} onClick={() => void save()}>
          保存
        </Button>
        {isChanged && (
          <Button size="small" onClick={() => setDraft(contentOf(latest) as GeoContent)}>
            放弃改动
          </Button>
        )}
      </span>
      {error && <CodedError error={error} />}
      {warnings.map((words) => (
        <small key={words}>{words}</small>
      ))}
      <dl aria-label="历次版本">
        {(history ?? []).map((each) => (
          <Fact key={each.version} name={`第 ${each.version} 版`}>
            {`${geoStates[each.state]}　${formatDateTime(each.changedAt)}　${each.changedBy ?? '随产品'}　${each.note}`}
          </Fact>
        ))}
      </dl>
    </div>
  )
}
