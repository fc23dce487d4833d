import { type KeyboardEvent, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Position } from '#shared/domain/geo/position'
import { browserClock } from '../../bridge/browser-clock'
import { useTopic, useTopicAs } from '../../bridge/react'
import { useOpenTarget } from '../../ui/open-target'
import type { PickedPlace, PlaceMapProps } from '../../ui/place-map'
import { StaleMark } from '../../ui/stale-mark'
import type { City } from './city'
import { type CityMap, createCityMap } from './city-map'
import { useCity, usePlaceSearch } from './city-provider'
import { SearchBox, type SearchRef } from './search-box'
import { levelOf, type PlacedCase, useCasePoints } from './use-case-points'
import 'ol/ol.css'
import './map.css'

/**
 * The map inside another feature (`ui/place-map`): the pin and its grid, open cases and cameras around, the feature's own marks; with `onPick` also
 * the way to a pin without a mouse: search, Enter, arrows. Works from what the seat keeps.
 */
export function SmallMap(props: PlaceMapProps) {
  const city = useCity()
  if (!city) return <p className="ui-empty">正在读取地图数据…</p>
  if (!city.documents.grids) return <p className="ui-empty">中心还没有网格边界，坐标与网格请直接填写。</p>
  return <SmallCityMap {...props} city={city} />
}

/** Metres across that a pin is looked at with: its grid and those around it. */
const aroundM = 420
/** Pixels that an arrow key moves the pin, alone and with Shift. */
const [stepPx, stridePx] = [4, 40]

