import { useMemo } from 'react'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import { describeSystem } from '#shared/domain/geo/coordinate-system'
import { useQuery } from '../../bridge/use-query'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Highlight } from '../../ui/highlight'
import { SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { type DocumentViewProps, type FilteredRow, RowFilterBox, useRowFilter } from './document-view'

/** Documents about the ground and about who answers for it, as lists that can be filtered. Outlines and positions are drawn by the map, not here. */
export interface Line {
  readonly key: string
  readonly code: string
  readonly name: string
}

const targetOf = ({ name, code }: Line) => ({ text: name, code })

interface LinesProps<T extends Line> {
  readonly title: string
  readonly meta?: string
  readonly lines: readonly T[]
  readonly nameTitle: string
  readonly codeWidth: string
  readonly more: readonly GridColumn<T>[]
  readonly wanted: string | undefined
  /** Enter or a double click on a row; without it the list is for reading. */
  readonly onOpen?: ((line: T) => void) | undefined
}

export function LineList<T extends Line>({ title, meta, lines, nameTitle, codeWidth, more, wanted, onOpen }: LinesProps<T>) {
  const filter = useRowFilter<T>(lines, targetOf)
  const columns: readonly GridColumn<FilteredRow<T>>[] = [
    { key: 'code', title: '编码', width: codeWidth, render: ({ item }) => <b>{item.code}</b> },
    {
      key: 'name',
      title: nameTitle,
      width: 'minmax(0,1fr)',
      render: ({ item, positions }) => <Highlight text={item.name} positions={positions} />,
    },
    ...more.map((column): GridColumn<FilteredRow<T>> => ({ ...column, render: ({ item }) => column.render(item) })),
  ]
  return (
    <>
      <SectionTitle title={title}>{meta !== undefined && <span className="ui-meta">{meta}</span>}</SectionTitle>
      <div className="ui-toolbar">
        <RowFilterBox filter={filter} total={lines.length} />
      </div>
      <DataGrid
        label={title}
        rows={filter.rows}
        rowKey={({ item }) => item.key}
        wantedKey={lines.find(({ code }) => code === wanted)?.key}
        filterRef={filter.inputRef}
        columns={columns}
        {...(onOpen && { onOpen: ({ item }: FilteredRow<T>) => onOpen(item) })}
        empty={<EmptyState text="没有符合的条目。" keys="/" action="改筛选，Esc 清空" />}
      />
    </>
  )
}

const quiet = (text: string) => <span className="ref-quiet">{text}</span>
export const wrapped = (text: string) => <span className="ui-wrap">{text}</span>
const hectares = (areaM2: number) => `${(areaM2 / 10_000).toFixed(2)} 公顷`
const positionText = ([longitude, latitude]: readonly [number, number]) => `${longitude.toFixed(6)}，${latitude.toFixed(6)}`

/** Names that other documents on this PC give to codes; empty until they are read. */
export function useNames(
  entries: readonly ReferenceManifestEntry[],
  kind: 'areas' | 'departments' | 'handbook',
): ReadonlyMap<string, string> {
  const entry = entries.find((each) => each.kind === kind)
  const { value } = useQuery('reference.get', entry && { kind, id: entry.id })
  return useMemo(() => {
    const document = value?.document
    if (document?.kind === 'departments') return new Map(document.departments.map(({ code, name }) => [code, name]))
    if (document?.kind === 'handbook') return new Map(document.entries.map((each) => [`${each.kind}/${each.subclassCode}`, each.name]))
    if (document?.kind !== 'areas') return new Map<string, string>()
    return new Map([document.region, ...document.streets, ...document.communities].map(({ code, name }) => [code, name]))
  }, [value])
}

export function GridsView({ document, entries, code }: DocumentViewProps<ReferenceDocument<'grids'>>) {
  const names = useNames(entries, 'areas')
  const lines = useMemo(
    () =>
      document.grids.map((grid) => ({
        ...grid,
        key: grid.code,
        name: `${names.get(grid.communityCode) ?? ''}${grid.code.slice(12)}号网格`,
      })),
    [document, names],
  )
  const total = document.outlines.find(({ areaCode }) => areaCode.length === 6)?.areaM2
  return (
    <LineList
      title={document.title}
      {...(total !== undefined && { meta: `共 ${(total / 1e6).toFixed(2)} 平方千米` })}
      lines={lines}
      nameTitle="单元网格"
      codeWidth="136px"
      wanted={code}
      more={[
        { key: 'area', title: '面积', width: '96px', align: 'right', render: ({ areaM2 }) => hectares(areaM2) },
        { key: 'corners', title: '界址点', width: '64px', align: 'right', render: ({ ring }) => ring.length - 1 },
      ]}
    />
  )
}

const rankNames = { trunk: '主干路', main: '次干路', minor: '支路', lane: '巷' } as const

export function StreetsNetworkView({ document, code }: DocumentViewProps<ReferenceDocument<'streetsNetwork'>>) {
  const lines = useMemo(() => document.streets.map((street) => ({ ...street, key: street.streetId, code: street.streetId })), [document])
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="道路"
      codeWidth="64px"
      wanted={code}
      more={[{ key: 'rank', title: '等级', width: '72px', render: ({ rank }) => rankNames[rank] }]}
    />
  )
}

