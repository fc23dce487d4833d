/** Collectors of the demonstration and the grids that each walks: a handful of neighbours inside one community. Every name is invented. */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Ground, GroundGrid } from './ground'
import { groupBy, shareOut } from './lists'
import type { Chance } from './random'

type PatrolArea = ReferenceDocument<'patrolAreas'>['patrolAreas'][number]

const families = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const givenNames =
  '建军 丽华 志刚 桂兰 海涛 秀英 永强 淑珍 文博 晓梅 国庆 春燕 立新 雪松 玉梅 宏伟 凤霞 长江 婷婷 兴旺 金花 大鹏 红艳 学东 素云 铁成 冬梅 振华 佳音 福来'.split(
    ' ',
  )

export function patrolAreasDocument(
  regionName: string,
  ground: Ground,
  collectors: number,
  chance: Chance,
): ReferenceDocument<'patrolAreas'> {
  const communities = [...groupBy(ground.grids, ({ communityCode }) => communityCode)]
  const shares = shareOut(
    collectors - communities.length,
    communities.map(([, grids]) => grids.length),
  )
  const names = inventNames(collectors, chance)
  const pieces = communities.flatMap(([communityCode, grids], index) =>
    piecesOf(grids, (shares[index] ?? 0) + 1).map((gridCodes) => ({ communityCode, gridCodes })),
  )
  const numberOf = (index: number) => String(1001 + index)
  const patrolAreas = pieces.map(({ communityCode, gridCodes }, index): PatrolArea => {
    // Colleagues know the ground next door: somebody of the same community stands in, else of the same street.
    const near = (digits: number) =>
      pieces.flatMap((piece, at) => (piece.communityCode.slice(0, digits) === communityCode.slice(0, digits) ? [at] : []))
    const colleagues = near(12).length > 1 ? near(12) : near(9)
    const substitute = colleagues[(colleagues.indexOf(index) + 1) % colleagues.length] ?? index
    return { collectorNo: numberOf(index), collectorName: names[index] ?? '', substituteNo: numberOf(substitute), gridCodes }
  })
  return { kind: 'patrolAreas', title: `${regionName}责任网格（演示）`, patrolAreas }
}

/** The first way to and fro through the community that can be cut into pieces without a gap; its corners may be cut off, so not every way can. */
function piecesOf(grids: readonly GroundGrid[], count: number): readonly string[][] {
  const sizes = shareOut(
    grids.length,
    Array.from({ length: count }, () => 1),
  )
  const ways = waysThrough(grids).map((way) => cutUp(way, sizes))
  const whole = ways.find((pieces) => pieces.every(isOnePiece)) ?? ways[0] ?? []
  return whole.map((piece) => piece.map(({ code }) => code))
}

/** Row by row or column by column, each beginning at either end. */
function waysThrough(grids: readonly GroundGrid[]): readonly GroundGrid[][] {
  const west = (a: GroundGrid, b: GroundGrid) => a.column - b.column || a.row - b.row
  const north = (a: GroundGrid, b: GroundGrid) => a.row - b.row || a.column - b.column
  const toAndFro = (lanes: readonly (readonly GroundGrid[])[], along: typeof west, first: number) =>
    lanes.flatMap((lane, index) => (index % 2 === first ? lane.toSorted(along) : lane.toSorted(along).reverse()))
  const rows = [...groupBy(grids.toSorted(north), ({ row }) => row).values()]
  const columns = [...groupBy(grids.toSorted(west), ({ column }) => Math.floor(column)).values()]
  return [toAndFro(rows, west, 0), toAndFro(rows, west, 1), toAndFro(columns, north, 0), toAndFro(columns, north, 1)]
}

function cutUp(way: readonly GroundGrid[], sizes: readonly number[]): readonly GroundGrid[][] {
  let from = 0
  return sizes.map((size) => {
    from += size
    return way.slice(from - size, from)
  })
}

/** Whether one can walk from the first to all others across shared edges, that is two nodes in common. */
function isOnePiece(piece: readonly GroundGrid[]): boolean {
  const left = new Set(piece)
  const reached = piece.slice(0, 1)
  for (const here of reached) {
    left.delete(here)
    for (const other of left)
      if (here.ring.filter((node) => other.ring.includes(node)).length > 1 && !reached.includes(other)) reached.push(other)
  }
  return left.size === 0
}

function inventNames(count: number, chance: Chance): readonly string[] {
  const all = chance.shuffle(families.flatMap((family) => givenNames.map((given) => family + given)))
  return all.slice(0, count)
}
