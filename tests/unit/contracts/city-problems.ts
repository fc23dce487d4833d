/**
 * What is wrong with the documents about the ground and about who answers for it: codes that lead nowhere, rings that are not closed, subclasses
 * that nobody handles. Whether outlines fit together is a question for geometry, not asked here.
 */
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'

type Check<K extends ReferenceKind> = (document: ReferenceDocument<K>, all: readonly ReferenceDocument[]) => readonly string[]
type CityKind =
  | 'grids'
  | 'streetsNetwork'
  | 'places'
  | 'cameras'
  | 'components'
  | 'patrolAreas'
  | 'departmentAreas'
  | 'mapTiles'
  | 'baseMaps'
  | 'responsibility'
  | 'handbook'

const repeated = (texts: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  return [...new Set(texts.filter((text) => seen.size === seen.add(text).size))]
}
const twice = (texts: readonly string[]): readonly string[] => repeated(texts).map((text) => `${text} is there twice`)

const ofKind = <K extends ReferenceKind>(all: readonly ReferenceDocument[], kind: K): readonly ReferenceDocument<K>[] =>
  all.filter((other): other is ReferenceDocument<K> => other.kind === kind)

const missing = (what: string, wanted: readonly string[], known: readonly string[]): readonly string[] => {
  const codes = new Set(known)
  return [...new Set(wanted)].filter((code) => !codes.has(code)).map((code) => `${what} ${code} is in no document`)
}

const gridCodes = (all: readonly ReferenceDocument[]) => ofKind(all, 'areas').flatMap(({ grids }) => grids.map(({ code }) => code))
const departmentCodes = (all: readonly ReferenceDocument[]) =>
  ofKind(all, 'departments').flatMap(({ departments }) => departments.map(({ code }) => code))
const areaCodes = (all: readonly ReferenceDocument[]) =>
  ofKind(all, 'areas').flatMap(({ region, streets, communities }) => [region, ...streets, ...communities].map(({ code }) => code))
const subclassKeys = (all: readonly ReferenceDocument[], standard: string) =>
  ofKind(all, 'classification')
    .filter((edition) => edition.standard === standard)
    .flatMap(({ subclasses }) => subclasses.map(({ kind, code }) => `${kind} ${code}`))

export const cityChecks: { readonly [K in CityKind]: Check<K> } = {
  departmentAreas: ({ areas }, all) => [
    ...twice(areas.map(({ areaId }) => areaId)),
    ...missing(
      'grid',
      areas.flatMap((area) => area.gridCodes),
      gridCodes(all),
    ),
  ],
  // Cut by the centre, never shipped.
  mapTiles: () => ['is not for a file'],
  // Entered by an administrator, with keys that are in no document.
  baseMaps: () => ['is not for a file'],
  grids: ({ grids, outlines }, all) => [
    ...twice([...grids.map(({ code }) => code), ...outlines.map(({ areaCode }) => areaCode)]),
    ...missing(
      'grid',
      grids.map(({ code }) => code),
      gridCodes(all),
    ),
    ...missing(
      'area',
      outlines.map(({ areaCode }) => areaCode),
      areaCodes(all),
    ),
    ...grids.filter(({ code, communityCode }) => !code.startsWith(communityCode)).map(({ code }) => `grid ${code} is in another community`),
    ...[...grids, ...outlines].filter(({ ring }) => String(ring[0]) !== String(ring.at(-1))).map(() => 'a ring is not closed'),
  ],
  streetsNetwork: ({ streets }) => twice(streets.map(({ streetId }) => streetId)),
  places: ({ places }, all) => [
    ...twice(places.map(({ placeId }) => placeId)),
    ...missing(
      'grid',
      places.map(({ gridCode }) => gridCode),
      gridCodes(all),
    ),
  ],
  cameras: ({ cameras }, all) => [
    ...twice([...cameras.map(({ cameraNo }) => cameraNo), ...cameras.map(({ deviceId }) => deviceId)]),
    ...missing(
      'grid',
      cameras.flatMap((camera) => camera.gridCodes),
      gridCodes(all),
    ),
  ],
  components: (document, all) => {
    const { count, subclassIndex, serial, gridIndex, east, north, departmentIndex, ownerIndex, state } = document
    const columns = { subclassIndex, serial, gridIndex, east, north, departmentIndex, ownerIndex, state }
    const outside = (column: readonly number[], list: readonly string[]) => column.some((index) => index >= list.length)
    return [
      ...Object.entries(columns).flatMap(([name, column]) => (column.length === count ? [] : [`${name} has ${column.length} rows`])),
      ...twice(subclassIndex.map((subclass, at) => `${document.subclassCodes[subclass]}${serial[at]}`)),
      ...(outside(subclassIndex, document.subclassCodes) || outside(gridIndex, document.gridCodes)
        ? ['a row points outside its list']
        : []),
      ...(outside(departmentIndex, document.departmentCodes) || outside(ownerIndex, document.departmentCodes)
        ? ['a row has no department']
        : []),
      ...missing('grid', document.gridCodes, gridCodes(all)),
      ...missing('department', document.departmentCodes, departmentCodes(all)),
      ...missing(
        'subclass',
        document.subclassCodes.map((code) => `component ${code}`),
        subclassKeys(all, document.standard),
      ),
    ]
  },
  patrolAreas: ({ patrolAreas }, all) => [
    ...twice([...patrolAreas.map(({ collectorNo }) => collectorNo), ...patrolAreas.flatMap((area) => area.gridCodes)]),
    ...missing(
      'grid',
      patrolAreas.flatMap((area) => area.gridCodes),
      gridCodes(all),
    ),
    ...missing(
      'collector',
      patrolAreas.map(({ substituteNo }) => substituteNo),
      patrolAreas.map(({ collectorNo }) => collectorNo),
    ),
    ...patrolAreas
      .filter(({ collectorNo, substituteNo }) => collectorNo === substituteNo)
      .map(({ collectorNo }) => `${collectorNo} stands in for himself`),
  ],
  responsibility: ({ standard, rows }, all) => {
    const keys = subclassKeys(all, standard)
    const everywhere = rows.filter(({ areaCode }) => areaCode.length === 6).map(({ kind, subclassCode }) => `${kind} ${subclassCode}`)
    return [
      ...twice(rows.map(({ kind, subclassCode, areaCode }) => `${kind} ${subclassCode} in ${areaCode}`)),
      ...missing('the region-wide row of', keys, everywhere),
      ...missing(
        'subclass',
        rows.map(({ kind, subclassCode }) => `${kind} ${subclassCode}`),
        keys,
      ),
      ...missing(
        'area',
        rows.map(({ areaCode }) => areaCode),
        areaCodes(all),
      ),
      ...missing(
        'department',
        rows.map(({ departmentCode }) => departmentCode),
        departmentCodes(all),
      ),
    ]
  },
  handbook: ({ standard, entries }, all) => {
    const keys = subclassKeys(all, standard)
    const own = entries.map(({ kind, subclassCode }) => `${kind} ${subclassCode}`)
    const types = ofKind(all, 'departments').flatMap(({ departments }) => departments.map(({ type }) => type))
    return [
      ...twice([...own, ...entries.flatMap(({ conditions }) => conditions.map(({ conditionId }) => conditionId))]),
      ...missing('the entry of', keys, own),
      ...missing('subclass', own, keys),
      ...missing(
        'department type',
        entries.map(({ departmentType }) => departmentType),
        types,
      ),
    ]
  },
}
