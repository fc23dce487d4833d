import { err, ok } from '#shared/base/result'
import type { BaseMapSettings } from '#shared/contracts/base-map-shapes'
import { appError } from '#shared/contracts/errors'
import type { baseMapCommands } from '#shared/contracts/seat-api/commands/base-maps'
import { sourceMistakes } from '#shared/domain/base-map/source-mistakes'
import type { FakeHandlers } from './fake-world'

/** The configuration of base maps as the fake centre keeps it: it checks as the true one does, and forgets keys as soon as it has them. */
export function fakeBaseMaps(): Pick<FakeHandlers, keyof typeof baseMapCommands> {
  let settings: BaseMapSettings = { hash: null, sources: [], keyed: [] }
  let count = 0
  return {
    'baseMaps.get': () => ok(settings),
    'baseMaps.save'({ seenHash, sources, keys }) {
      if (seenHash !== settings.hash) return err(appError('record/stale', { current: settings.hash ?? '—' }))
      const mistakes = sourceMistakes(sources)
      if (mistakes.length > 0) return err(appError('baseMap/unfit', { mistakes: mistakes.join('；') }))
      const keyed = sources.map(({ sourceId }) => sourceId).filter((id) => keys[id] ?? (keys[id] !== null && settings.keyed.includes(id)))
      settings = { hash: String(++count), sources, keyed }
      return ok(settings)
    },
  }
}
