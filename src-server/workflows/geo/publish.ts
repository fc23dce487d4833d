import { createHash } from 'node:crypto'
import { ok } from '#shared/base/result'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { type Feature, type GeoLayer, geoLayerIds, isGivenUp } from '#shared/domain/geodata/layers'
import { allFeatures, markMade, readRevision } from '../../store/geo-store'
import { documentsOfKind, findReference, listReference } from '../../store/reference-store'
import type { Services } from '../services'
import { hashOf, storeReference } from '../store-reference'
import { type CityDocuments, cityDocuments } from './documents'
import type { GeoPublisher } from './ports'

/**
 * What seats hold, made from the geodata after every change: the reference documents of the ground, and the archive of map tiles. It runs behind the change,
 * once for several that come together; how far it came stands in the database, so that a server that died goes on at its start.
 */
/** Cuts the archive and answers what it is; undefined when there is nothing to draw. Throws when `breathe` does. */
export type TileCutter = (
  featuresOf: (layer: GeoLayer) => readonly Feature[],
  breathe: () => Promise<void>,
) => Promise<
  | {
      readonly parts: readonly Uint8Array[]
      readonly about: { readonly minZoom: number; readonly maxZoom: number; readonly bounds: readonly number[] }
      readonly layers: readonly { readonly id: string; readonly features: number; readonly minZoom: number }[]
    }
  | undefined
>

/** Changes of a form come one after the other. */
const gatherMs = 2_000

class Ended extends Error {}

export function createGeoPublisher(services: () => Services, cut: TileCutter): GeoPublisher {
  let running: Promise<void> | undefined
  let isDue = false
  let isClosing = false
  let stopTimer = () => {}

  async function work(): Promise<void> {
    while (isDue && !isClosing) {
      isDue = false
      await publish(services(), cut, async () => {
        await new Promise<void>((resolve) => setImmediate(resolve))
        if (isClosing) throw new Ended('ended')
      }).catch((thrown: unknown) => {
        if (!(thrown instanceof Ended)) services().log.error('geodata not published', { reason: String(thrown) })
      })
    }
  }

  const begin = (): Promise<void> => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    changed() {
      isDue = true
      stopTimer()
      stopTimer = services().clock.after(gatherMs, () => void begin())
    },
    publishDue() {
      isDue = true
      stopTimer()
      return begin()
    },
    async close() {
      isClosing = true
      stopTimer()
      await running
    },
  }
}

async function publish(services: Services, cut: TileCutter, breathe: () => Promise<void>): Promise<void> {
  const { revision, documents, tiles } = await readRevision(services.db)
  if (documents === revision && tiles === revision) return
  const features = new Map<GeoLayer, readonly Feature[]>()
  for (const layer of geoLayerIds) {
    features.set(layer, await allFeatures(services.db, layer))
    await breathe()
  }
  if (documents < revision) await publishDocuments(services, features, revision)
  await breathe()
  if (tiles < revision) await publishTiles(services, features, revision, cut, breathe)
}

async function publishDocuments(services: Services, features: ReadonlyMap<GeoLayer, readonly Feature[]>, revision: number): Promise<void> {
  const known = await listReference(services.db)
  const editions = await documentsOfKind(services.db, 'classification')
  const standard = editions.find(({ replacedBy }) => replacedBy === null)?.standard ?? 'GB/T 47678.5-2026'
  const made = cityDocuments((layer) => features.get(layer) ?? [], {
    titleOf: (kind, usual) => known.find((entry) => entry.kind === kind)?.title ?? usual,
    standard,
  })
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    for (const document of made ? (Object.values(made) as readonly CityDocuments[keyof CityDocuments][]) : []) {
      const before = known.find((entry) => entry.kind === document.kind)
      const isWanted = before ? before.hash !== hashOf(document) : !isEmpty(document)
      const id = before?.id ?? made?.areas.region.code ?? 'city'
      if (isWanted) await storeReference(services, unit, { id, origin: 'city', document }, { actor: null, action: 'reference.derived' })
    }
    await markMade(unit.trx, { documents: revision })
    return ok(undefined)
  })
}

function isEmpty(document: CityDocuments[keyof CityDocuments]): boolean {
  return Object.values(document).every((value) => !Array.isArray(value) || value.length === 0)
}

export const tilesId = 'city'

async function publishTiles(
  services: Services,
  features: ReadonlyMap<GeoLayer, readonly Feature[]>,
  revision: number,
  cut: TileCutter,
  breathe: () => Promise<void>,
): Promise<void> {
  const startedAt = services.clock.now()
  const made = await cut((layer) => (features.get(layer) ?? []).filter(({ state }) => !isGivenUp(state)), breathe)
  const before = await findReference(services.db, 'mapTiles', tilesId)
  const archive = made && (await writeArchive(services, made.parts))
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    if (made && archive) {
      const { minZoom, maxZoom, bounds } = made.about
      const layers = made.layers.map((layer) => ({ ...layer }))
      const document: ReferenceDocument<'mapTiles'> = {
        ...{ kind: 'mapTiles', title: '地图切片', ...archive, minZoom, maxZoom, bounds: [...bounds], layers },
      }
      await storeReference(services, unit, { id: tilesId, origin: 'city', document }, { actor: null, action: 'reference.derived' })
    }
    await markMade(unit.trx, { tiles: revision })
    return ok(undefined)
  })
  const old = before && archiveOf(before.document)
  // Seats that are half-way through the old one begin the new one: it is named by its content.
  if (old !== undefined && old !== archive?.sha256) await services.tileFiles.remove(old)
  services.log.info('map tiles cut', { revision, bytes: archive?.bytes ?? 0, ms: services.clock.now() - startedAt })
}

const archiveOf = (document: ReferenceDocument<ReferenceKind>): string | undefined =>
  document.kind === 'mapTiles' ? document.sha256 : undefined

async function writeArchive(
  { tileFiles }: Services,
  parts: readonly Uint8Array[],
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for (const part of parts) {
    hash.update(part)
    bytes += part.length
  }
  const sha256 = hash.digest('hex')
  await tileFiles.write(sha256, readAll(parts))
  return { sha256, bytes }
}

async function* readAll(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) if (part.length > 0) yield part
}

/** Whether the archive that the documents name is really on this disk. */
export async function isArchiveMissing({ db, tileFiles }: Services): Promise<boolean> {
  const found = await findReference(db, 'mapTiles', tilesId)
  const sha256 = found && archiveOf(found.document)
  return sha256 !== undefined && (await tileFiles.read(sha256, 0, 1)) === undefined
}
