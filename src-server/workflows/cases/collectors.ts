import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { longestUndoSeconds } from '#shared/domain/case/profile'
import { progressOf } from '#shared/domain/case/progress'
import { maskName, mayReveal } from '#shared/domain/case/visibility'
import { listCollectors, listTasks } from '../../store/case-collector-store'
import { markSeen } from '../../store/case-desk-store'
import { findCases } from '../../store/case-store'
import type { Answer, Ask, Services } from '../services'
import { viewerOf } from './access'
import { wire } from './change-case'

const longestUndoMs = longestUndoSeconds * 1000

/** Collectors 信息采集员 in the field: who is near and on duty, what they are to look at. */
export async function readCollectors(services: Services, ask: Ask<InputOf<'collectors.list'>>): Answer<OutputOf<'collectors.list'>> {
  const { patrols } = await services.caseSettings.read(services.db)
  const { gridCode } = ask.input.query
  const showsNames = mayReveal.includes(ask.actor.role)
  const items = (await listCollectors(services.db)).map((collector) => ({
    ...collector,
    name: showsNames ? collector.name : maskName(collector.name),
    gridCodes: [...(patrols.get(collector.accountNo) ?? [])],
  }))
  return ok({ items: gridCode === undefined ? items : items.filter(({ gridCodes }) => gridCodes.includes(gridCode)) })
}

export async function readTasks(services: Services, ask: Ask<InputOf<'collectors.tasks'>>): Answer<OutputOf<'collectors.tasks'>> {
  const now = services.clock.now()
  const ids = await listTasks(services.db, viewerOf(ask.actor))
  const stored = await findCases(services.db, ids)
  const items = stored.flatMap(({ row, beginning, history }) => {
    const progress = progressOf(beginning, history)
    const task = progress?.task
    if (!progress || task?.collectorNo !== ask.actor.accountNo) return []
    const { kind, requirement, at } = task
    const { facts, photoIds } = progress
    return [{ row: wire(row), kind, requirement, orderedAt: at, description: facts.description, photoIds: [...photoIds] }]
  })
  // The list tells the whole task, so whoever has it is on their way: from now on the order is not taken back.
  const news = items.filter(({ orderedAt }) => now - orderedAt <= longestUndoMs)
  for (const { row } of news) await markSeen(services.db, row.caseId, ask.actor, row.version, now)
  return ok({ items: items.sort((a, b) => a.orderedAt - b.orderedAt) })
}
