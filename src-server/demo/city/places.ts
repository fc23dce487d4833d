/** Named places of the demonstration, for addresses: streets, housing estates, door plates, landmarks and points of interest. Names are invented. */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Ground, GroundGrid } from './ground'
import { centroidOf, isInside, type Point, toLngLat, towards } from './plane'
import type { Chance } from './random'
import type { Street } from './streets'

type Place = ReferenceDocument<'places'>['places'][number]
type Draft = Omit<Place, 'placeId'>

export interface PlaceInput {
  readonly regionName: string
  readonly ground: Ground
  readonly streets: readonly Street[]
  readonly count: number
  readonly chance: Chance
}

const estateFirst = '锦绣 阳光 翠湖 紫薇 丽景 祥和 学府 滨河 金色 枫林 温馨 康泰 御景 百合 鸿福 幸福 嘉和 东方 盛世 福瑞'.split(' ')
const estateLast = '家园 花园 小区 新城 名苑'.split(' ')
const landmarks =
  '航空文化广场 东轻工人文化宫 平房公园 区体育馆 科技会展中心 和平钟楼 飞机主题公园 新疆大街立交桥 城市规划馆 老机场塔台 图书馆 青少年宫 东部客运站 南站站前广场 工业遗址公园 友协文化广场'.split(
    ' ',
  )
const interests: readonly (readonly [name: string, numbers: number])[] = [
  ['小学', 8],
  ['中学', 6],
  ['幼儿园', 8],
  ['社区卫生服务中心', 6],
  ['农贸市场', 6],
  ['派出所', 5],
  ['菜鸟驿站', 5],
  ['加油站', 4],
  ['生鲜超市', 6],
  ['公交首末站', 4],
]

/** Exactly `count` places; door plates fill what the others leave. */
export function placesDocument({ regionName, ground, streets, count, chance }: PlaceInput): ReferenceDocument<'places'> {
  const streetPlaces = streets.flatMap((street) => streetPlace(street, ground))
  const blocks = chance.shuffle(ground.grids)
  const estates = estateNames(chance, 60).flatMap((name) => placeIn('estate', name, blocks.pop()))
  const marks = landmarks.flatMap((name) => placeIn('landmark', name, blocks.pop()))
  const points = interests.flatMap(([name, numbers]) =>
    Array.from({ length: numbers }, (_, index) => `第${index + 1}${name}`).flatMap((each) =>
      placeIn('pointOfInterest', each, blocks.pop()),
    ),
  )
  const others = [...streetPlaces, ...estates, ...marks, ...points].slice(0, count)
  const places = [...others, ...doorplates(ground, streets, count - others.length, chance)]
  return {
    kind: 'places',
    title: `${regionName}地名地址（演示）`,
    places: places.map((place, index) => ({ placeId: `p${String(index + 1).padStart(4, '0')}`, ...place })),
  }
}

function placeIn(type: Place['type'], name: string, grid: GroundGrid | undefined): Draft[] {
  return grid ? [{ type, name, position: toLngLat(grid.middle), gridCode: grid.code }] : []
}

function estateNames(chance: Chance, count: number): readonly string[] {
  return chance.shuffle(estateFirst.flatMap((first) => estateLast.map((last) => first + last))).slice(0, count)
}

/** A street as a place is a point beside the middle of its longest run. */
function streetPlace({ name, runs }: Street, ground: Ground): Draft[] {
  const run = runs.toSorted((a, b) => b.length - a.length)[0] ?? []
  const at = Math.max(1, Math.floor(run.length / 2))
  return besideEdge(run[at - 1], run[at], ground, 0.5, 4).map((place) => ({ type: 'street' as const, name, ...place }))
}

/** A point a few metres inside a grid that borders on the edge between two nodes. */
function besideEdge(
  from: number | undefined,
  to: number | undefined,
  ground: Ground,
  share: number,
  metres: number,
): Pick<Draft, 'position' | 'gridCode'>[] {
  if (from === undefined || to === undefined) return []
  const [a, b] = [ground.nodes[from], ground.nodes[to]]
  const grid = ground.around.get(from)?.find(({ ring }) => ring.includes(to))
  if (!a || !b || !grid) return []
  const point = insideFrom(towards(a, b, share), grid, metres)
  return [{ position: toLngLat(point), gridCode: grid.code }]
}

/** From a point on the ring of a grid so many metres towards its middle. */
export function insideFrom(point: Point, grid: Pick<GroundGrid, 'middle' | 'points'>, metres: number): Point {
  const reach = Math.hypot(grid.middle.x - point.x, grid.middle.y - point.y)
  const inside = towards(point, grid.middle, Math.min(0.5, metres / reach))
  return isInside(inside, grid.points) ? inside : centroidOf(grid.points)
}

/** Numbers grow along the street, about one for every eight metres. */
function doorplates(ground: Ground, streets: readonly Street[], count: number, chance: Chance): Draft[] {
  const houses = streets
    .filter(({ rank }) => rank !== 'lane')
    .flatMap(({ name, runs }) => runs.flatMap((run) => run.slice(1).map((to, at) => ({ name, from: run[at], to, at }))))
  const plates = chance.shuffle(houses).flatMap(({ name, from, to, at }): Draft[] => {
    const share = chance.between(0.15, 0.85)
    const doorNo = Math.floor((at + share) * 30) + 1
    return besideEdge(from, to, ground, share, 10).map((place) => ({ type: 'doorplate' as const, name: `${name}${doorNo}号`, ...place }))
  })
  // An interrupted street would have a number twice.
  return [...new Map(plates.map((place) => [place.name, place])).values()].slice(0, Math.max(0, count))
}
