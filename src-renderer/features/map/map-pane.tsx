import { Button, Dropdown } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { geoKeepers } from '#shared/contracts/central-api/geo'
import type { RoleId } from '#shared/domain/account/role'
import { circleAround } from '#shared/domain/geo/circle'
import type { Position } from '#shared/domain/geo/position'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { browserClock } from '../../bridge/browser-clock'
import { useTopic, useTopicAs } from '../../bridge/react'
import { saveBlob } from '../../bridge/save-blob'
import { Kbd } from '../../ui/kbd'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatDateTime } from '../../ui/time-format'
import { AreaReport } from './area-report'
import { BaseMapAge, BaseMapSwitch, ownGround } from './base-map-switch'
import { BaseMapPanel } from './base-maps/base-map-panel'
import { Bookmarks } from './bookmarks'
import { CallList } from './call-list'
import type { City } from './city'
import { type CityMap, componentsFrom, createCityMap, type LayerId, type Measured } from './city-map'
import { useCity, usePlaceSearch } from './city-provider'
import { CollectorDetail, CollectorList } from './collector-list'
import type { FoundPlace } from './find-places'
import { GeodataPanel } from './geodata/geodata-panel'
import { CaseList, Identified } from './identify'
import { LayerSwitch, layerIds } from './layer-switch'
import { paperPdf } from './paper'
import { SearchBox, type SearchRef } from './search-box'
import { TimeSlider } from './time-slider'
import { useCalls } from './use-calls'
import { levelOf, type PlacedCase, useCasePoints } from './use-case-points'
import { useCasesInTime } from './use-cases-in-time'
import { levelOfCollector, type ShownCollector, useCollectors, useTrack } from './use-collectors'
import 'ol/ol.css'
import './map.css'

/** 地图: the whole city in one frame, from what the seat keeps; works without the centre, and then says since when the cases are old. */
export function MapPane() {
  const city = useCity()
  if (!city) return <LoadingState what="地图数据" />
  if (!city.documents.grids) {
    return <EmptyState text="中心还没有网格边界。请系统管理员在「标准与区划」导入后再看地图。" />
  }
  return <CityPane city={city} />
}

const shownAtFirst: ReadonlySet<LayerId> = new Set(layerIds.filter((id) => id !== 'heat'))

interface Chosen {
  readonly position: Position
  readonly row: PlacedCase | undefined
  /** Account number. */
  readonly collector?: string
}

