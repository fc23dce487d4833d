import { chinaDate } from '#shared/base/china-time'
import type { GeoImport } from '#shared/contracts/geo-shapes'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { checkFeatures } from '#shared/domain/geodata/check'
import { systemProblem } from '#shared/domain/geodata/check-system'
import type { KnownCity } from '#shared/domain/geodata/city'
import {
  type Candidate,
  contentOf,
  type Feature,
  type FeatureContent,
  givenUpState,
  isGivenUp,
  type Problem,
} from '#shared/domain/geodata/layers'
import type { GeoImportRecord } from '../../store/geo-import-store'
import type { NewVersion } from '../../store/geo-store'
import type { Database } from '../../store/open-database'
import { loadCity } from './load-city'
import { readImportFile } from './read-file'

/** The dry run of an import: the file read, its system told, every feature checked, and what would be written. It writes nothing. */
export interface CheckedImport {
  readonly problems: readonly Problem[]
  readonly counts: NonNullable<GeoImport['counts']>
  /** What applying it writes; empty when there are errors. */
  readonly versions: readonly NewVersion[]
}

/** Told between two pieces of work; throws when the import is to end. */
export type Progress = (share: number, step: string) => Promise<void>

export async function checkImport(
  db: Database,
  record: GeoImportRecord,
  path: string,
  now: number,
  progress: Progress,
): Promise<CheckedImport> {
  await progress(0, '读取已有数据')
  const city = await loadCity(db, record.layer)
  const today = chinaDate(now)
  const file = await readImportFile(path, record, city, today, (share) => progress(share * 0.3, '读取文件'))
  const shifted = systemProblem(record.layer, file.raw, record.coordinates, city)
  // In a wrong system every feature is wrong: saying so once is enough.
  const found = shifted ? [shifted] : await checkAll(file.candidates, record, city, progress)
  const problems = [...file.problems, ...found]
  const versions = versionsOf(file.candidates, record, city, today)
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length
  const retired = versions.filter(({ code, state }) => isGivenUp(state) && !isGone(city.features.get(code))).length
  const added = versions.filter(({ version }) => version === 1).length
  const touched = new Set(versions.map(({ code }) => code))
  const counts = {
    rows: file.rows,
    added,
    changed: versions.length - added - retired,
    unchanged: file.candidates.filter(({ code }) => !touched.has(code)).length,
    retired,
    errors: count('error'),
    warnings: count('warning'),
  }
  return { problems, counts, versions: counts.errors > 0 ? [] : versions }
}

async function checkAll(
  candidates: readonly Candidate[],
  { layer, mode }: GeoImportRecord,
  city: KnownCity,
  progress: Progress,
): Promise<readonly Problem[]> {
  const work = checkFeatures(layer, candidates, city, mode)
  let step = work.next()
  while (!step.done) {
    await progress(0.3 + step.value * 0.7, '检查要素')
    step = work.next()
  }
  return step.value
}

const isGone = (feature: Feature | undefined): boolean => feature !== undefined && isGivenUp(feature.state)

/** New and changed features, and in a `replace` those that the file does not name, given up as of today. */
function versionsOf(
  candidates: readonly Candidate[],
  { layer, mode }: GeoImportRecord,
  city: KnownCity,
  today: string,
): readonly NewVersion[] {
  const named = new Set(candidates.map(({ code }) => code))
  const written = candidates.flatMap((candidate) => {
    const { row: _row, code, ...given } = candidate
    const content = settled(layer, given, city)
    const known = city.features.get(code)
    if (known && isSameContent(known, content)) return []
    return [{ ...content, layer, code, version: versionOf(known) + 1 }]
  })
  if (mode === 'merge') return written
  const missing = [...city.features.values()].filter((feature) => !named.has(feature.code) && !isGone(feature))
  return [
    ...written,
    ...missing.map((feature) => ({
      ...contentOf(feature),
      layer,
      code: feature.code,
      state: givenUpState(layer),
      validTo: today,
      version: versionOf(feature) + 1,
    })),
  ]
}

export const versionOf = (feature: Feature | undefined): number => (feature as { version?: number } | undefined)?.version ?? 0

/** With what is worked out and not given: the area of a grid, the grid of a component. */
export function settled(layer: string, content: FeatureContent, city: KnownCity): FeatureContent {
  const { geometry } = content
  if (layer === 'grid' && geometry?.type === 'Polygon' && geometry.coordinates[0]) {
    const areaM2 = Math.round(ringAreaM2(geometry.coordinates[0]) * 100) / 100
    return { ...content, attributes: { ...content.attributes, areaM2 } }
  }
  if ((layer === 'component' || layer === 'place') && geometry?.type === 'Point' && content.parentCode === null) {
    const [lng, lat] = geometry.coordinates
    return { ...content, parentCode: city.gridAt({ lng, lat }) ?? null }
  }
  return content
}

export function isSameContent(a: FeatureContent, b: FeatureContent): boolean {
  return canonical(contentOf(a)) === canonical(contentOf(b))
}

/** Attributes in the order of their names; a grid's area is worked out, and tells nothing of its own. */
function canonical({ attributes, ...content }: FeatureContent): string {
  const { areaM2: _area, ...others } = attributes
  return JSON.stringify([content, Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))])
}
