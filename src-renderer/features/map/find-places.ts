import type { Position } from '#shared/domain/geo/position'
import { boundsOf } from '#shared/domain/geo/ring'
import { filterIndexed, indexText, type TextIndex } from '../../ui/pinyin-match'
import type { City } from './city'

/** Search over what has a name or a code on the map: streets, communities, roads, places, cameras, grids. Pinyin, initials, characters, codes. */
export interface FoundPlace {
  readonly key: string
  readonly kind: string
  readonly name: string
  readonly code: string
  readonly position: Position
  /** Metres across that should be in view. */
  readonly acrossM: number
  readonly index: TextIndex
}

export type PlaceSearch = (query: string) => readonly FoundPlace[]

const placeTypes = { street: '街巷', estate: '小区', doorplate: '门牌', landmark: '标志物', pointOfInterest: '兴趣点' } as const

export function placeSearchOf(city: City): PlaceSearch {
  const places = [...areaPlaces(city), ...roadPlaces(city), ...namedPlaces(city), ...cameraPlaces(city)]
  return (query) => {
    const wanted = query.trim()
    if (wanted === '') return []
    const byCode = /^\d{4,}$/.test(wanted) ? [...codedGrids(city, wanted), ...codedComponents(city, wanted)] : []
    return [...filterIndexed(wanted, places), ...byCode].slice(0, 30)
  }
}

type Entry = Omit<FoundPlace, 'index' | 'key'>
const entry = (place: Entry): FoundPlace => ({
  ...place,
  key: `${place.kind}/${place.code}/${place.name}`,
  index: indexText({ text: place.name, code: place.code }),
})

/** Codes of thousands of grids are compared when asked for, not indexed. */
function codedGrids({ documents, nameOf }: City, wanted: string): readonly FoundPlace[] {
  return (documents.grids?.grids ?? [])
    .filter(({ code }) => code.startsWith(wanted) || (wanted.length < 9 && code.endsWith(wanted)))
    .slice(0, 20)
    .map(({ code, ring, areaM2 }) => {
      const name = `${nameOf(code.slice(0, 12)) ?? ''}${code.slice(12)} 网格`
      return entry({ kind: '网格', name, code, position: middleOf(ring), acrossM: Math.sqrt(areaM2) * 2 })
    })
}

function codedComponents({ components }: City, wanted: string): readonly FoundPlace[] {
  return components
    .filter(({ code }) => code.startsWith(wanted))
    .slice(0, 20)
    .map(({ code, name, position }) => entry({ kind: '部件', name, code, position, acrossM: 150 }))
}

function areaPlaces({ documents, nameOf }: City): readonly FoundPlace[] {
  return (documents.grids?.outlines ?? []).flatMap(({ areaCode, areaM2, ring }) => {
    const name = nameOf(areaCode)
    const kind = areaCode.length === 12 ? '社区' : areaCode.length === 9 ? '街道' : '区'
    return name === undefined ? [] : [entry({ kind, name, code: areaCode, position: middleOf(ring), acrossM: Math.sqrt(areaM2) * 1.3 })]
  })
}

function roadPlaces({ documents }: City): readonly FoundPlace[] {
  return (documents.streetsNetwork?.streets ?? []).flatMap(({ streetId, name, lines }) => {
    const longest = lines.reduce((best, line) => (line.length > best.length ? line : best), lines[0] ?? [])
    const middle = longest[Math.floor(longest.length / 2)]
    return middle ? [entry({ kind: '道路', name, code: streetId, position: { lng: middle[0], lat: middle[1] }, acrossM: 800 })] : []
  })
}

function namedPlaces({ documents }: City): readonly FoundPlace[] {
  return (documents.places?.places ?? [])
    .filter(({ type }) => type !== 'street')
    .map(({ placeId, type, name, position: [lng, lat] }) =>
      entry({ kind: placeTypes[type], name, code: placeId, position: { lng, lat }, acrossM: 300 }),
    )
}

const cameraPlaces = ({ cameras }: City): readonly FoundPlace[] =>
  cameras.map(({ code, name, position }) => entry({ kind: '监控点', name, code, position, acrossM: 300 }))

function middleOf(ring: readonly (readonly [number, number])[]): Position {
  const { west, south, east, north } = boundsOf(ring)
  return { lng: (west + east) / 2, lat: (south + north) / 2 }
}
