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
    piecesOf(walkThrough(grids), (shares[index] ?? 0) + 1).map((gridCodes) => ({ communityCode, gridCodes })),
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

/** To and fro through the rows of the community, so that what follows each other lies side by side. */
function walkThrough(grids: readonly GroundGrid[]): readonly GroundGrid[] {
  const rows = [...groupBy(grids, ({ row }) => row)].sort(([a], [b]) => a - b)
  return rows.flatMap(([, inRow], index) => {
    const fromWest = [...inRow].sort((a, b) => a.column - b.column)
    return index % 2 === 0 ? fromWest : fromWest.reverse()
  })
}

function piecesOf(walk: readonly GroundGrid[], count: number): readonly string[][] {
  const sizes = shareOut(
    walk.length,
    Array.from({ length: count }, () => 1),
  )
  let from = 0
  return sizes.map((size) => {
    from += size
    return walk.slice(from - size, from).map(({ code }) => code)
  })
}

function inventNames(count: number, chance: Chance): readonly string[] {
  const all = chance.shuffle(families.flatMap((family) => givenNames.map((given) => family + given)))
  return all.slice(0, count)
}
