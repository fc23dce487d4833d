import { createHmac, randomBytes } from 'node:crypto'
import { dayMs } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { CallerKnown, EarlierCall } from '#shared/contracts/caller-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { lineOf, mayBeSameLine, shorterForms } from '#shared/domain/caller/line'
import type { KnownName, MaybeCase } from '#shared/domain/case/known-caller'
import { inOrder } from '#shared/domain/case/known-caller'
import { maskName, maskNumber } from '#shared/domain/case/visibility'
import {
  type CaseOfCaller,
  callerSalt,
  findCallsOfNumber,
  findCasesOfLines,
  findLastFollowUp,
  listCallerCases,
} from '../store/caller-store'
import { audit } from './audit'
import { viewerOf } from './cases/access'
import { wire } from './cases/change-case'
import type { Answer, Ask, Services } from './services'

/**
 * What is known of a caller 弹屏. A case that the asker may not see is not there: neither its row, nor its name, nor a count. So a complaint about an
 * agent does not show itself to that agent when its writer calls again, and a sensitive one shows itself to those who may know of it.
 */
const mostShown = 20

export async function lookUpCaller(services: Services, ask: Ask<InputOf<'callers.lookUp'>>): Answer<OutputOf<'callers.lookUp'>> {
  const { callId, number } = ask.input.body
  const { db } = services
  const viewer = viewerOf(ask.actor)
  const line = lineOf(number)
  const found = line === null ? [] : await findCasesOfLines(db, [line, ...shorterForms(line)], viewer)
  const own = found.filter((one) => one.line === line)
  const rows = inOrder(own.map(({ row }) => row))
  const { calls, total } = await findCallsOfNumber(db, number, { viewer, exceptCallId: callId, limit: mostShown })
  const lastFollowUp = await findLastFollowUp(
    db,
    own.map(({ row }) => row.caseId),
  )
  const told = await ask.transact(async (unit) => {
    await audit(services, unit, ask.actor, {
      action: 'caller.lookUp',
      subject: callId,
      detail: { number: maskNumber(line ?? number), cases: own.length },
    })
    return ok({})
  })
  if (!told.ok) return told
  return ok({
    names: namesOf(own),
    cases: rows.slice(0, mostShown).map(wire),
    total: rows.length,
    calls: calls.map(earlierCall),
    callTotal: total,
    lastFollowUp,
    maybes: maybesOf(found, line)
      .slice(0, mostShown)
      .map(({ row, reason }) => ({ row: wire(row), reason })),
  })
}

const earlierCall = ({ callId, startedAt, answeredAt, direction, name, wrapUpCode }: CallRecord): EarlierCall => ({
  ...{ callId, startedAt, answeredAt, direction, wrapUpCode },
  agentName: answeredAt === null ? null : name,
})

/** One entry for each name that was given. */
function namesOf(cases: readonly CaseOfCaller[]): CallerKnown['names'] {
  const byName = new Map<string, KnownName>()
  for (const { name, gender, row } of cases) {
    if (name.trim() === '') continue
    const known = byName.get(name)
    byName.set(name, { name, gender, times: (known?.times ?? 0) + 1, lastAt: Math.max(known?.lastAt ?? 0, row.beganAt) })
  }
  return [...byName.values()].sort((a, b) => b.times - a.times || b.lastAt - a.lastAt).slice(0, 5)
}

function maybesOf(found: readonly CaseOfCaller[], line: string | null): readonly MaybeCase[] {
  if (line === null) return []
  const others = found.filter((one) => mayBeSameLine(one.line, line)).map(({ row }) => row)
  return inOrder(others).map((row) => ({ row, reason: 'withoutAreaCode' }))
}

/** As long as seats keep callers; who called before that is asked of the centre. */
const keptMs = 365 * dayMs

export async function listCallers(services: Services, ask: Ask<InputOf<'callers.list'>>): Answer<OutputOf<'callers.list'>> {
  const { after, limit = 500 } = ask.input.query
  const [at, caseId] = after?.split('_') ?? []
  const items = await listCallerCases(services.db, {
    viewer: viewerOf(ask.actor),
    after: at && caseId ? { at: Number(at), caseId } : undefined,
    since: services.clock.now() - keptMs,
    limit,
  })
  const salt = await callerSalt(services.db, () => randomBytes(32).toString('hex'))
  const last = items.at(-1)?.row
  return ok({
    items: items.map(({ row, line, name, gender }) => ({
      lineKey: createHmac('sha256', salt).update(line).digest('hex').slice(0, 32),
      name: name.trim() === '' ? '' : maskName(name),
      gender,
      row: wire(row),
    })),
    place: last ? `${last.beganAt}_${last.caseId}` : (after ?? null),
    isLast: items.length < limit,
    salt,
  })
}
