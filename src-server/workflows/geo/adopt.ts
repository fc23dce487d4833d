import { chinaDate } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { componentStates, contentOf, type Feature, type FeatureContent, type GeoLayer } from '#shared/domain/geodata/layers'
import { allFeatures, markMade, type NewVersion, raiseRevision, readRevision, writeVersions } from '../../store/geo-store'
import { documentsOfKind, listReference } from '../../store/reference-store'
import { audit } from '../audit'
import type { Services } from '../services'
import { isSameContent, versionOf } from './check-import'
import { isArchiveMissing } from './publish'

/**
 * Takes the ground of reference documents that came as files (the product's, the demonstration's, an older release's) into the geodata, so that one truth
 * stands behind maps, seats and changes. Done at every start: what the city itself keeps is left alone, and a layer that is the same is not written.
 */
const kindOfLayer: Record<GeoLayer, ReferenceKind> = {
  district: 'areas',
  street: 'areas',
  community: 'areas',
  grid: 'grids',
  component: 'components',
  camera: 'cameras',
  road: 'streetsNetwork',
  place: 'places',
  patrolArea: 'patrolAreas',
  departmentArea: 'departmentAreas',
}

/** Whether anything was taken in. */
export async function adoptGround(services: Services): Promise<boolean> {
  const { db, clock } = services
  const { revision: seen } = await readRevision(db)
  const entries = await listReference(db)
  const shipped = new Set(entries.filter(({ origin }) => origin !== 'city').map(({ kind }) => kind))
  const documents = await groundDocuments(services)
  const today = chinaDate(clock.now())
  const versions: NewVersion[] = []
  for (const [layer, kind] of Object.entries(kindOfLayer) as [GeoLayer, ReferenceKind][]) {
    const known = new Map((await allFeatures(db, layer)).map((feature) => [feature.code, feature]))
    // What a city entered itself is never replaced by what the product ships.
    if (known.size > 0 && !shipped.has(kind)) continue
    if ([...known.values()].some(({ changedBy }) => changedBy !== null)) continue
    for (const feature of featuresIn(layer, documents, today)) {
      const before = known.get(feature.code)
      const { code, ...content } = feature
      if (before && isSameContent({ ...before, validFrom: content.validFrom }, content)) continue
      versions.push({ ...contentOf(content), layer, code, version: versionOf(before) + 1 })
    }
  }
  if (versions.length === 0) return false
  const adopted = await services.transactor.inTransaction(async (unit) => {
    await unit.lock('geo')
    const before = await readRevision(unit.trx)
    // Another process that starts at the same time was first.
    if (before.revision !== seen) return ok(false)
    await writeVersions(unit.trx, versions, { at: clock.now(), by: null, note: '随基础数据导入', importId: null })
    const revision = await raiseRevision(unit.trx)
    // The documents are where it came from: nothing is to be made of it anew.
    if (before.documents === before.revision) await markMade(unit.trx, { documents: revision })
    await audit(services, unit, null, { action: 'geo.adopted', detail: { features: versions.length } })
    return ok(true)
  })
  if (!adopted.ok || !adopted.value) return false
  services.log.info('ground taken into the geodata', { features: versions.length })
  return true
}

/** At the start of a server: documents and geodata agree, and what was not made yet is made behind everything else. */
export async function openGround(services: Services): Promise<void> {
  await adoptGround(services)
  if (await isArchiveMissing(services))
    await services.transactor.inTransaction(async (unit) => {
      await markMade(unit.trx, { tiles: 0 })
      return ok(undefined)
    })
  services.geoPublisher.changed()
}

interface GroundDocuments {
  readonly areas: ReferenceDocument<'areas'> | undefined
  readonly grids: ReferenceDocument<'grids'> | undefined
  readonly components: ReferenceDocument<'components'> | undefined
  readonly cameras: ReferenceDocument<'cameras'> | undefined
  readonly streetsNetwork: ReferenceDocument<'streetsNetwork'> | undefined
  readonly places: ReferenceDocument<'places'> | undefined
  readonly patrolAreas: ReferenceDocument<'patrolAreas'> | undefined
  readonly departmentAreas: ReferenceDocument<'departmentAreas'> | undefined
}

async function groundDocuments({ db }: Services): Promise<GroundDocuments> {
  const first = async <K extends ReferenceKind>(kind: K) => (await documentsOfKind(db, kind))[0]
  return {
    areas: await first('areas'),
    grids: await first('grids'),
    components: await first('components'),
    cameras: await first('cameras'),
    streetsNetwork: await first('streetsNetwork'),
    places: await first('places'),
    patrolAreas: await first('patrolAreas'),
    departmentAreas: await first('departmentAreas'),
  }
}

