import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { wallReaders } from '#shared/contracts/central-api/walls'
import { appError } from '#shared/contracts/errors'
import { answer } from '#shared/domain/wall/answer'
import { decide } from '#shared/domain/wall/decide'
import { faultWords, type Layout, layoutFaults } from '#shared/domain/wall/layout'
import { alarmed, configured, mostScreens, newWall, removed, saved, type WallItem } from '#shared/domain/wall/new-wall'
import { lastOf, undo } from '#shared/domain/wall/undo'
import type { Author, Entry, EntryAction, Step, Wall } from '#shared/domain/wall/wall'
import { findSeatByNo } from '../../store/seat-store'
import { entriesOf, findEntry, findWall, insertEntries, listEntries, listWalls, putWall } from '../../store/wall-store'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'
import { changeWall, keepStep } from './keep-walls'

/** The wall as people and its driver ask for it. What a change does is decided in `domain/wall`; here it is looked up, kept and told. */
const newestLines = 100
/** How far back Ctrl+Z looks for something of one's own that still stands. */
const undoDepth = 50

const authorOf = ({ accountNo, name }: Actor): Author => ({ kind: 'person', id: accountNo, name })

export async function readWalls({ db }: Services): Answer<OutputOf<'walls.list'>> {
  const items = []
  for (const wall of await listWalls(db)) {
    items.push({ wall, entries: [...(await listEntries(db, wall.wallId, Number.MAX_SAFE_INTEGER, newestLines))] })
  }
  return ok({ items })
}

export async function readWallLog({ db }: Services, { input }: Ask<InputOf<'walls.log'>>): Answer<OutputOf<'walls.log'>> {
  const { before = Number.MAX_SAFE_INTEGER, limit = newestLines } = input.query
  if (!(await findWall(db, input.params.wallId))) return err(appError('wall/unknown'))
  return ok({ items: [...(await listEntries(db, input.params.wallId, before, limit))] })
}

export function configureWall(services: Services, ask: Ask<InputOf<'walls.configure'>>): Answer<OutputOf<'walls.configure'>> {
  const { wallId } = ask.input.params
  const { name, size, driverSeatNo } = ask.input.body
  return ask.transact(async (unit) => {
    await unit.lock('walls')
    if (size.columns * size.rows > mostScreens) return err(appError('wall/tooManyScreens', { ...size }))
    if (driverSeatNo !== null && !(await findSeatByNo(unit.trx, driverSeatNo)))
      return err(appError('seat/unknown', { seatNo: driverSeatNo }))
    const at = services.clock.now()
    const before = await findWall(unit.trx, wallId)
    const wall = before ? configured(before, { name, size, driverSeatNo }, at) : newWall({ wallId, name, size, driverSeatNo }, at)
    const entry = noteOf(wall, ask.actor, at, 'configure', `${name} ${size.columns}×${size.rows}`)
    await audit(services, unit, ask.actor, { action: 'wall.configured', subject: wallId, detail: { name, ...size, driverSeatNo } })
    if (before) await keepStep(unit, before, { wall, entries: [entry], outcomes: [] })
    else {
      await putWall(unit.trx, wall)
      await insertEntries(unit.trx, wallId, [entry])
      // Nobody holds revision 0: every seat reads the new wall whole.
      unit.emit('wall.changed', wholeNews(wall, entry), { roles: wallReaders })
    }
    return ok({ revision: wall.revision })
  })
}

const wholeNews = ({ name, size, driverSeatNo, revision, power, driver, ...wall }: Wall, entry: Entry) => ({
  ...{ wallId: wall.wallId, before: 0, head: { name, size, driverSeatNo, revision, power, driver } },
  ...{ cells: wall.cells, runs: [], parts: {}, entries: [entry], outcomes: [] },
})

function noteOf({ revision }: Wall, actor: Actor, at: number, action: EntryAction, subject: string): Entry {
  return {
    ...{ revision, at, by: authorOf(actor), action, subject, cells: [], layoutBefore: null, why: null },
    ...{ outcome: 'done', reason: null, undoes: null, undoneBy: null },
  }
}