const placeTypes = { street: '街巷', estate: '小区', doorplate: '门（楼）址', landmark: '标志物', pointOfInterest: '兴趣点' } as const

export function PlacesView({ document, code }: DocumentViewProps<ReferenceDocument<'places'>>) {
  const lines = useMemo(() => document.places.map((place) => ({ ...place, key: place.placeId, code: place.placeId })), [document])
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="地名"
      codeWidth="64px"
      wanted={code}
      more={[
        { key: 'type', title: '类型', width: '88px', render: ({ type }) => placeTypes[type] },
        { key: 'grid', title: '单元网格', width: '136px', render: ({ gridCode }) => gridCode },
        { key: 'position', title: '经纬度', width: '168px', render: ({ position }) => quiet(positionText(position)) },
      ]}
    />
  )
}

export function CamerasView({ document, code }: DocumentViewProps<ReferenceDocument<'cameras'>>) {
  const lines = useMemo(() => document.cameras.map((camera) => ({ ...camera, key: camera.cameraNo, code: camera.cameraNo })), [document])
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="监控点"
      codeWidth="48px"
      wanted={code}
      more={[
        { key: 'type', title: '类型', width: '48px', render: ({ canTurn }) => (canTurn ? '球机' : '枪机') },
        { key: 'device', title: '设备编码', width: '168px', render: ({ deviceId }) => quiet(deviceId) },
        { key: 'grids', title: '可见网格', width: '72px', align: 'right', render: ({ gridCodes }) => gridCodes.length },
      ]}
    />
  )
}

const brokenStates = [1, 2, 3] as const

/** Tens of thousands are too many to read: counted by subclass. */
export function ComponentsView({ document, entries, code }: DocumentViewProps<ReferenceDocument<'components'>>) {
  const names = useNames(entries, 'handbook')
  const lines = useMemo(() => {
    const totals = document.subclassCodes.map(() => ({ total: 0, faulty: 0 }))
    document.subclassIndex.forEach((subclass, at) => {
      const entry = totals[subclass]
      if (!entry) return
      entry.total += 1
      if ((brokenStates as readonly number[]).includes(document.state[at] ?? 0)) entry.faulty += 1
    })
    return document.subclassCodes.map((each, at) => ({
      key: each,
      code: each,
      name: names.get(`component/${each}`) ?? '',
      ...(totals[at] ?? { total: 0, faulty: 0 }),
    }))
  }, [document, names])
  return (
    <LineList
      title={document.title}
      meta={`${document.count} 个部件，${document.standard}`}
      lines={lines}
      nameTitle="小类"
      codeWidth="56px"
      wanted={code}
      more={[
        { key: 'total', title: '数量', width: '72px', align: 'right', render: ({ total }) => total },
        { key: 'faulty', title: '破损、丢失、废弃', width: '128px', align: 'right', render: ({ faulty }) => (faulty > 0 ? faulty : '—') },
      ]}
    />
  )
}

