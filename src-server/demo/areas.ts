import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import type { ReferenceFile } from '../workflows/reference'
import { buildCity, type City } from './city/city'
import type { CitySources } from './city/sources'

/**
 * The reference data of the demonstration: the product ships streets, communities and classifications, but grids, streets, components, patrol
 * areas, matrix and handbook are a city's own data, so the demonstration brings an invented city. It reads no files; it is given them.
 */
export const demonstrationSeed = 12_319

/** The reference files of the product, with the demonstration's city in place of those that it replaces and its other documents behind. */
export function demonstrationOf(files: readonly ReferenceFile[], seed = demonstrationSeed): ReferenceFile[] {
  const city = demonstrationCity(files, seed)
  if (!city) return [...files]
  const { areas, ...others } = city
  const id = areas.region.code
  return [
    ...files.map((file): ReferenceFile => (isOfKind(file, 'areas') ? { ...file, origin: 'demonstration', document: areas } : file)),
    ...Object.values(others).map((document): ReferenceFile => ({ id, origin: 'demonstration', document })),
  ]
}

/** The city alone; `undefined` when the files lack what it is built on. */
export function demonstrationCity(files: readonly ReferenceFile[], seed = demonstrationSeed): City | undefined {
  const sources = sourcesIn(files)
  return sources && buildCity(seed, sources)
}

function sourcesIn(files: readonly ReferenceFile[]): CitySources | undefined {
  const ofKind = <K extends ReferenceKind>(kind: K) =>
    files.flatMap((file) => (isOfKind(file, kind) ? [file.document as ReferenceDocument<K>] : []))
  const editions = ofKind('classification')
  const edition = editions.find(({ replacedBy }) => replacedBy === null)
  const [areas] = ofKind('areas')
  const [departments] = ofKind('departments')
  const [limits] = ofKind('handlingLimits')
  const editionBefore = editions.find(({ standard }) => standard === limits?.standard)
  return areas && departments && edition && editionBefore && limits ? { areas, departments, edition, editionBefore, limits } : undefined
}

function isOfKind(file: ReferenceFile, kind: ReferenceKind): boolean {
  return (file.document as { kind?: unknown } | null)?.kind === kind
}
