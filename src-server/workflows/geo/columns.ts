import {
  type AttributeValue,
  attributeTitles,
  type Candidate,
  componentStates,
  type FeatureContent,
  type GeoLayer,
  type GeoState,
  geoStates,
} from '#shared/domain/geodata/layers'
import type { Cell } from '../../files/sheet'

/**
 * The columns of files with geodata. Written by the titles here; read by these, by the fields of GB/T 30428.2 (BGCode …) and of GB/T 47678.5 (GLBJBSM …), and
 * by the short names that a Shapefile has room for. Capitals do not count.
 */
interface PlainColumn {
  readonly key: 'code' | 'name' | 'state' | 'parentCode' | 'departmentCode' | 'ownerCode' | 'validFrom' | 'validTo'
  readonly title: string
  /** At most ten letters. */
  readonly short: string
  readonly aliases: readonly string[]
}

export const plainColumns: readonly PlainColumn[] = [
  { key: 'code', title: '编码', short: 'CODE', aliases: ['标识码', 'BGCode', 'ObjID', 'GLBJBSM', '网格编码', '部件编码', '编号'] },
  { key: 'name', title: '名称', short: 'NAME', aliases: ['ObjName', 'GLBJMC', '部件名称'] },
  { key: 'state', title: '状态', short: 'STATE', aliases: ['ObjState', 'GLBJZT'] },
  {
    key: 'parentCode',
    title: '上级编码',
    short: 'PARENT',
    aliases: ['parentCode', 'BGID', 'SZDYWGBSM', '所在单元网格', '所属社区', '所属街道', 'communityCode'],
  },
  { key: 'departmentCode', title: '主管部门代码', short: 'DEPT', aliases: ['departmentCode', 'DeptCode1', 'ZGBMDM', '部门代码'] },
  { key: 'ownerCode', title: '权属单位代码', short: 'OWNER', aliases: ['ownerCode', 'DeptCode2', 'QSDWDM'] },
  { key: 'validFrom', title: '初始时间', short: 'ORDATE', aliases: ['validFrom', '初始日期', 'CSRQ'] },
  { key: 'validTo', title: '终止时间', short: 'DEDATE', aliases: ['validTo', '终止日期'] },
]

const shortAttributes: Readonly<Record<string, string>> = { provinceName: 'PROVINCE', substituteNo: 'SUBSTITUTE', gridCodes: 'GRIDS' }
export const shortOf = (attribute: string): string => shortAttributes[attribute] ?? attribute.toUpperCase().slice(0, 10)

export const positionColumns = { lng: '经度', lat: '纬度', outline: '边界（WKT）' } as const

export type Fields = Readonly<Record<string, string | number | boolean | null>>

/** What to fall back on where a file says nothing. */
export interface Defaults {
  readonly today: string
  readonly known: FeatureContent | undefined
}

/** Fields by their names in small letters, so that capitals do not count. */
function reader(fields: Fields): (names: readonly string[]) => string | null {
  const lower = new Map(Object.entries(fields).map(([name, value]) => [name.trim().toLowerCase(), value]))
  return (names) => {
    for (const name of names) {
      const value = lower.get(name.toLowerCase())
      if (value !== undefined && value !== null && String(value).trim() !== '') return String(value).trim()
    }
    return null
  }
}

/** The code alone, to look up what is known. A number longer than 15 digits has lost its end in the program that made the file. */
export function codeIn(fields: Fields): { readonly code: string; readonly fault: string | null } {
  const code = reader(fields)(namesOf('code')) ?? ''
  const isLost = Object.values(fields).some(
    (value) => typeof value === 'number' && value > Number.MAX_SAFE_INTEGER && String(value) === code,
  )
  if (isLost) return { code, fault: '编码是数字格式，末几位已丢失；请在表格中把这一列设为文本后重新填写' }
  return { code, fault: code === '' ? '没有编码' : null }
}

const namesOf = (key: PlainColumn['key']): readonly string[] => {
  const column = plainColumns.find((each) => each.key === key)
  return column ? [column.title, column.short, key, ...column.aliases] : [key]
}

export function candidateOf(
  layer: GeoLayer,
  row: number,
  fields: Fields,
  geometry: Candidate['geometry'],
  { today, known }: Defaults,
): Candidate {
  const read = reader(fields)
  const value = (key: PlainColumn['key']) => read(namesOf(key))
  const { code } = codeIn(fields)
  return {
    row,
    code,
    name: value('name') ?? known?.name ?? null,
    state: stateOf(layer, value('state')) ?? known?.state ?? (layer === 'component' ? 'intact' : 'active'),
    parentCode: parentOf(layer, code) ?? value('parentCode') ?? known?.parentCode ?? null,
    departmentCode: value('departmentCode') ?? known?.departmentCode ?? null,
    ownerCode: value('ownerCode') ?? known?.ownerCode ?? null,
    validFrom: dateOf(value('validFrom')) ?? known?.validFrom ?? today,
    validTo: dateOf(value('validTo')) ?? known?.validTo ?? null,
    geometry: geometry ?? known?.geometry ?? null,
    attributes: { ...known?.attributes, ...attributesOf(layer, read) },
  }
}

/** Area codes hold their parent: GB/T 30428.1 builds them from left to right. */
function parentOf(layer: GeoLayer, code: string): string | null {
  const digits = { street: 6, community: 9, grid: 12 }[layer as string]
  return digits === undefined ? null : code.slice(0, digits) || null
}

/** Chinese, an id of ours, or the place in the list of GB/T 47678.5. Undefined for nothing; what is not understood stays, and is refused by the check. */
function stateOf(layer: GeoLayer, text: string | null): GeoState | undefined {
  if (text === null) return undefined
  const entry = Object.entries(geoStates).find(([id, name]) => id === text || name === text)
  if (entry) return entry[0] as GeoState
  return layer === 'component' && /^[0-4]$/.test(text) ? componentStates[Number(text)] : (text as GeoState)
}

/** `20261121`, `2026-11-21`, `2026/11/21`; what is no date is passed over as if it were not there. */
function dateOf(text: string | null): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})/.exec(text ?? '') ?? []
  return year && month && day && Number(month) < 13 && Number(day) < 32 ? `${year}-${month}-${day}` : undefined
}

function attributesOf(layer: GeoLayer, read: ReturnType<typeof reader>): Record<string, AttributeValue> {
  const found: Record<string, AttributeValue> = {}
  for (const [name, title] of Object.entries(attributeTitles[layer])) {
    const text = read([title, name, shortOf(name)])
    if (text !== null) found[name] = typed(name, text)
  }
  return found
}

function typed(name: string, text: string): AttributeValue {
  if (name === 'gridCodes') return text.split(/[\s,，、;；]+/).filter((code) => code !== '')
  if (name === 'canTurn') return /^(1|true|是|t|y)$/i.test(text)
  if (name === 'areaM2') return Number.isFinite(Number(text)) ? Number(text) : null
  return text
}

/** The columns of one feature in the order of `plainColumns` and the layer's attributes. */
export function cellsOf(layer: GeoLayer, code: string, content: FeatureContent): readonly Cell[] {
  const state = geoStates[content.state]
  const plain = { ...content, code, state }
  return [
    ...plainColumns.map(({ key }) => plain[key]),
    ...Object.keys(attributeTitles[layer]).map((name) => attributeCell(content.attributes[name])),
  ]
}

function attributeCell(value: AttributeValue | undefined): Cell {
  if (Array.isArray(value)) return value.join(' ')
  if (typeof value === 'boolean') return value ? '是' : '否'
  return value ?? null
}