export function changeTheWall(services: Services, ask: Ask<InputOf<'walls.change'>>): Answer<OutputOf<'walls.change'>> {
  const asked = { ...ask.input.body, by: authorOf(ask.actor) }
  return ask.transact((unit) => changeWall(unit, ask.input.params.wallId, (wall) => decide(wall, { ...asked, at: services.clock.now() })))
}

export function undoOnWall(services: Services, ask: Ask<InputOf<'walls.undo'>>): Answer<OutputOf<'walls.undo'>> {
  const { wallId } = ask.input.params
  const { revision } = ask.input.body
  return ask.transact((unit) =>
    changeWall(unit, wallId, async (wall) => {
      const own = async () => lastOf(await entriesOf(unit.trx, wallId, ask.actor.accountNo, undoDepth), ask.actor.accountNo)
      const entry = revision === null ? await own() : await findEntry(unit.trx, wallId, revision)
      if (!entry) return err({ code: 'wall/entryUnknown' })
      return undo(wall, entry, { by: authorOf(ask.actor), at: services.clock.now() })
    }),
  )
}

export function saveOnWall(services: Services, ask: Ask<InputOf<'walls.save'>>): Answer<OutputOf<'walls.save'>> {
  const { wallId, itemId } = ask.input.params
  const { item } = ask.input.body
  return ask.transact(async (unit) => {
    if (idOf(item) !== itemId) return err(appError('request/invalid', { fields: '编号与地址不一致' }))
    return changeWall(unit, wallId, (wall) => {
      const layout: Layout | null = item.kind === 'scene' ? item.scene.layout : null
      const faults = layout ? layoutFaults(layout, wall.size) : []
      if (faults.length > 0) return err({ code: 'wall/layoutUnusable', detail: { faults: faultWords(faults) } })
      return ok(noted(saved(wall, item), ask.actor, services.clock.now(), `保存${wordOf[item.kind]}“${nameOf(item)}”`))
    })
  })
}

export function removeFromWall(services: Services, ask: Ask<InputOf<'walls.remove'>>): Answer<OutputOf<'walls.remove'>> {
  const { wallId, kind, itemId } = ask.input.params
  return ask.transact(async (unit) => {
    const wall = await findWall(unit.trx, wallId)
    if (wall && !removed(wall, kind, itemId)) return err(appError('record/notFound'))
    return changeWall(unit, wallId, (now) =>
      ok(noted(removed(now, kind, itemId) ?? now, ask.actor, services.clock.now(), `删除${wordOf[kind]}`)),
    )
  })
}

export function alarmOnWall(services: Services, ask: Ask<InputOf<'walls.alarm'>>): Answer<OutputOf<'walls.alarm'>> {
  const { alarm, isOver } = ask.input.body
  const subject = `${isOver ? '告警解除' : '告警'}：${alarm.content.title}`
  return ask.transact((unit) =>
    changeWall(unit, ask.input.params.wallId, (wall) => ok(noted(alarmed(wall, alarm, isOver), ask.actor, services.clock.now(), subject))),
  )
}

export function reportFromDriver(services: Services, ask: Ask<InputOf<'walls.report'>>): Answer<OutputOf<'walls.report'>> {
  const { report } = ask.input.body
  return ask.transact(async (unit) => {
    const wall = await findWall(unit.trx, ask.input.params.wallId)
    if (wall && wall.driverSeatNo !== ask.actor.seatNo) return err(appError('wall/notDriver'))
    const kept = await changeWall(unit, ask.input.params.wallId, (now) => ok(answer(now, report, services.clock.now())))
    return kept.ok ? ok({}) : kept
  })
}

const wordOf = { scene: '场景', tour: '轮巡', rule: '规则' } as const
const idOf = (item: WallItem): string =>
  item.kind === 'scene' ? item.scene.sceneId : item.kind === 'tour' ? item.tour.tourId : item.rule.ruleId
const nameOf = (item: WallItem): string =>
  item.kind === 'scene' ? item.scene.name : item.kind === 'tour' ? item.tour.name : item.rule.name

const noted = (wall: Wall, actor: Actor, at: number, subject: string): Step => ({
  wall,
  entries: [noteOf(wall, actor, at, 'configure', subject)],
  outcomes: [],
})