function CityPane({ city }: { readonly city: City }) {
  const host = useRef<HTMLDivElement>(null)
  const searchInput = useRef<SearchRef>(null)
  const [map, setMap] = useState<CityMap>()
  const [chosen, setChosen] = useState<Chosen>()
  const [measured, setMeasured] = useState<Measured>()
  const [shown, setShown] = useState<ReadonlySet<LayerId>>(shownAtFirst)
  const [scale, setScale] = useState(0)
  const points = useCasePoints()
  const calls = useCalls()
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  const mayKeep = role !== undefined && (geoKeepers as readonly RoleId[]).includes(role)
  const [isKeeping, setKeeping] = useState(false)
  const [isChecking, setChecking] = useState(false)
  const offsetMs = useTopicAs('connection.changed', (connection) => connection?.clockOffsetMs ?? 0)
  const isOnline = useTopic('connection.changed')?.state === 'online'
  const now = browserClock.now() + offsetMs
  const rows = useRef<readonly PlacedCase[]>([])
  const time = useCasesInTime(points?.rows, now)
  const { inTime } = time
  const search = usePlaceSearch()

  const bases = useTopic('baseMaps.changed')?.sources
  const [baseId, setBaseId] = useState(ownGround)
  const base = bases?.find(({ sourceId }) => sourceId === baseId)
  const baseKey = base?.addresses.join(' ')
  const tiles = useTopic('mapTiles.changed')?.archive ?? undefined
  const archive = useRef(tiles)
  const lastView = useRef<Parameters<CityMap['showExtent']>[0]>(undefined)
  archive.current = tiles
  const archiveKey = tiles?.sha256
  // biome-ignore lint/correctness/useExhaustiveDependencies: `archiveKey` stands for the archive.
  useEffect(() => {
    if (!host.current) return
    const made = createCityMap(host.current, city, {
      componentsFrom,
      ...(archive.current && { archive: archive.current }),
      pick(pick) {
        if (pick.kind === 'mark') return
        made.stopMeasuring()
        setMeasured(undefined)
        const collector = pick.kind === 'collector' ? people.current[pick.index]?.accountNo : undefined
        const row = pick.kind === 'case' ? rows.current[pick.index] : undefined
        setChosen({ position: pick.position, row, ...(collector !== undefined && { collector }) })
      },
      moved() {
        setScale(made.scale())
        lastView.current = made.extent()
      },
    })
    // New ground is shown where one was looking.
    if (lastView.current) made.showExtent(lastView.current)
    setMap(made)
    return () => made.dispose()
  }, [city, archiveKey])
  useEffect(() => {
    rows.current = inTime
    map?.setCases(rows.current.map((row) => ({ position: row.position, level: levelOf(row, browserClock.now() + offsetMs) })))
  }, [map, inTime, offsetMs])
  const collectors = useCollectors(city, now)
  const people = useRef<readonly ShownCollector[]>([])
  useEffect(() => {
    people.current = collectors?.shown ?? []
    map?.setCollectors(people.current.map((one) => ({ position: one.position, level: levelOfCollector(one) })))
  }, [map, collectors])
  useEffect(() => map?.setCalls((calls?.shown ?? []).map(({ position }) => ({ position, level: 0 }))), [map, calls])
  const collector = collectors?.shown.find(({ accountNo }) => accountNo === chosen?.collector)
  const track = useTrack(collector)
  useEffect(() => map?.setTrack(track.points ?? []), [map, track.points])
  useEffect(() => map?.setPin(chosen?.position), [map, chosen])

  // Also for a map made anew, after the ground changed.
  useEffect(() => {
    for (const id of layerIds) map?.show(id, shown.has(id))
  }, [map, shown])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `baseKey` stands for the base map; how old it is changes nothing on the map.
  useEffect(() => map?.setBase(base), [map, baseKey])
  /** A base map brings its own roads: ours over them would hide what it shows. */
  function chooseBase(id: string): void {
    setBaseId(id)
    show('roads', id === ownGround)
  }
  function show(layer: LayerId, isShown: boolean): void {
    setShown((before) => new Set(layerIds.filter((id) => (id === layer ? isShown : before.has(id)))))
  }
  function goTo(place: FoundPlace): void {
    map?.goTo(place.position, place.acrossM)
    setMeasured(undefined)
    setChosen({ position: place.position, row: undefined })
    host.current?.focus()
  }
  function measure(kind: Measured['kind']): void {
    setChosen(undefined)
    setMeasured(undefined)
    map?.measure(kind, setMeasured)
  }
  /** 缓冲: what lies within so many metres of the chosen place. */
  function around(metres: number): void {
    if (!chosen) return
    const ring = circleAround(chosen.position, metres)
    const area = { kind: 'area' as const, ring, value: ringAreaM2(ring) }
    map?.drawRing(area)
    map?.goTo(chosen.position, metres * 3)
    setMeasured(area)
  }
  async function print(size: 'A4' | 'A3'): Promise<void> {
    if (!map) return
    const title = `${city.documents.areas?.region.name ?? ''}城市管理地图`
    const made = await paperPdf(city, map, {
      ...{ size, title, date: formatDateTime(now), madeAt: new Date(now) },
      shown: layerIds.filter((id) => shown.has(id)),
      base,
      cases: rows.current.map((row) => ({ position: row.position, level: levelOf(row, now) })),
      collectors: people.current.map((one) => ({ position: one.position, level: levelOfCollector(one) })),
      prepare(paper) {
        paper.setPin(chosen?.position)
        paper.setTrack(track.points ?? [])
        if (measured) paper.drawRing(measured)
      },
    })
    saveBlob(made, `${title} ${formatDateTime(now).replace(':', '')}.pdf`)
  }
  function key(event: KeyboardEvent): void {
    if (event.target !== host.current || event.ctrlKey || event.altKey) return
    const acts: Readonly<Record<string, () => void>> = {
      '/': () => searchInput.current?.focus(),
      ' ': () => map && setChosen({ position: map.centre(), row: undefined }),
      Home: () => map?.showAll(),
      m: () => measure('distance'),
      a: () => measure('area'),
      Escape: () => {
        map?.stopMeasuring()
        setMeasured(undefined)
      },
    }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const counts = countsOf(city, inTime.length, collectors?.shown.length, calls?.shown.length)
  return (
    <section className="ui-pane map-pane" aria-label="地图">
      <PaneHeader title="地图" meta={scale > 0 ? `约 1:${Math.round(scale / 100) * 100}` : ''}>
        {base && base.state !== 'live' && <BaseMapAge base={base} now={now} />}
        {!isOnline && points && <StaleMark asOf={points.readAt} now={now} />}
      </PaneHeader>
      <div className="map-tools">
        <SearchBox ref={searchInput} search={search} onChoose={goTo} />
        <Button size="small" onClick={() => map?.showAll()}>
          全城 <Kbd>Home</Kbd>
        </Button>
        <Button size="small" onClick={() => measure('distance')}>
          量距离 <Kbd>M</Kbd>
        </Button>
        <Button size="small" onClick={() => measure('area')}>
          圈地方 <Kbd>A</Kbd>
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'A4', label: 'A4 横向' },
              { key: 'A3', label: 'A3 横向' },
            ],
            onClick: ({ key }) => void print(key === 'A3' ? 'A3' : 'A4'),
          }}
        >
          <Button size="small">打印成 PDF</Button>
        </Dropdown>
        {mayKeep && (
          <Button size="small" type={isKeeping ? 'primary' : 'default'} aria-pressed={isKeeping} onClick={() => setKeeping(!isKeeping)}>
            底数维护
          </Button>
        )}
        {mayKeep && (
          <Button size="small" type={isChecking ? 'primary' : 'default'} aria-pressed={isChecking} onClick={() => setChecking(!isChecking)}>
            底图与坐标
          </Button>
        )}
      </div>
      <div className="map-body">
        <div
          className="map-host"
          ref={host}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved by keys.
          tabIndex={0}
          role="application"
          aria-label={`${city.documents.areas?.region.name ?? ''}地图`}
          onKeyDown={key}
        />
        <aside className="map-side">
          {mayKeep && isChecking && <BaseMapPanel city={city} mayConfigure={role === 'admin'} />}
          {mayKeep && isKeeping && (
            <GeodataPanel
              city={city}
              map={map}
              position={chosen?.position}
              onLook={(position) => {
                map?.goTo(position, 300)
                setChosen({ position, row: undefined })
              }}
            />
          )}
          {measured?.kind === 'distance' && <p className="map-measured">{lengthWords(measured.value)}</p>}
          {measured?.kind === 'area' && (
            <>
              <p className="map-measured">{areaWords(measured.value)}</p>
              <AreaReport
                city={city}
                ring={measured.ring}
                rows={inTime}
                collectors={collectors?.shown ?? []}
                levelOf={(row) => levelOf(row, now)}
              />
            </>
          )}
          {chosen?.row && <CaseList title="案卷" rows={[chosen.row]} levelOf={(row) => levelOf(row, now)} />}
          {collector && (
            <CollectorDetail collector={collector} rows={points?.rows ?? []} levelOf={(row) => levelOf(row, now)} now={now} track={track} />
          )}
          {chosen && <Identified city={city} position={chosen.position} onAround={around} />}
          {calls && (
            <CallList
              calls={calls}
              now={now}
              onChoose={({ position }) => {
                map?.goTo(position, 1_200)
                setMeasured(undefined)
                setChosen({ position, row: undefined })
              }}
            />
          )}
          {(points?.rows.length ?? 0) > 0 && <TimeSlider {...time} now={now} />}
          <BaseMapSwitch chosen={baseId} onChoose={chooseBase} />
          <LayerSwitch shown={shown} counts={counts} onChange={show} />
          <Bookmarks
            view={() => map && { position: map.centre(), acrossM: map.acrossM() }}
            onGo={({ position, acrossM }) => map?.goTo(position, acrossM)}
          />
          {collectors && (
            <CollectorList
              collectors={collectors.shown}
              now={now}
              onChoose={({ position, accountNo }) => {
                map?.stopMeasuring()
                setMeasured(undefined)
                map?.goTo(position, 1_200)
                setChosen({ position, row: undefined, collector: accountNo })
              }}
            />
          )}
        </aside>
      </div>
    </section>
  )
}

function countsOf(
  { documents, cameras, components }: City,
  cases: number,
  collectors: number | undefined,
  calls: number | undefined,
): Readonly<Record<LayerId, number | undefined>> {
  return {
    cases,
    heat: cases,
    calls,
    collectors,
    sights: documents.cameras?.cameras.filter(({ sight }) => sight).length ?? 0,
    cameras: cameras.length,
    components: components.length,
    grids: documents.grids?.grids.length ?? 0,
    areas: documents.grids?.outlines.length ?? 0,
    roads: documents.streetsNetwork?.streets.length ?? 0,
  }
}

const lengthWords = (metres: number) => (metres < 1000 ? `${Math.round(metres)} 米` : `${(metres / 1000).toFixed(2)} 公里`)
const areaWords = (squareMetres: number) =>
  squareMetres < 1e6 ? `${(squareMetres / 1e4).toFixed(2)} 公顷` : `${(squareMetres / 1e6).toFixed(2)} 平方公里`
