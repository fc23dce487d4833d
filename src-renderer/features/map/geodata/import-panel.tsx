import { Button, Input, InputNumber, Progress, Segmented, Select } from 'antd'
import { useRef, useState } from 'react'
import { type CoordinateSystem, type GeoFormat, type GeoImport, geoFormats } from '#shared/contracts/geo-shapes'
import type { Position } from '#shared/domain/geo/position'
import { type GeoLayer, geoLayerIds, geoLayers } from '#shared/domain/geodata/layers'
import { Lamp } from '../../../ui/lamp'
import { SectionTitle } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import { useImport } from './use-import'

const stateWords: Readonly<Record<GeoImport['state'], string>> = {
  ...{ receiving: '正在上传', checking: '正在检查（不改动数据）', refused: '不能导入', ready: '检查通过，可以写入' },
  ...{ applying: '正在写入', applied: '已写入', cancelled: '已取消，没有改动', failed: '失败，没有改动' },
}
const systems = {
  CGCS2000: '经纬度 CGCS2000',
  'GCJ-02': '经纬度 GCJ-02（高德）',
  'BD-09': '经纬度 BD-09（百度）',
  gaussKruger: '高斯—克吕格平面',
} as const
type System = keyof typeof systems

/** Imports a layer: the file is checked first and changes nothing; what is wrong is listed with its row, and a click shows its place on the map. */
export function ImportPanel({ onLook }: { onLook(position: Position): void }) {
  const inHand = useImport()
  const file = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [layer, setLayer] = useState<GeoLayer>('grid')
  const [system, setSystem] = useState<System>('CGCS2000')
  const [meridian, setMeridian] = useState(126)
  const [mode, setMode] = useState<'merge' | 'replace'>('merge')
  const { current, error, isSending } = inHand
  const isBusy = isSending || (current !== undefined && ['receiving', 'checking', 'applying'].includes(current.state))

  function check(): void {
    const chosen = file.current?.files?.[0]
    if (chosen) void inHand.check(chosen, { layer, format: formatOf(chosen.name), coordinates: coordinatesOf(system, meridian), mode })
  }
  return (
    <section className="map-side-part" aria-label="导入底数">
      <SectionTitle title="导入" meta="先检查，再写入" />
      <div className="map-form" inert={isBusy}>
        <Select
          size="small"
          aria-label="图层"
          value={layer}
          onChange={setLayer}
          options={geoLayerIds.map((id) => ({ value: id, label: geoLayers[id] }))}
        />
        <Select
          size="small"
          aria-label="坐标系"
          value={system}
          onChange={setSystem}
          options={Object.entries(systems).map(([value, label]) => ({ value: value as System, label }))}
        />
        {system === 'gaussKruger' && (
          <InputNumber
            size="small"
            aria-label="中央经线"
            addonAfter="°E"
            min={70}
            max={140}
            value={meridian}
            onChange={(value) => setMeridian(value ?? 126)}
          />
        )}
        <Segmented
          size="small"
          aria-label="方式"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'merge', label: '并入' },
            { value: 'replace', label: '整层替换' },
          ]}
        />
        <input
          ref={file}
          type="file"
          aria-label="文件"
          className="map-file"
          accept=".geojson,.json,.zip,.xlsx"
          onChange={({ target }) => setName(target.files?.[0]?.name ?? '')}
        />
        <Button size="small" onClick={() => file.current?.click()}>
          {name === '' ? '选文件（.geojson、.zip、.xlsx）' : name}
        </Button>
        {mode === 'replace' && <small>文件里没有的要素将停用，编码不再使用。</small>}
        <Button size="small" type="primary" disabled={name === ''} title={name === '' ? '先选文件' : ''} onClick={check}>
          检查
        </Button>
      </div>
      {error && <CodedError error={error} />}
      {current && <ImportState current={current} inHand={inHand} onLook={onLook} />}
    </section>
  )
}

const formatOf = (name: string): GeoFormat => (/\.zip$/i.test(name) ? 'shapefile' : /\.xlsx$/i.test(name) ? 'xlsx' : 'geojson')

const coordinatesOf = (system: System, centralMeridian: number): CoordinateSystem =>
  system === 'gaussKruger' ? { system, centralMeridian, falseEasting: 500_000, falseNorthing: 0, scale: 1 } : { system }

function ImportState({
  current,
  inHand,
  onLook,
}: {
  readonly current: GeoImport
  readonly inHand: ReturnType<typeof useImport>
  onLook(position: Position): void
}) {
  const [note, setNote] = useState('')
  const { state, counts, problems, bytes, received, progress, step, failure, hasReport } = current
  const share = state === 'receiving' ? received / bytes : progress
  const isWorking = state === 'receiving' || state === 'checking' || state === 'applying'
  return (
    <div className="map-form" role="status">
      <b>
        <Lamp
          tone={state === 'refused' || state === 'failed' ? 'red' : state === 'applied' || state === 'ready' ? 'green' : 'none'}
          label=""
        />{' '}
        {stateWords[state]}：{geoFormats[current.format]}，{current.fileName}
      </b>
      {isWorking && <Progress size="small" percent={Math.round(share * 100)} />}
      {isWorking && <small>{step}</small>}
      {failure !== null && <span className="ui-overrun">{failure}</span>}
      {counts && (
        <span>{`共 ${counts.rows} 行：新增 ${counts.added}，修改 ${counts.changed}，不变 ${counts.unchanged}，停用 ${counts.retired}；错误 ${counts.errors}，提醒 ${counts.warnings}`}</span>
      )}
      {problems.length > 0 && (
        <ul className="map-near" aria-label="问题">
          {problems.map(({ severity, row, code, reason, at }) => (
            <li key={`${row} ${code} ${reason}`}>
              <Lamp tone={severity === 'error' ? 'red' : 'amber'} label={severity === 'error' ? '错误' : '提醒'} />
              <span>
                {row !== null && `第 ${row} 行　`}
                {at ? (
                  <button type="button" className="ui-link" onClick={() => onLook({ lng: at[0], lat: at[1] })}>
                    {code ?? '看位置'}
                  </button>
                ) : (
                  code
                )}
                <small>{reason}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {state === 'ready' && (
        <Input
          size="small"
          aria-label="写入说明"
          placeholder="说明（记入历史）"
          maxLength={200}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      <span className="map-side-buttons">
        {state === 'ready' && (
          <Button
            size="small"
            type="primary"
            disabled={note.trim() === ''}
            title={note.trim() === '' ? '先写说明' : ''}
            onClick={() => void inHand.apply(note.trim())}
          >
            写入
          </Button>
        )}
        {(isWorking || state === 'ready') && (
          <Button size="small" onClick={() => void inHand.cancel()}>
            取消导入
          </Button>
        )}
        {hasReport && (
          <Button size="small" onClick={() => void inHand.saveReport()}>
            下载检查报告
          </Button>
        )}
      </span>
    </div>
  )
}
