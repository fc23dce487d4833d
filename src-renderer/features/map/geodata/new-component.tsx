import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { chinaDate } from '#shared/base/china-time'
import type { Position } from '#shared/domain/geo/position'
import type { LayerChange } from '#shared/domain/geodata/divide-grid'
import { componentStates, type GeoState, geoStates } from '#shared/domain/geodata/layers'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { Fact } from '../../../ui/pane-header'
import { match } from '../../../ui/pinyin-match'
import type { City } from '../city'
import { SaveFoot } from './save-foot'
import { useGeoSave } from './use-geo-save'

/** 新增部件: one thing found on the ground, at the chosen place. Its code is region, subclass and the next serial; a code that was ever given is passed over. */
const mostTries = 50

export function NewComponent({ city, position }: { readonly city: City; readonly position: Position }) {
  const { call } = useBridge()
  const [subclass, setSubclass] = useState<string>()
  const [department, setDepartment] = useState<string>()
  const [owner, setOwner] = useState<string>()
  const [state, setState] = useState<GeoState>('intact')
  const [made, setMade] = useState<string>()
  const [problem, setProblem] = useState('')
  const saving = useGeoSave()
  const { documents } = city
  const subclasses = useMemo(
    () =>
      (documents.classification?.subclasses ?? [])
        .filter(({ kind }) => kind === 'component')
        .map(({ code, name }) => ({ value: code, label: `${name} ${code}` })),
    [documents],
  )
  const departments = useMemo(
    () => (documents.departments?.departments ?? []).map(({ code, name }) => ({ value: code, label: name })),
    [documents],
  )
  const regionCode = documents.components?.regionCode ?? documents.areas?.region.code ?? ''
  const first = subclass === undefined ? undefined : nextSerial(city, `${regionCode}${subclass}`)
  const { gridCode } = city.locator.at(position)
  /** The next that nobody ever had: the seat does not hold components that were taken away. */
  async function freeCode(prefix: string, from: number): Promise<string | undefined> {
    for (let serial = from; serial < from + mostTries && serial <= 999_999; serial++) {
      const code = `${prefix}${String(serial).padStart(6, '0')}`
      const found = await call('geo.get', { layer: 'component', code })
      if (!found.ok) {
        if (found.error.code === 'record/notFound') return code
        setProblem(found.error.message)
        return undefined
      }
    }
    setProblem('接下来的顺序码都用过了，请用导入给出编码。')
    return undefined
  }
  async function save(): Promise<void> {
    setProblem('')
    setMade(undefined)
    if (subclass === undefined || department === undefined || first === undefined) return
    const code = await freeCode(`${regionCode}${subclass}`, first)
    if (code === undefined) return
    const change: LayerChange = {
      ...{ layer: 'component', code, version: null },
      content: {
        ...{ name: null, state, parentCode: gridCode ?? null, departmentCode: department, ownerCode: owner ?? null },
        ...{ validFrom: chinaDate(browserClock.now()), validTo: null, attributes: {} },
        geometry: { type: 'Point', coordinates: [Number(position.lng.toFixed(7)), Number(position.lat.toFixed(7))] },
      },
    }
    if (await saving.save([change])) setMade(code)
  }
  const search = {
    filterOption: (typed: string, option?: { readonly label?: unknown }) =>
      match(typed, { text: String(option?.label ?? '') }) !== undefined,
  }
  const refusal =
    subclass === undefined ? '先选小类' : department === undefined ? '先选主管部门' : gridCode === undefined ? '所选位置不在任何网格内' : ''
  return (
    <div className="map-form">
      <small>在地图上点实物所在的位置（放大后更准），再填下面几项。</small>
      <Select
        size="small"
        aria-label="小类"
        placeholder="小类（可输拼音首字母）"
        showSearch={search}
        options={subclasses}
        value={subclass}
        onChange={setSubclass}
      />
      <Select
        size="small"
        aria-label="主管部门"
        placeholder="主管部门"
        showSearch={search}
        options={departments}
        value={department}
        onChange={setDepartment}
      />
      <Select
        size="small"
        aria-label="权属单位"
        placeholder="权属单位（可不填）"
        allowClear
        showSearch={search}
        options={departments}
        value={owner}
        onChange={setOwner}
      />
      <Select
        size="small"
        aria-label="新部件状态"
        value={state}
        onChange={setState}
        options={componentStates.map((each) => ({ value: each, label: geoStates[each] }))}
      />
      <dl>
        <Fact name="网格">{gridCode ?? '不在任何网格内'}</Fact>
        {first !== undefined && <Fact name="编码">{`${regionCode}${subclass}${String(first).padStart(6, '0')} 起第一个没用过的`}</Fact>}
      </dl>
      <SaveFoot saving={saving} refusal={refusal} label="新增" onSave={() => void save()}>
        {made !== undefined && <Button size="small" type="text" disabled>{`已新增 ${made}`}</Button>}
      </SaveFoot>
      {problem !== '' && <small role="alert">{problem}</small>}
    </div>
  )
}

function nextSerial({ components }: City, prefix: string): number {
  return components.reduce((most, { code }) => (code.startsWith(prefix) ? Math.max(most, Number(code.slice(prefix.length))) : most), 0) + 1
}