function SmallCityMap(props: PlaceMapProps & { readonly city: City }) {
  const { city, label, pin, onPick, marks, ref } = props
  const host = useRef<HTMLDivElement>(null)
  const searchInput = useRef<SearchRef>(null)
  const { map, points } = useMapIn(host, props)
  const search = usePlaceSearch()
  const isOnline = useTopic('connection.changed')?.state === 'online'
  const offsetMs = useTopicAs('connection.changed', (connection) => connection?.clockOffsetMs ?? 0)
  const latestPin = useRef(pin)
  latestPin.current = pin

  useImperativeHandle(
    ref,
    () => ({
      focusSearch: () => searchInput.current?.focus(),
      look: (position: Position) => map?.goTo(position, aroundM),
    }),
    [map],
  )
  useEffect(() => map?.setMarks(marks ?? []), [map, marks])
  useShownPin(map, city, pin)

  function pick(position: Position, name?: string): void {
    const picked = pickedAt(city, position, name)
    // The next arrow key may come before the pin comes back from whoever keeps it.
    latestPin.current = picked.position
    onPick?.(picked)
  }
  function key(event: KeyboardEvent): void {
    if (!map || event.target !== host.current || event.ctrlKey || event.altKey || event.metaKey) return
    const act = actOf(event, map, latestPin.current, onPick && pick, () => searchInput.current?.focus())
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <section className="place-map" aria-label={label}>
      {onPick && (
        <div className="map-tools">
          <SearchBox
            ref={searchInput}
            search={search}
            {...(props.searchKeys !== undefined && { keys: props.searchKeys })}
            onChoose={(place) => {
              map?.goTo(place.position, Math.min(place.acrossM, aroundM))
              pick(place.position, place.name)
              host.current?.focus()
            }}
          />
        </div>
      )}
      <div
        className="map-host"
        ref={host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved by keys.
        tabIndex={0}
        role="application"
        aria-label={onPick ? `${label}，方向键移动落点，回车在正中落点` : label}
        onKeyDown={key}
      />
      <footer className="place-map-foot">
        <PinWords city={city} pin={pin} canPick={onPick !== undefined} />
        <span className="ui-spring" />
        {!isOnline && points && <StaleMark asOf={points.readAt} now={browserClock.now() + offsetMs} />}
      </footer>
    </section>
  )
}

/** Makes the map once for a city, keeps the open cases around on it, and says what was clicked. */
function useMapIn(host: React.RefObject<HTMLDivElement | null>, { city, onPick, exceptCaseId }: PlaceMapProps & { readonly city: City }) {
  const [map, setMap] = useState<CityMap>()
  const points = useCasePoints()
  const offsetMs = useTopicAs('connection.changed', (connection) => connection?.clockOffsetMs ?? 0)
  const open = useOpenTarget()
  const rows = useRef<readonly PlacedCase[]>([])
  const latest = useRef({ onPick, open })
  latest.current = { onPick, open }
  useEffect(() => {
    if (!host.current) return
    const made = createCityMap(host.current, city, {
      isSmall: true,
      componentsFrom: 1.2,
      moved: () => undefined,
      pick(picked) {
        const caseId = picked.kind === 'case' ? rows.current[picked.index]?.caseId : picked.kind === 'mark' ? picked.mark.caseId : undefined
        if (caseId !== undefined && latest.current.open) latest.current.open({ caseId })
        else latest.current.onPick?.(pickedAt(city, picked.position))
      },
    })
    setMap(made)
    return () => made.dispose()
  }, [host, city])
  useEffect(() => {
    rows.current = points?.rows.filter(({ caseId }) => caseId !== exceptCaseId) ?? []
    map?.setCases(rows.current.map((row) => ({ position: row.position, level: levelOf(row, browserClock.now() + offsetMs) })))
  }, [map, points, offsetMs, exceptCaseId])
  return { map, points }
}

/** The pin as it is now. One that appears is looked at closely; one that moves only stays inside the frame. */
function useShownPin(map: CityMap | undefined, city: City, pin: Position | undefined): void {
  const looked = useRef<CityMap>(undefined)
  const { lng, lat } = pin ?? {}
  useEffect(() => {
    if (!map) return
    const position = lng === undefined || lat === undefined ? undefined : { lng, lat }
    map.setPin(position)
    map.setGrid(position && city.ringOf(city.gridIndex.gridAt(position)?.code ?? ''))
    if (!position) looked.current = undefined
    else if (looked.current === map) map.keepInView(position)
    else {
      map.goTo(position, aroundM)
      looked.current = map
    }
  }, [map, city, lng, lat])
}

function actOf(
  { key, shiftKey }: KeyboardEvent,
  map: CityMap,
  pin: Position | undefined,
  pick: ((position: Position) => void) | undefined,
  find: () => void,
): (() => void) | undefined {
  const step = shiftKey ? stridePx : stepPx
  const move = (right: number, down: number) => () => pick?.(map.beside(pin ?? map.centre(), right * step, down * step))
  const acts: Readonly<Record<string, (() => void) | undefined>> = {
    '+': () => map.zoom(1),
    '=': () => map.zoom(1),
    '-': () => map.zoom(-1),
    Home: () => map.showAll(),
    ...(pick && {
      ArrowLeft: move(-1, 0),
      ArrowRight: move(1, 0),
      ArrowUp: move(0, -1),
      ArrowDown: move(0, 1),
      Enter: () => pick(pin ?? map.centre()),
      '/': find,
    }),
  }
  return acts[key]
}

function pickedAt(city: City, { lng, lat }: Position, name?: string): PickedPlace {
  const position = { lng: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)) }
  const near = city.placeNear(position)
  return {
    position,
    gridCode: city.gridIndex.gridAt(position)?.code,
    name,
    near: near && { name: near.item.name, metres: near.metres },
  }
}

function PinWords({ city, pin, canPick }: { readonly city: City; readonly pin: Position | undefined; readonly canPick: boolean }) {
  if (!pin) return <span>{canPick ? '点地图落点；或搜到后回车，方向键微调' : '没有坐标'}</span>
  const gridCode = city.gridIndex.gridAt(pin)?.code
  const near = city.placeNear(pin)
  return (
    <>
      {gridCode === undefined ? <span>不在任何已知网格内</span> : <span className="map-code">{gridCode}</span>}
      {gridCode !== undefined && <span>{city.nameOf(gridCode.slice(0, 12))}</span>}
      {near && <span className="place-map-near">{`近${near.item.name}，${Math.round(near.metres)} 米`}</span>}
    </>
  )
}
