import { createHash } from 'node:crypto'
import type { Clock, EpochMs } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import type { InputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { tileAddress } from '#shared/domain/base-map/tile-address'
import type { TileFailure } from '../../base-maps/fetch-tile'
import { listBaseMapKeys } from '../../store/base-map-store'
import type { Answer, Ask, FileAnswer, Services } from '../services'
import { baseMapSources, keyOf } from './manage-base-maps'
import type { TileDesk } from './ports'

/**
 * One square of a base map for a seat: fetched from the configured host, once for all who ask for it at the same moment. A host that did not answer is left
 * alone for a while, so that a map full of squares does not wait for each of them. Nothing is kept here: seats have their own disks.
 */
export function createTileDesk(fetchTile: TileDesk['fetch'], clock: Pick<Clock, 'now'>): TileDesk {
  const running = new Map<string, ReturnType<TileDesk['fetch']>>()
  const resting = new Map<string, { readonly until: EpochMs; readonly failure: TileFailure }>()
  return {
    async fetch(address, sourceId) {
      const rest = resting.get(sourceId)
      if (rest && rest.until > clock.now()) return err(rest.failure)
      const under = running.get(address) ?? fetchTile(address, sourceId).finally(() => running.delete(address))
      running.set(address, under)
      const fetched = await under
      if (fetched.ok || fetched.error.kind !== 'unreachable') resting.delete(sourceId)
      else resting.set(sourceId, { until: clock.now() + restMs, failure: fetched.error })
      return fetched
    },
  }
}

/** So long nobody asks a host that did not answer. */
const restMs = 10_000

export async function serveTile(services: Services, { input: { params } }: Ask<InputOf<'baseMaps.tile'>>): Answer<FileAnswer> {
  const { sources } = await baseMapSources(services.db)
  const source = sources.find(({ sourceId }) => sourceId === params.sourceId)
  const no = { z: Number(params.z), x: Number(params.x), y: Number(params.y) }
  if (!source || no.z < source.minZoom || no.z > source.maxZoom) return err(appError('record/notFound'))
  const key = keyOf(source, await listBaseMapKeys(services.db)) ?? null
  const address = tileAddress(source, Number(params.layer), no, key)
  if (address === undefined) return err(appError('record/notFound'))
  const fetched = await services.tileDesk.fetch(address, source.sourceId)
  if (!fetched.ok) return err(refusalOf(fetched.error))
  const { bytes, mediaType } = fetched.value
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  return ok({ bytes, mediaType, etag, disposition: 'inline' })
}

function refusalOf(failure: TileFailure) {
  if (failure.kind === 'noTile') return appError('baseMap/noTile')
  return appError(failure.kind === 'refused' ? 'baseMap/refused' : 'baseMap/unreachable', { reason: failure.reason })
}
