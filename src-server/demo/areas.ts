import type { ReferenceDocument } from '#shared/contracts/reference'
import type { ReferenceFile } from '../workflows/reference'

/** Invented unit grids for the demonstration: the product ships the district's streets and communities, but its grids are the city's own data. */
type Areas = ReferenceDocument<'areas'>

/** As many unit grids as the district is said to have. */
const gridCount = 418

/** The reference files of the product, with the demonstration's own documents in place of those that it replaces. */
export function demonstrationOf(files: readonly ReferenceFile[]): ReferenceFile[] {
  return files.map((file) => (isAreas(file.document) ? { ...file, origin: 'demonstration', document: withGrids(file.document) } : file))
}

function isAreas(document: unknown): document is Areas {
  return (document as { kind?: unknown } | null)?.kind === 'areas'
}

/** GB/T 30428.1: a unit grid's code is its community's twelve digits and a number of three. */
function withGrids(areas: Areas): Areas {
  const { communities } = areas
  if (communities.length === 0) return areas
  const grids = Array.from({ length: gridCount }, (_, index) => {
    const communityCode = communities[index % communities.length]?.code ?? ''
    const number = Math.floor(index / communities.length) + 1
    return { code: communityCode + String(number).padStart(3, '0'), communityCode, source: '演示数据', isCertain: false }
  })
  return { ...areas, grids: grids.sort((a, b) => (a.code < b.code ? -1 : 1)) }
}
