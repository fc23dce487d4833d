import { Button, Dropdown } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { BaseMapSettings, BaseMapSourceSchema } from '#shared/contracts/base-map-shapes'
import { type BaseMapSource, tianditu } from '#shared/domain/base-map/source'
import { sourceMistakes } from '#shared/domain/base-map/source-mistakes'
import { useBridge, useTopic } from '../../../bridge/react'
import { SectionTitle } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import { formatBytes } from '../../../ui/time-format'
import type { City } from '../city'
import { SourceForm } from './source-form'
import { SystemCheck } from './system-check'

/** 底图与坐标: where base maps come from, for the administrator; and the check of coordinate systems, for who looks after the ground. */
export function BaseMapPanel({ city, mayConfigure }: { readonly city: City; readonly mayConfigure: boolean }) {
  return (
    <>
      {mayConfigure && <BaseMapSettingsForm />}
      <SystemCheck city={city} />
    </>
  )
}

const presets = {
  vec: { label: '天地图电子地图', make: () => tianditu('electronic', 'w') },
  img: { label: '天地图影像', make: () => tianditu('imagery', 'w') },
  xyz: {
    label: '其他（XYZ）',
    make: (): BaseMapSource => ({
      ...tianditu('electronic', 'w'),
      ...{ sourceId: 'map', name: '底图', attribution: '', layers: [''], subdomains: [] },
    }),
  },
  wmts: {
    label: '其他（WMTS）',
    make: (): BaseMapSource => ({
      ...tianditu('electronic', 'c'),
      ...{ sourceId: 'wmts', name: 'WMTS 底图', attribution: '', subdomains: [] },
      layers: [
        'https://主机/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=图层&STYLE=default&TILEMATRIXSET=c&FORMAT=image/png&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}',
      ],
    }),
  },
} as const

function BaseMapSettingsForm() {
  const { call } = useBridge()
  const cache = useTopic('baseMaps.changed')?.cache
  const [kept, setKept] = useState<BaseMapSettings>()
  const [sources, setSources] = useState<readonly BaseMapSourceSchema[]>([])
  const [keys, setKeys] = useState<Readonly<Record<string, string>>>({})
  const [open, setOpen] = useState<string>()
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  function take(settings: BaseMapSettings): void {
    setKept(settings)
    setSources(settings.sources)
    setKeys({})
    setError(undefined)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the form is opened.
  useEffect(() => {
    let isCurrent = true
    void call('baseMaps.get', {}).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) take(answer.value)
      else setError(answer.error)
    })
    return () => {
      isCurrent = false
    }
  }, [call])
  const mistakes = sourceMistakes(sources)
  const isChanged = kept !== undefined && (JSON.stringify(sources) !== JSON.stringify(kept.sources) || Object.keys(keys).length > 0)
  async function save(): Promise<void> {
    setBusy(true)
    const answer = await call('baseMaps.save', { seenHash: kept?.hash ?? null, sources: [...sources], keys: { ...keys } })
    setBusy(false)
    if (answer.ok) take(answer.value)
    else setError(answer.error)
  }
  function add(preset: keyof typeof presets): void {
    const made = presets[preset].make()
    const taken = new Set(sources.map(({ sourceId }) => sourceId))
    const sourceId = [made.sourceId, ...Array.from({ length: 20 }, (_, at) => `${made.sourceId}-${at + 2}`)].find((id) => !taken.has(id))
    if (sourceId === undefined) return
    setSources([...sources, { ...made, sourceId, layers: [...made.layers], subdomains: [...made.subdomains] } as BaseMapSourceSchema])
    setOpen(sourceId)
  }
  return (
    <section className="map-side-part" aria-label="外部底图">
      <SectionTitle title="外部底图" meta="密钥只存中心">
        <Dropdown
          trigger={['click']}
          menu={{
            items: Object.entries(presets).map(([key, { label }]) => ({ key, label })),
            onClick: ({ key }) => add(key as keyof typeof presets),
          }}
        >
          <Button size="small">添加</Button>
        </Dropdown>
      </SectionTitle>
      {kept && sources.length === 0 && <p className="map-check-about">还没有外部底图。地图用本市底数画，不需要外网。</p>}
      <ul className="map-sources">
        {sources.map((source) => (
          <li key={source.sourceId}>
            <Button
              size="small"
              type="text"
              block
              aria-expanded={open === source.sourceId}
              onClick={() => setOpen(open === source.sourceId ? undefined : source.sourceId)}
            >
              {`${open === source.sourceId ? '▾' : '▸'} ${source.name}`}
            </Button>
            {open === source.sourceId && (
              <SourceForm
                source={source}
                isKeyed={kept?.keyed.includes(source.sourceId) ?? false}
                typedKey={keys[source.sourceId]}
                onChange={(change) => setSources(sources.map((each) => (each === source ? { ...each, ...change } : each)))}
                onKey={(key) => {
                  const { [source.sourceId]: _, ...others } = keys
                  setKeys(key === undefined ? others : { ...others, [source.sourceId]: key })
                }}
                onRemove={() => setSources(sources.filter((each) => each !== source))}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="map-form">
        {mistakes.slice(0, 4).map((mistake) => (
          <small key={mistake} role="alert">
            {mistake}
          </small>
        ))}
        <span className="map-side-buttons">
          <Button
            size="small"
            type="primary"
            loading={isBusy}
            disabled={!isChanged || mistakes.length > 0}
            title={isChanged ? (mistakes[0] ?? '') : '没有改动'}
            onClick={() => void save()}
          >
            保存
          </Button>
          {isChanged && (
            <Button size="small" onClick={() => kept && take(kept)}>
              放弃改动
            </Button>
          )}
        </span>
        {error && <CodedError error={error} />}
        {cache && (
          <small>{`本机缓存 ${cache.tiles} 块，${formatBytes(cache.bytes)}，上限 ${formatBytes(cache.limitBytes)}；离线时用缓存。`}</small>
        )}
      </div>
    </section>
  )
}
