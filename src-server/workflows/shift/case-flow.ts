import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import type { PayloadOf } from '#shared/contracts/server-events/table'
import { addFlow, type CaseStep, type FlowCounts, flowOf, netOf, noFlow } from '#shared/domain/case/case-flow'
import { caseEventsAfter, eventRange, lastSeqBefore } from '../../store/event-store'
import type { Database } from '../../store/open-database'
import { countOpenCases } from '../../store/shift-store'
import type { Answer, Ask, Services } from '../services'

/**
 * Cases in and out between two numbers of the event log. Every step of a case is one event there, written with it in one transaction and numbered in the
 * order of commits: what a cut-off leaves out, the next one has.
 */
const perRead = 1000
const mostTries = 5

export async function readCaseFlow({ db }: Services, ask: Ask<InputOf<'handovers.caseFlow'>>): Answer<OutputOf<'handovers.caseFlow'>> {
  const { fromSeq, fromAt, untilSeq } = ask.input.query
  const from = fromSeq ?? (await lastSeqBefore(db, fromAt))
  const { oldestSeq } = await eventRange(db)
  const { open, latest } = await openNow(db)
  const counts = await flowBetween(db, from, untilSeq)
  const since = await flowBetween(db, untilSeq, latest)
  return ok({ counts, open: open - netOf(since), isWhole: from + 1 >= oldestSeq })
}

/** The number of open cases and the last event that it knows of: asked again while something was written in between. */
async function openNow(db: Database): Promise<{ readonly open: number; readonly latest: number }> {
  let latest = (await eventRange(db)).latestSeq
  let open = await countOpenCases(db)
  for (let tries = 1; tries < mostTries; tries++) {
    const { latestSeq } = await eventRange(db)
    if (latestSeq === latest) break
    latest = latestSeq
    open = await countOpenCases(db)
  }
  return { open, latest }
}

async function flowBetween(db: Database, after: number, until: number): Promise<FlowCounts> {
  let counts = noFlow
  let seq = after
  for (;;) {
    const events = await caseEventsAfter(db, seq, until, perRead)
    for (const { payload } of events) counts = addFlow(counts, flowOf(stepOf(JSON.parse(payload) as PayloadOf<'case.changed'>)))
    if (events.length < perRead) return counts
    seq = events.at(-1)?.seq ?? until
  }
}

/** What is told without a step (measured anew under other settings) moves nothing. */
const stepOf = ({ action, from, row }: PayloadOf<'case.changed'>): CaseStep => ({
  action,
  from: from === undefined ? row.state : from,
  to: row.state,
})
