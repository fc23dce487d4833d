import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { decide } from '#shared/domain/wall/decide'
import { removed, saved } from '#shared/domain/wall/new-wall'
import { entriesAfter } from '#shared/domain/wall/news'
import { lastOf, undo } from '#shared/domain/wall/undo'
import type { Decided, Entry, Wall } from '#shared/domain/wall/wall'
import type { FakeHandlers, FakeWorld } from './fake-world'

/** A wall in memory by the real rules. Its driver answers nothing by itself: a test says what became of a request. */
type WallHandlers = Pick<FakeHandlers, 'wall.change' | 'wall.undo' | 'wall.save' | 'wall.remove' | 'wall.configure' | 'wall.log'>

export function fakeWall(world: FakeWorld): WallHandlers {
  const view = () => world.state['wall.changed']
  const by = () => {
    const agent = world.state['session.changed'].agent
    return { kind: 'person', id: agent?.accountNo ?? '', name: agent?.name ?? '' } as const
  }
  function change(wallId: string, stepOf: (wall: Wall, entries: readonly Entry[]) => Decided) {
    const held = view().walls.find(({ wall }) => wall.wallId === wallId)
    if (!held) return err(appError('wall/unknown'))
    const decided = stepOf(held.wall, held.entries)
    if (!decided.ok) return err(appError(decided.error.code, decided.error.detail))
    const { wall } = decided.value
    const entries = [...entriesAfter(held.entries, decided.value, 100)]
    world.publish('wall.changed', { ...view(), walls: view().walls.map((one) => (one === held ? { wall, entries } : one)) })
    return ok({ revision: wall.revision })
  }
  const plain = (wall: Wall | undefined): Decided => (wall ? ok({ wall, entries: [], outcomes: [] }) : err({ code: 'wall/entryUnknown' }))
  return {
    'wall.change': ({ wallId, ...asked }) => change(wallId, (wall) => decide(wall, { ...asked, by: by(), at: world.options.now() })),
    'wall.undo': ({ wallId, revision }) =>
      change(wallId, (wall, entries) => {
        const entry = revision === null ? lastOf(entries, by().id) : entries.find((one) => one.revision === revision)
        return entry ? undo(wall, entry, { by: by(), at: world.options.now() }) : err({ code: 'wall/entryUnknown' })
      }),
    'wall.save': ({ wallId, item }) => change(wallId, (wall) => plain(saved(wall, item))),
    'wall.remove': ({ wallId, kind, itemId }) => change(wallId, (wall) => plain(removed(wall, kind, itemId))),
    'wall.configure': () => ok({ revision: 1 }),
    'wall.log': () => ok({ items: [] }),
  }
}