function featuresIn(layer: GeoLayer, documents: GroundDocuments, today: string): readonly Feature[] {
  const { areas, grids } = documents
  const feature = (code: string, content: Partial<FeatureContent>): Feature => ({
    code,
    ...{ name: null, state: 'active', parentCode: null, departmentCode: null, ownerCode: null },
    ...{ validFrom: today, validTo: null, geometry: null, attributes: {} },
    ...content,
  })
  const area = (code: string, content: Partial<FeatureContent>) => {
    const outline = grids?.outlines.find(({ areaCode }) => areaCode === code)
    const attributes = { ...content.attributes, ...(outline && { areaM2: outline.areaM2 }) }
    return feature(code, { ...content, attributes, geometry: outline ? { type: 'Polygon', coordinates: [outline.ring] } : null })
  }
  switch (layer) {
    case 'district': {
      if (!areas) return []
      const { code, name, cityName, provinceName } = areas.region
      return [area(code, { name, attributes: { cityName, provinceName } })]
    }
    case 'street':
      return (areas?.streets ?? []).map(({ code, name, kind }) => area(code, { name, parentCode: code.slice(0, 6), attributes: { kind } }))
    case 'community':
      return (areas?.communities ?? []).map(({ code, name, streetCode }) => area(code, { name, parentCode: streetCode }))
    case 'grid':
      return (grids?.grids ?? []).map(({ code, communityCode, areaM2, ring }) =>
        feature(code, { parentCode: communityCode, geometry: { type: 'Polygon', coordinates: [ring] }, attributes: { areaM2 } }),
      )
    case 'component':
      return documents.components ? componentFeatures(documents.components, feature) : []
    case 'camera':
      return (documents.cameras?.cameras ?? []).map(({ cameraNo, name, position, deviceId, canTurn, gridCodes }) =>
        feature(cameraNo, { name, geometry: { type: 'Point', coordinates: position }, attributes: { deviceId, canTurn, gridCodes } }),
      )
    case 'road':
      return (documents.streetsNetwork?.streets ?? []).map(({ streetId, name, rank, lines }) =>
        feature(streetId, { name, geometry: { type: 'MultiLineString', coordinates: lines }, attributes: { rank } }),
      )
    case 'place':
      return (documents.places?.places ?? []).map(({ placeId, name, type, position, gridCode }) =>
        feature(placeId, { name, parentCode: gridCode, geometry: { type: 'Point', coordinates: position }, attributes: { type } }),
      )
    case 'patrolArea':
      return (documents.patrolAreas?.patrolAreas ?? []).map(({ collectorNo, collectorName, substituteNo, gridCodes }) =>
        feature(collectorNo, { name: collectorName, attributes: { substituteNo, gridCodes } }),
      )
    case 'departmentArea':
      return (documents.departmentAreas?.areas ?? []).map(({ areaId, name, departmentCode, rings, gridCodes }) =>
        feature(areaId, {
          ...{ name, departmentCode, attributes: { gridCodes } },
          geometry: rings && { type: 'Polygon', coordinates: rings },
        }),
      )
  }
}

function componentFeatures(
  document: ReferenceDocument<'components'>,
  feature: (code: string, content: Partial<FeatureContent>) => Feature,
): readonly Feature[] {
  const { regionCode, subclassCodes, gridCodes, departmentCodes, origin } = document
  return document.serial.map((serial, at) => {
    const of = (column: readonly number[]) => column[at] ?? 0
    const code = `${regionCode}${subclassCodes[of(document.subclassIndex)] ?? ''}${String(serial).padStart(6, '0')}`
    // Seven decimals: what is added must not leave a tail of binary fractions.
    const degrees = (from: number, millionths: number) => Math.round((from + millionths / 1e6) * 1e7) / 1e7
    return feature(code, {
      state: componentStates[of(document.state)] ?? 'intact',
      parentCode: gridCodes[of(document.gridIndex)] ?? null,
      departmentCode: departmentCodes[of(document.departmentIndex)] ?? null,
      ownerCode: departmentCodes[of(document.ownerIndex)] ?? null,
      geometry: { type: 'Point', coordinates: [degrees(origin[0], of(document.east)), degrees(origin[1], of(document.north))] },
    })
  })
}
