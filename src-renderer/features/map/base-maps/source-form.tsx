import { Button, Input, InputNumber, Select } from 'antd'
import type { BaseMapSourceSchema } from '#shared/contracts/base-map-shapes'
import { type BaseMapLook, baseMapLooks, type TilingKind, tilingNames } from '#shared/domain/base-map/source'

/** One base map as an administrator enters it. What is wrong with it is said by who holds all of them. */
export interface SourceFormProps {
  readonly source: BaseMapSourceSchema
  readonly isKeyed: boolean
  /** A key typed now; undefined while none is. */
  readonly typedKey: string | undefined
  onChange(change: Partial<BaseMapSourceSchema>): void
  onKey(key: string | undefined): void
  onRemove(): void
}

const systems = {
  CGCS2000: 'CGCS2000 / WGS 84',
  'GCJ-02': 'GCJ-02（高德、腾讯）',
  'BD-09': 'BD-09（百度）',
  gaussKruger: '高斯-克吕格（CGCS2000）',
} as const
type System = keyof typeof systems
const optionsOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }))
const usualZone = { centralMeridian: 126, falseEasting: 500_000, falseNorthing: 0, scale: 1 }

export function SourceForm({ source, isKeyed, typedKey, onChange, onKey, onRemove }: SourceFormProps) {
  const { coordinates, tiling } = source
  const needsKey = source.layers.some((template) => template.includes('{key}'))
  return (
    <div className="map-form map-source">
      <Field name="名称">
        <Input
          size="small"
          aria-label="底图名称"
          maxLength={20}
          value={source.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <Field name="种类">
        <Select<BaseMapLook>
          size="small"
          aria-label="种类"
          value={source.look}
          options={optionsOf(baseMapLooks)}
          onChange={(look) => onChange({ look })}
        />
      </Field>
      <Field name="坐标系">
        <Select<System>
          size="small"
          aria-label="底图坐标系"
          value={coordinates.system}
          options={optionsOf(systems)}
          onChange={(system) => onChange({ coordinates: system === 'gaussKruger' ? { system, ...usualZone } : { system } })}
        />
      </Field>
      {coordinates.system === 'gaussKruger' && (
        <Field name="中央经线">
          <InputNumber
            size="small"
            aria-label="底图中央经线"
            min={70}
            max={140}
            value={coordinates.centralMeridian}
            onChange={(centralMeridian) => onChange({ coordinates: { ...coordinates, centralMeridian: centralMeridian ?? 126 } })}
          />
          <InputNumber
            size="small"
            aria-label="东偏"
            title="东偏，米；带号写在坐标里时连带号，如 42500000"
            value={coordinates.falseEasting}
            onChange={(falseEasting) => onChange({ coordinates: { ...coordinates, falseEasting: falseEasting ?? 500_000 } })}
          />
        </Field>
      )}
      <Field name="切片">
        <Select<TilingKind>
          size="small"
          aria-label="切片方式"
          value={tiling.kind}
          options={optionsOf(tilingNames)}
          onChange={(kind) =>
            onChange({
              tiling:
                kind === 'plane' ? { kind, originEast: 0, originNorth: 10_000_000, resolutions: [64, 32, 16, 8, 4, 2, 1, 0.5] } : { kind },
            })
          }
        />
      </Field>
      {tiling.kind === 'plane' && <PlaneFields tiling={tiling} onChange={(changed) => onChange({ tiling: changed })} />}
      <Field name="级别">
        <InputNumber
          size="small"
          aria-label="最小级别"
          min={0}
          max={22}
          value={source.minZoom}
          onChange={(value) => onChange({ minZoom: value ?? 0 })}
        />
        <InputNumber
          size="small"
          aria-label="最大级别"
          min={0}
          max={22}
          value={source.maxZoom}
          onChange={(value) => onChange({ maxZoom: value ?? 18 })}
        />
        <Select
          size="small"
          aria-label="块大小"
          value={source.tileSize}
          options={[256, 512].map((value) => ({ value, label: `${value}` }))}
          onChange={(tileSize) => onChange({ tileSize })}
        />
      </Field>
      <Field name="地址">
        <Input.TextArea
          size="small"
          aria-label="底图地址"
          autoSize={{ minRows: 3, maxRows: 8 }}
          placeholder="https://主机/…/{z}/{x}/{y}.png，一行一层，下层在前"
          value={source.layers.join('\n')}
          onChange={({ target }) => onChange({ layers: target.value.split('\n').map((line) => line.trim()) })}
        />
      </Field>
      <Field name="子域">
        <Input
          size="small"
          aria-label="子域"
          placeholder="{s} 的取值，如 0,1,2,3"
          value={source.subdomains.join(',')}
          onChange={({ target }) => onChange({ subdomains: target.value.split(/[,，\s]+/).filter((each) => each !== '') })}
        />
      </Field>
      {needsKey && (
        <Field name="密钥">
          <Input.Password
            size="small"
            aria-label="密钥"
            autoComplete="off"
            placeholder={isKeyed ? '已有密钥；要换再填' : '填服务方给的密钥（tk）'}
            value={typedKey ?? ''}
            onChange={({ target }) => onKey(target.value.trim() === '' ? undefined : target.value.trim())}
          />
        </Field>
      )}
      <Field name="版权">
        <Input
          size="small"
          aria-label="版权与审图号"
          maxLength={60}
          placeholder="版权、审图号，显示在图上"
          value={source.attribution}
          onChange={({ target }) => onChange({ attribution: target.value })}
        />
      </Field>
      <span className="map-side-buttons">
        <Button size="small" danger onClick={onRemove}>
          移除这个底图
        </Button>
      </span>
    </div>
  )
}

type PlaneTiling = Extract<BaseMapSourceSchema['tiling'], { kind: 'plane' }>

function PlaneFields({ tiling, onChange }: { readonly tiling: PlaneTiling; onChange(tiling: PlaneTiling): void }) {
  return (
    <>
      <Field name="原点 东、北">
        <InputNumber
          size="small"
          aria-label="原点东"
          title="切片左上角的东坐标，米"
          value={tiling.originEast}
          onChange={(value) => onChange({ ...tiling, originEast: value ?? 0 })}
        />
        <InputNumber
          size="small"
          aria-label="原点北"
          title="切片左上角的北坐标，米"
          value={tiling.originNorth}
          onChange={(value) => onChange({ ...tiling, originNorth: value ?? 0 })}
        />
      </Field>
      <Field name="分辨率">
        <Input
          size="small"
          aria-label="分辨率"
          title="每级一个，米/像素，从大到小"
          defaultValue={tiling.resolutions.join(',')}
          onChange={({ target }) => {
            const resolutions = target.value.split(/[,，\s]+/).map(Number)
            if (resolutions.every((each) => each > 0)) onChange({ ...tiling, resolutions })
          }}
        />
      </Field>
    </>
  )
}

function Field({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="map-field">
      <span>{name}</span>
      <span>{children}</span>
    </div>
  )
}
