import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { GeoContent, GeoFeature } from '#shared/contracts/geo-shapes'
import { changeOf } from '#shared/domain/geodata/divide-grid'
import { contentOf, geoStates, statesOf } from '#shared/domain/geodata/layers'
import { drawnOutline } from '#shared/domain/geodata/outlines'
import { useBridge } from '../../../bridge/react'
import { Fact } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import { formatDateTime } from '../../../ui/time-format'
import type { FeatureProps } from './panel-props'
import { SaveFoot } from './save-foot'
import { useGeoSave } from './use-geo-save'

/** One feature: name, state, dates, place or outline, with every version it had. The centre checks and decides. */
export function FeatureForm({ layer, code, position, map }: FeatureProps & { readonly layer: 'grid' | 'component' }) {
  const { call } = useBridge()
  const [history, setHistory] = useState<readonly GeoFeature[]>()
  const [draft, setDraft] = useState<GeoContent>()
  const [error, setError] = useState<AppError>()
  const saving = useGeoSave()
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
    const saved = await saving.save([changeOf(latest, draft)])
    if (saved) setHistory([...saved, ...(history ?? [])])
  }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(contentOf(latest))
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
      <span className="map-dates">
        <DateField name="初始时间" value={draft.validFrom} onChange={(date) => date && change({ validFrom: date })} />
        <DateField name="终止时间" value={draft.validTo} onChange={(validTo) => change({ validTo })} mayBeEmpty />
      </span>
      <span className="map-side-buttons">
        {layer === 'component' ? (
          <Button size="small" onClick={() => change({ geometry: { type: 'Point', coordinates: [position.lng, position.lat] } })}>
            移到所选位置
          </Button>
        ) : (
          <Button
            size="small"
            title="在地图上重新画一圈，双击结束；只改一两个角用“改边界”"
            onClick={() =>
              map?.measure('area', ({ ring }) => {
                const outline = drawnOutline(ring).map(([lng, lat]): [number, number] => [lng, lat])
                change({ geometry: { type: 'Polygon', coordinates: [outline] } })
              })
            }
          >
            重画边界
          </Button>
        )}
      </span>
      <SaveFoot saving={saving} refusal={isChanged ? '' : '没有改动'} onSave={() => void save()}>
        {isChanged && (
          <Button size="small" onClick={() => setDraft(contentOf(latest) as GeoContent)}>
            放弃改动
          </Button>
        )}
      </SaveFoot>
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

function DateField(props: {
  readonly name: string
  readonly value: string | null
  readonly mayBeEmpty?: true
  onChange(date: string | null): void
}) {
  const { name, value, mayBeEmpty = false, onChange } = props
  return (
    <DatePicker
      size="small"
      aria-label={name}
      placeholder={name}
      allowClear={mayBeEmpty}
      value={value === null ? null : dayjs(value)}
      onChange={(date) => onChange(date ? date.format('YYYY-MM-DD') : null)}
    />
  )
}
