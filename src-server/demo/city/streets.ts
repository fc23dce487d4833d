/** Names and ranks for the streets of the mesh, and what they are asked for: the streets at a node. Names are partly those of 平房区, partly invented. */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Mesh, StreetLine } from './mesh'
import { distance, type Point, toLngLat } from './plane'

export interface Street {
  readonly streetId: string
  readonly name: string
  readonly rank: 'trunk' | 'main' | 'minor' | 'lane'
  readonly runs: readonly (readonly number[])[]
}

const northSouthNames =
  '星海 兴建 集智 平新 联盟 春晖 建安 和顺 友协 东轻 伟建 南城 保国 友谊 飞达 中兴 新疆 清水 新伟 朝晖 顺迈 育才 哈南 金桥 望江'.split(' ')
const westEastNames = '北环 松花 渤海 黄海 东海 征仪 烟台 青岛 大连 珠海 平安 威海 长城 厦门 海口 昆仑 天山 泰山 华山 秦岭 南环'.split(' ')
const numerals = '一二三四五六七八九十'

/** Named from west to east and from north to south; lanes after the street on their west. */
export function nameStreets(mesh: Mesh): readonly Street[] {
  const lanes = new Map<number, number>()
  return mesh.streets.map((line, index): Street => {
    const rank = rankOf(line)
    return { streetId: `s${String(index + 1).padStart(3, '0')}`, name: nameOf(line, rank, lanes), rank, runs: line.runs }
  })
}

function rankOf({ course, line }: StreetLine): Street['rank'] {
  if (course === 'lane') return 'lane'
  const [trunkEvery, mainEvery] = course === 'northSouth' ? [8, 4] : [10, 5]
  if (line % trunkEvery === 0) return 'trunk'
  return line % mainEvery === 0 ? 'main' : 'minor'
}

function nameOf({ course, line }: StreetLine, rank: Street['rank'], lanes: Map<number, number>): string {
  const isTrunk = rank === 'trunk'
  if (course === 'northSouth') return `${northSouthNames[line] ?? `南北${line}`}${isTrunk ? '大街' : '街'}`
  if (course === 'westEast') return `${westEastNames[line] ?? `东西${line}`}${isTrunk ? '大道' : '路'}`
  const number = lanes.get(line) ?? 0
  lanes.set(line, number + 1)
  return `${northSouthNames[line] ?? `南北${line}`}${numerals.charAt(number)}巷`
}

/** Each street once, with the nodes that it runs through. */
export function streetsAt(streets: readonly Street[]): ReadonlyMap<number, readonly Street[]> {
  const at = new Map<number, Street[]>()
  for (const street of streets)
    for (const node of street.runs.flat()) {
      const known = at.get(node)
      if (known) known.push(street)
      else at.set(node, [street])
    }
  return at
}

export function runLength(run: readonly number[], nodes: readonly Point[]): number {
  return run.reduce((sum, node, index) => {
    const [from, to] = [nodes[run[index - 1] ?? -1], nodes[node]]
    return from && to ? sum + distance(from, to) : sum
  }, 0)
}

export function streetsNetworkDocument(
  regionName: string,
  streets: readonly Street[],
  nodes: readonly Point[],
): ReferenceDocument<'streetsNetwork'> {
  return {
    kind: 'streetsNetwork',
    title: `${regionName}道路（演示）`,
    streets: streets.map(({ streetId, name, rank, runs }) => ({
      streetId,
      name,
      rank,
      lines: runs.map((run) => run.flatMap((node) => (nodes[node] ? [toLngLat(nodes[node])] : []))),
    })),
  }
}