export function PatrolAreasView({ document, code }: DocumentViewProps<ReferenceDocument<'patrolAreas'>>) {
  const lines = useMemo(() => {
    const nameOf = new Map(document.patrolAreas.map(({ collectorNo, collectorName }) => [collectorNo, collectorName]))
    return document.patrolAreas.map((area) => ({
      ...area,
      key: area.collectorNo,
      code: area.collectorNo,
      name: area.collectorName,
      substitute: `${nameOf.get(area.substituteNo) ?? ''} ${area.substituteNo}`,
    }))
  }, [document])
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="信息采集员"
      codeWidth="48px"
      wanted={code}
      more={[
        { key: 'substitute', title: '替班', width: '120px', render: ({ substitute }) => substitute },
        { key: 'grids', title: '单元网格', width: '72px', align: 'right', render: ({ gridCodes }) => gridCodes.length },
        { key: 'first', title: '自网格', width: '136px', render: ({ gridCodes }) => quiet(gridCodes[0] ?? '') },
      ]}
    />
  )
}

export function DepartmentAreasView({ document, code }: DocumentViewProps<ReferenceDocument<'departmentAreas'>>) {
  const lines = useMemo(
    () => document.areas.map((area) => ({ ...area, key: area.areaId, code: area.areaId, name: area.name ?? area.departmentCode })),
    [document],
  )
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="管辖范围"
      codeWidth="120px"
      wanted={code}
      more={[
        { key: 'department', title: '部门代码', width: '120px', render: ({ departmentCode }) => departmentCode },
        {
          key: 'extent',
          title: '范围',
          width: '128px',
          render: ({ rings, gridCodes }) => (rings ? '边界' : `${gridCodes.length} 个单元网格`),
        },
      ]}
    />
  )
}

const layerTitles: Readonly<Record<string, string>> = {
  district: '区县',
  street: '街道',
  community: '社区',
  grid: '单元网格',
  component: '部件',
  camera: '监控点',
  road: '道路',
  place: '地名地址',
  departmentArea: '部门管辖范围',
}

export function MapTilesView({ document, code }: DocumentViewProps<ReferenceDocument<'mapTiles'>>) {
  const lines = useMemo(
    () => document.layers.map((layer) => ({ ...layer, key: layer.id, code: layer.id, name: layerTitles[layer.id] ?? layer.id })),
    [document],
  )
  return (
    <LineList
      title={`${document.title}（${(document.bytes / 1_048_576).toFixed(1)} MB，${document.minZoom}–${document.maxZoom} 级）`}
      lines={lines}
      nameTitle="图层"
      codeWidth="120px"
      wanted={code}
      more={[
        { key: 'features', title: '要素', width: '96px', align: 'right', render: ({ features }) => features },
        { key: 'zoom', title: '自第几级', width: '96px', align: 'right', render: ({ minZoom }) => minZoom },
      ]}
    />
  )
}

/** Sources of base maps; their addresses are the administrator's business and not shown. */
export function BaseMapsView({ document, code }: DocumentViewProps<ReferenceDocument<'baseMaps'>>) {
  const lines = useMemo(
    () => document.sources.map((source) => ({ ...source, key: source.sourceId, code: source.sourceId, name: source.name })),
    [document],
  )
  return (
    <LineList
      title={document.title}
      lines={lines}
      nameTitle="底图"
      codeWidth="160px"
      wanted={code}
      more={[
        { key: 'coordinates', title: '坐标系', width: '280px', render: ({ coordinates }) => describeSystem(coordinates) },
        { key: 'zoom', title: '级别', width: '80px', align: 'right', render: ({ minZoom, maxZoom }) => `${minZoom}–${maxZoom}` },
      ]}
    />
  )
}
