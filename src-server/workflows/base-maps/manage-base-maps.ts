import { err, ok } from '#shared/base/result'
import type { BaseMapSettings, BaseMapSourceSchema, BaseMapWish } from '#shared/contracts/base-map-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { sourceMistakes } from '#shared/domain/base-map/source-mistakes'
import { originsOf } from '#shared/domain/base-map/tile-address'
import { type BaseMapKey, forgetBaseMapKey, keepBaseMapKey, listBaseMapKeys } from '../../store/base-map-store'
import type { Database, Statements } from '../../store/open-database'
import { findReference } from '../../store/reference-store'
import type { UnitOfWork } from '../../store/transaction'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'
import { storeReference } from '../store-reference'

/**
 * Where base maps come from 外部底图. The sources are a reference document that every seat holds; their keys are not: they stay here, for the hosts for which
 * they were entered, and are never shown again.
 */
export const baseMapsId = 'city'

export async function readBaseMaps(services: Services): Answer<OutputOf<'baseMaps.get'>> {
  return ok(await settingsOf(services.db))
}

export async function baseMapSources(
  db: Database | Statements,
): Promise<{ readonly hash: string | null; readonly sources: BaseMapSourceSchema[] }> {
  const found = await findReference(db, 'baseMaps', baseMapsId)
  return found?.document.kind === 'baseMaps' ? { hash: found.entry.hash, sources: found.document.sources } : { hash: null, sources: [] }
}

export const originsText = (source: BaseMapSourceSchema): string => originsOf(source).join(' ')

async function settingsOf(db: Database | Statements): Promise<BaseMapSettings> {
  const { hash, sources } = await baseMapSources(db)
  const keys = await listBaseMapKeys(db)
  return { hash, sources, keyed: sources.filter((source) => keyOf(source, keys) !== undefined).map(({ sourceId }) => sourceId) }
}

/** A key that was entered for other hosts is none. */
export const keyOf = (source: BaseMapSourceSchema, keys: readonly BaseMapKey[]): string | undefined =>
  keys.find(({ sourceId, origins }) => sourceId === source.sourceId && origins === originsText(source))?.key

/** Errors: `record/stale`, `baseMap/unfit`. The audit log says that the document was saved and whose keys changed; never a key. */
export function saveBaseMaps(services: Services, ask: Ask<InputOf<'baseMaps.save'>>): Answer<OutputOf<'baseMaps.save'>> {
  const { body } = ask.input
  return ask.transact(async (unit) => {
    await unit.lock('reference')
    const { hash } = await baseMapSources(unit.trx)
    if (hash !== body.seenHash) return err(appError('record/stale', { current: hash?.slice(0, 8) ?? '—', seen: body.seenHash }))
    const mistakes = sourceMistakes(body.sources)
    if (mistakes.length > 0) return err(appError('baseMap/unfit', { mistakes: mistakes.slice(0, 6).join('；') }))
    await keepKeys(unit, body)
    const missing = await withoutKey(unit, body.sources)
    if (missing.length > 0) return err(appError('baseMap/unfit', { mistakes: missing.join('；') }))
    const document = { kind: 'baseMaps' as const, title: '外部底图', sources: body.sources }
    await storeReference(services, unit, { id: baseMapsId, origin: 'city', document }, { actor: ask.actor, action: 'reference.saved' })
    const changed = Object.keys(body.keys)
    const subject = `baseMaps/${baseMapsId}`
    if (changed.length > 0)
      await audit(services, unit, ask.actor, { action: 'baseMaps.keysChanged', subject, detail: { sources: changed } })
    return ok(await settingsOf(unit.trx))
  })
}

/** New ones in, taken away and orphaned ones out. */
async function keepKeys(unit: UnitOfWork, { sources, keys }: BaseMapWish): Promise<void> {
  for (const [sourceId, key] of Object.entries(keys)) {
    const source = sources.find((each) => each.sourceId === sourceId)
    if (source && key !== null) await keepBaseMapKey(unit.trx, { sourceId, origins: originsText(source), key })
    else await forgetBaseMapKey(unit.trx, sourceId)
  }
  const used = new Set(sources.map(({ sourceId }) => sourceId))
  for (const { sourceId } of await listBaseMapKeys(unit.trx)) if (!used.has(sourceId)) await forgetBaseMapKey(unit.trx, sourceId)
}

async function withoutKey(unit: UnitOfWork, sources: readonly BaseMapSourceSchema[]): Promise<readonly string[]> {
  const keys = await listBaseMapKeys(unit.trx)
  return sources.flatMap((source) => {
    if (!source.layers.some((template) => template.includes('{key}')) || keyOf(source, keys) !== undefined) return []
    const isMoved = keys.some(({ sourceId }) => sourceId === source.sourceId)
    return [isMoved ? `「${source.name}」换了主机，原来的密钥不带过去，请重新填密钥` : `「${source.name}」的地址要密钥，请填密钥`]
  })
}
