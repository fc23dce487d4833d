import type { EpochMs } from '#shared/base/clock'
import { roles } from '#shared/domain/account/role'
import { handlingClock, nodeClock } from '#shared/domain/case/clocks'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, currentRound, type Node } from '#shared/domain/case/progress'
import { holdersOf } from '#shared/domain/case/roles'
import { caseStates, isEnd, type StageId, stageIds, stages } from '#shared/domain/case/states'
import { type CaseClock, describeLeft, lampAt } from '#shared/domain/clock/case-clock'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import type { Stage } from '../../../ui/stage-bar'
import { formatLength, formatMoment, formatTime } from '../../../ui/time-format'

/**
 * What the stage bar says of a case: times, how long, by whom, by how much over. Pure, from the progress that the history gives; a stage that was
 * entered several times shows its span, the time it really took, and how often. Nothing is decided here.
 */
export interface StageContext {
  readonly progress: CaseProgress
  /** Null while the seat has none: no limits of nodes are shown then. */
  readonly profile: CentreProfile | null
  readonly calendar: WorkCalendar
  readonly now: EpochMs
}

export function stagesOf(context: StageContext): readonly Stage[] {
  const { progress } = context
  const current = caseStates[progress.state].stage
  return stageIds.map((id) => {
    const visits = progress.nodes.filter(({ state }) => caseStates[state].stage === id)
    const { no, name } = stages[id]
    const isCurrent = id === current && !isEnd(progress.state)
    if (id === 'assess') return assessment(context)
    if (visits.length === 0) return { no, title: name, ...notVisited(id, current), lines: [], who: '', overrun: null }
    const overrun = overrunOf(visits, context)
    return {
      no,
      title: name,
      state: isCurrent ? 'current' : 'done',
      lines: [spanWords(visits, isCurrent, context.now)],
      who: isCurrent ? holderWords(context, overrun) : doneBy(visits),
      overrun,
      ...(isCurrent && lampOfStage(context)),
    }
  })
}

const notVisited = (id: StageId, current: StageId) => ({
  state: stageIds.indexOf(id) < stageIds.indexOf(current) ? ('skipped' as const) : ('todo' as const),
})

function assessment({ progress, now }: StageContext): Stage {
  const { no, name } = stages.assess
  if (!isEnd(progress.state)) return { no, title: name, state: 'todo', lines: ['结案后自动计入'], who: '', overrun: null }
  const who = progress.nodes.at(-2)?.endedBy?.name ?? ''
  return {
    no,
    title: name,
    state: 'done',
    lines: [`${formatMoment(progress.enteredAt, now)} ${caseStates[progress.state].name}`],
    who,
    overrun: null,
  }
}

/** `08:12–08:31　19 分`; `11:21 起　2 小时 42 分`. */
function spanWords(visits: readonly Node[], isCurrent: boolean, now: EpochMs): string {
  const from = visits[0]?.from ?? now
  const until = visits.at(-1)?.until ?? now
  const lengthMs = visits.reduce((sum, visit) => sum + ((visit.until ?? now) - visit.from), 0)
  const times = visits.length > 1 ? `　${visits.length} 次` : ''
  const end = formatMoment(until, from) === formatTime(until) ? formatTime(until) : formatMoment(until, now)
  return isCurrent
    ? `${formatMoment(from, now)} 起　${formatLength(lengthMs)}${times}`
    : `${formatMoment(from, now)}–${end}　${formatLength(lengthMs)}${times}`
}

function doneBy(visits: readonly Node[]): string {
  return [...new Set(visits.flatMap(({ endedBy }) => (endedBy ? [endedBy.name] : [])))].join('、')
}

function holderWords({ progress, profile, calendar, now }: StageContext, overrun: string | null): string {
  const state = caseStates[progress.state]
  const holders = profile ? holdersOf(progress, profile) : state.heldBy === null ? [] : [state.heldBy]
  const who =
    state.stage === 'handle'
      ? (currentRound(progress)?.departmentName ?? '')
      : holders
          .slice(0, 1)
          .map((role) => roles[role])
          .join('')
  const clock = clockNow({ progress, profile, calendar, now })
  const left = clock === null || overrun !== null ? '' : `，${describeLeft(calendar, clock, now)}`
  return `${who} ${state.name}${left}`
}

function clockNow({ progress, profile, calendar }: StageContext): CaseClock | null {
  const round = currentRound(progress)
  if (round && round.endedAt === null) return handlingClock(round, calendar)
  const last = progress.nodes.at(-1)
  return last && profile ? nodeClock(last, profile, calendar) : null
}

function lampOfStage(context: StageContext) {
  const clock = clockNow(context)
  if (clock === null || clock.pausedSince !== null) return {}
  const tone = lampAt(clock, context.now)
  return tone === 'amber' ? { lamp: tone } : {}
}

/** The last of the stage's clocks that is over: of every dispatch in the stage of handling, else of its nodes. */
function overrunOf(visits: readonly Node[], { progress, profile, calendar, now }: StageContext): string | null {
  const isHandling = visits.some(({ state }) => caseStates[state].stage === 'handle')
  const clocks = isHandling
    ? progress.rounds.map((round) => handlingClock(round, calendar))
    : visits.flatMap((visit) => (profile ? [nodeClock(visit, profile, calendar)] : []))
  const over = clocks.findLast((clock) => clock !== null && lampAt(clock, now) === 'red' && clock.pausedSince === null)
  return over ? describeLeft(calendar, over, now) : null
}
