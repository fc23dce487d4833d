import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { GeoChangeSet, GeoFeature } from '#shared/contracts/geo-shapes'
import { checkFeatures } from '#shared/domain/geodata/check'
import type { KnownCity } from '#shared/domain/geodata/city'
import { type GeoLayer, geoLayerIds, geoLayers, type Problem } from '#shared/domain/geodata/layers'
import { findGeoImport } from '../../store/geo-import-store'
import {
  countLayers,
  featureHistory,
  findFeature,
  listFeatures,
  type NewVersion,
  raiseRevision,
  readRevision,
  writeVersions,
} from '../../store/geo-store'
import type { UnitOfWork } from '../../store/transaction'
import { audit } from '../audit'
import { pageOfRows } from '../paging'
import type { Answer, Ask, Services } from '../services'
import { settled } from './check-import'
import { loadCity } from './load-city'

/** Single features of the geodata: reading them with their history, and changing a few together. */
export async function readLayers(services: Services): Answer<OutputOf<'geo.layers'>> {
  return ok({ items: await countLayers(services.db) })
}

export async function listGeo(services: Services, ask: Ask<InputOf<'geo.list'>>): Answer<OutputOf<'geo.list'>> {
  const { layer } = ask.input.params
  const { after = '', limit = 50, west, south, east, north, ...filter } = ask.input.query
  const isBox = west !== undefined && south !== undefined && east !== undefined && north !== undefined
  const wanted = { ...filter, ...(isBox && { box: { west, south, east, north } }) }
  return ok(pageOfRows(await listFeatures(services.db, layer, wanted, after, limit + 1), limit, ({ code }) => code))
}

export async function readGeo(services: Services, ask: Ask<InputOf<'geo.get'>>): Answer<OutputOf<'geo.get'>> {
  const { params, query } = ask.input
  const found = await findFeature(services.db, params.layer, params.code, query.at)
  return found ? ok(found) : err(appError('record/notFound'))
}

const mostVersions = 200

export async function readGeoHistory(services: Services, ask: Ask<InputOf<'geo.history'>>): Answer<OutputOf<'geo.history'>> {
  const { layer, code } = ask.input.params
  const items = await featureHistory(services.db, layer, code, mostVersions)
  return items.length > 0 ? ok({ items }) : err(appError('record/notFound'))
}

/** Errors: `record/notFound`, `record/stale`, `record/exists`, `geo/refused` with the first problems in words. */
export async function saveGeo(services: Services, ask: Ask<InputOf<'geo.save'>>): Answer<OutputOf<'geo.save'>> {
  const { changes, note } = ask.input.body
  const saved = await ask.transact(async (unit) => {
    await unit.lock('geo')
    const { writing } = await readRevision(unit.trx)
    if (writing)
      return err(appError('geo/importRunning', { fileName: (await findGeoImport(unit.trx, writing.importId))?.fileName ?? '一个文件' }))
    const before = await versionsSeen(unit, changes)
    if (!before.ok) return before
    const warnings: Problem[] = []
    const versions: NewVersion[] = []
    const at = services.clock.now()
    // What others refer to first, and written before these are checked: a component may move into a grid of the same set. A refusal takes all of it back.
    for (const layer of geoLayerIds.filter((each) => changes.some((change) => change.layer === each))) {
      const city = await loadCity(unit.trx, layer)
      const own = changes.filter((change) => change.layer === layer)
      const problems = problemsOf(layer, own, city)
      const errors = problems.filter(({ severity }) => severity === 'error')
      if (errors.length > 0) return err(refused(errors))
      warnings.push(...problems)
      const written = own.map((change) => versionOf(change, city))
      await writeVersions(unit.trx, written, { at, by: ask.actor.accountNo, note, importId: null })
      versions.push(...written)
    }
    await raiseRevision(unit.trx)
    for (const { layer, code, version, state } of versions)
      await audit(services, unit, ask.actor, { action: 'geo.changed', subject: `${layer}/${code}`, detail: { version, state, note } })
    const items: GeoFeature[] = []
    for (const { layer, code } of versions) items.push((await findFeature(unit.trx, layer, code)) as GeoFeature)
    return ok({ items, warnings: [...warnings] })
  })
  if (saved.ok) services.geoPublisher.changed()
  return saved
}

type Change = GeoChangeSet['changes'][number]

async function versionsSeen(unit: UnitOfWork, changes: readonly Change[]): Promise<Result<void, AppError>> {
  for (const { layer, code, version } of changes) {
    const now = await findFeature(unit.trx, layer, code)
    if (version === null && now) return err(appError('record/exists', { key: `${geoLayers[layer]} ${code}` }))
    if (version !== null && !now) return err(appError('record/notFound'))
    if (now && now.version !== version) return err(appError('record/stale', { current: now.version, seen: version }))
  }
  return ok(undefined)
}

/** Straight to the end: a few features and their neighbours. */
function problemsOf(layer: GeoLayer, changes: readonly Change[], city: KnownCity): readonly Problem[] {
  const candidates = changes.map(({ code, content }) => ({ ...content, code, row: null }))
  const work = checkFeatures(layer, candidates, city, 'merge')
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

function versionOf({ layer, code, version, content }: Change, city: KnownCity): NewVersion {
  return { ...settled(layer, content, city), layer, code, version: (version ?? 0) + 1 }
}

const told = 5

function refused(errors: readonly Problem[]): AppError {
  const sentences = errors.slice(0, told).map(({ code, reason }) => (code === null ? reason : `${code} ${reason}`))
  const more = errors.length > told ? `；另有 ${errors.length - told} 处` : ''
  const problems = errors.slice(0, 50).map((problem) => ({ ...problem }))
  return appError('geo/refused', { problems: `${sentences.join('；')}${more}`, found: problems })
}
