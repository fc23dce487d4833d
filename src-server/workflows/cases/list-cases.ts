import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseFilter } from '#shared/contracts/central-api/cases'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { queueSpec, queuesOf } from '#shared/domain/case/queues'
import { type CaseSource, type CaseState, caseSourceIds, caseStateIds, isEnd } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { type CaseCondition, matching } from '../../store/case-conditions'
import { type CasePlace, countQueues, type ListedCase, listCases } from '../../store/case-list-store'
import { eventRange } from '../../store/event-store'
import type { Answer, Ask, Services } from '../services'
import { viewerOf } from './access'
import { wire } from './change-case'

/** Lists of cases: a queue or a filter, page by page. Open cases come by deadline, then ended ones from new to old. */
export async function listCasesFor(services: Services, ask: Ask<InputOf<'cases.list'>>): Answer<OutputOf<'cases.list'>> {
  const { after, limit = 100, ...filter } = ask.input.query
  const viewer = viewerOf(ask.actor)
  const conditions = conditionsOf(filter, viewer, services.clock.now())
  if (!conditions.ok) return conditions
  const place = parseCasePlace(after)
  if (!place.ok) return place
  // The number first: an event that slips in between is then received again, never missed.
  const { latestSeq } = await eventRange(services.db)
  const found: ListedCase[] = []
  for (const part of partsOf(filter, place.value)) {
    if (found.length > limit) break
    const query = { viewer, conditions: conditions.value, part, after: place.value?.part === part ? place.value : undefined }
    found.push(...(await listCases(services.db, { ...query, limit: limit + 1 - found.length })))
  }
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > limit && last ? cursorOf(last.place) : null
  return ok({ items: items.map(({ row }) => wire(row)), next, seq: latestSeq })
}

const allParts = ['open', 'ended'] as const

/**
 * The parts that can hold what is asked for. A queue holds only open cases, and a state is of one part: looking for six suspended cases among years
 * of ended ones reads them all (3 s at 1.5 million).
 */
function partsOf({ queue, isOpen, states }: CaseFilter, after: CasePlace | undefined): readonly CasePlace['part'][] {
  const wanted = states ? (states.split(',') as CaseState[]) : undefined
  const canHold = (part: CasePlace['part']): boolean => {
    const isOfOpen = part === 'open'
    if (isOpen === !isOfOpen || (queue !== undefined && !isOfOpen)) return false
    return !wanted || wanted.some((state) => isEnd(state) !== isOfOpen)
  }
  const parts = allParts.filter(canHold)
  return after ? parts.slice(Math.max(0, parts.indexOf(after.part))) : parts
}

/** Conditions of a filter, shared with search and exports. Error: `request/invalid` for a state or a source that there is not. */
export function conditionsOf(filter: CaseFilter, viewer: Viewer, now: number): Result<readonly CaseCondition[], AppError> {
  const states = listOf<CaseState>('states', filter.states, caseStateIds)
  if (!states.ok) return states
  const sources = listOf<CaseSource>('sources', filter.sources, caseSourceIds)
  if (!sources.ok) return sources
  const { queue, subclassCode, streetCode, gridCode, departmentCode, from, until, isUrgent } = filter
  const conditions: (CaseCondition | undefined | false)[] = [
    queue && matching(queueSpec(queue).filter, viewer, now),
    states.value && matching({ states: states.value }, viewer, now),
    sources.value && matching({ sources: sources.value }, viewer, now),
    subclassCode !== undefined && ((eb) => eb('subclass_code', '=', subclassCode)),
    streetCode !== undefined && ((eb) => eb('street_code', '=', streetCode)),
    gridCode !== undefined && ((eb) => eb('grid_code', '=', gridCode)),
    departmentCode !== undefined && ((eb) => eb('department_code', '=', departmentCode)),
    from !== undefined && ((eb) => eb('began_at', '>=', from)),
    until !== undefined && ((eb) => eb('began_at', '<', until)),
    isUrgent !== undefined && ((eb) => eb('is_urgent', '=', isUrgent ? 1 : 0)),
  ]
  return ok(conditions.filter((condition) => condition !== undefined && condition !== false))
}

function listOf<T extends string>(
  field: string,
  text: string | undefined,
  known: readonly T[],
): Result<readonly T[] | undefined, AppError> {
  if (text === undefined || text === '') return ok(undefined)
  const named = text.split(',')
  const unknown = named.find((one) => !(known as readonly string[]).includes(one))
  return unknown === undefined ? ok(named as T[]) : err(appError('request/invalid', { fields: `${field} 没有 ${unknown}` }))
}

const cursorOf = ({ part, at, caseId }: CasePlace): string => `${part}.${at}.${caseId}`

/** Reads a cursor that a page gave. Error: `request/invalid`. */
function parseCasePlace(cursor: string | undefined): Result<CasePlace | undefined, AppError> {
  if (cursor === undefined) return ok(undefined)
  const match = /^(open|ended)\.(\d{1,16})\.([0-9a-f-]{36})$/.exec(cursor)
  if (!match?.[2] || !match[3]) return err(appError('request/invalid', { fields: 'after 不是上一页给出的值' }))
  return ok({ part: match[1] as CasePlace['part'], at: Number(match[2]), caseId: match[3] })
}

export async function readQueues(services: Services, ask: Ask<InputOf<'queues.list'>>): Answer<OutputOf<'queues.list'>> {
  const { db, clock } = services
  const { latestSeq } = await eventRange(db)
  const items = await countQueues(db, queuesOf(ask.actor.role), viewerOf(ask.actor), clock.now())
  return ok({ items: [...items], seq: latestSeq })
}
