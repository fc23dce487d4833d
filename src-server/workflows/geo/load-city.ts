import { type KnownCity, knownCity, layersNeeded } from '#shared/domain/geodata/city'
import type { Feature, GeoLayer } from '#shared/domain/geodata/layers'
import { allFeatures } from '../../store/geo-store'
import type { Database, Statements } from '../../store/open-database'
import { documentsOfKind } from '../../store/reference-store'

/** Reads what features of a layer are checked against. */
export async function loadCity(db: Database | Statements, layer: GeoLayer): Promise<KnownCity> {
  const features = new Map<GeoLayer, readonly Feature[]>()
  for (const needed of layersNeeded(layer)) features.set(needed, await allFeatures(db, needed))
  const editions = await documentsOfKind(db, 'classification')
  const departments = await documentsOfKind(db, 'departments')
  return knownCity(layer, (wanted) => features.get(wanted) ?? [], {
    editions,
    departmentCodes: new Set(departments.flatMap((document) => document.departments.map(({ code }) => code))),
  })
}
