import type { EpochMs } from '#shared/base/clock'
import { type RoleId, roles } from '#shared/domain/account/role'
import { actionSpec } from '#shared/domain/case/actions'
import { handlingClock, nodeClock } from '#shared/domain/case/clocks'
import type { CaseFacts, FactChange } from '#shared/domain/case/facts'
import { doneAt, type HistoryEntry } from '#shared/domain/case/history'
import { type ActionInput, followUpOutcomes, noteKinds, oversightLevels, replyWays } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, effectiveHistory } from '#shared/domain/case/progress'
import { caseStates, isEnd } from '#shared/domain/case/states'
import { type CaseClock, describeLeft, describeUsed, lampAt } from '#shared/domain/clock/case-clock'
import { describeLimit, type Limit, type LimitUnit } from '#shared/domain/clock/limit'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { quoteWords } from '#shared/domain/knowledge/article'
import { formatMoment } from '../../../ui/time-format'
import type { EventRow } from '../../../ui/timeline'

/**
 * 办理经过 as lines: each step with who, the time it took against its limit, and what was said; steps that were taken back, notes that this seat has
 * not sent yet, and what is being waited for now. Pure; words only, and every word of a person stays text.
 */
export interface HistoryLine extends EventRow {
  readonly text: string
  /** Written here and not at the centre yet, or refused there. */
  readonly isPending?: boolean
  /** Came after what the viewer had seen. */
  readonly isNew?: boolean
}

export interface HistoryContext {
  readonly history: readonly HistoryEntry[]
  readonly progress: CaseProgress
  readonly pending: readonly PendingLine[]
  readonly profile: CentreProfile | null
  readonly calendar: WorkCalendar
  readonly now: EpochMs
  /** Entries after this version are marked as new, except those of whoever looks. */
  readonly seenVersion: number | null
  readonly reader: string
  /** The facts as they were registered: what a correction changed is told from what. */
  readonly beginning: CaseFacts
}

export interface PendingLine {
  readonly intentId: string
  readonly action: HistoryEntry['action']
  readonly input: ActionInput
  readonly writtenAt: EpochMs
  readonly byName: string
  readonly reason: string | null
}

export function historyLines(context: HistoryContext): readonly HistoryLine[] {
  const { history, pending, progress } = context
  const counted = new Set(effectiveHistory(history).map(({ seq }) => seq))
  const entered = enteredTimes(history)
  const entries = [...history].sort((a, b) => a.seq - b.seq)
  let facts = context.beginning
  const lines = entries.map((entry) => {
    const line = lineOf(entry, facts, !counted.has(entry.seq), entered.get(entry.seq), context)
    if (counted.has(entry.seq)) facts = { ...facts, ...entry.input.facts }
    return line
  })
  return [...lines, ...pending.map((note) => pendingLine(note, context.now)), ...(isEnd(progress.state) ? [] : [waitingLine(context)])]
}

/** For every step that left a state: when that state had been entered. */
function enteredTimes(history: readonly HistoryEntry[]): ReadonlyMap<number, EpochMs> {
  const times = new Map<number, EpochMs>()
  let since: EpochMs | undefined
  for (const { seq, at, from, to } of effectiveHistory(history)) {
    if (from === to) continue
    if (since !== undefined) times.set(seq, since)
    since = at
  }
  return times
}

function lineOf(
  entry: HistoryEntry,
  facts: CaseFacts,
  isTakenBack: boolean,
  since: EpochMs | undefined,
  context: HistoryContext,
): HistoryLine {
  const { action, at, by, seq } = entry
  const clock = since === undefined ? null : clockOfStep(entry, since, context)
  const isUndone = isTakenBack && action !== 'undo'
  return {
    key: String(seq),
    at: formatMoment(at, context.now),
    title: titleOf(action),
    who: whoOf(entry),
    ...usedOf(isUndone ? null : clock, at, context.calendar),
    text: joined([madeWords(entry, context.now), textOf(entry, facts, context.now)]),
    tone: by.role === 'system' || action === 'undo' ? 'quiet' : 'plain',
    ...(isUndone && { isUndone }),
    ...(context.seenVersion !== null && seq > context.seenVersion && by.accountNo !== context.reader && { isNew: true }),
  }
}

/** `09:00 记`: when a note was written that came later, because it waited at its seat. */
function madeWords(entry: HistoryEntry, now: EpochMs): string {
  const made = formatMoment(doneAt(entry), now)
  return made === formatMoment(entry.at, now) ? '' : `${made} 记`
}

export const titleOf = (action: HistoryEntry['action']): string =>
  action === 'register' ? '登记' : action === 'undo' ? '撤销' : actionSpec(action).title

const whoOf = ({ by }: HistoryEntry): string =>
  by.role === 'system' || by.role === 'platform' ? by.name : `${by.name} ${shortRole(by.role)}`

/** `专业部门终端操作员` is too long for a line. */
const shortRole = (role: RoleId): string =>
  ({ departmentOperator: '部门', opinionMonitor: '监控员', collector: '采集员', wallOperator: '大屏' })[role as string] ?? roles[role]

/** The clock that a step stopped: the department's when handling ended, else that of the state it left. */
function clockOfStep({ at, from }: HistoryEntry, since: EpochMs, { progress, profile, calendar }: HistoryContext): CaseClock | null {
  if (from === null) return null
  if (caseStates[from].stage === 'handle') {
    const round = progress.rounds.find(({ endedAt }) => endedAt === at)
    return round ? handlingClock(round, calendar) : null
  }
  return profile ? nodeClock({ state: from, from: since, until: at, endedBy: null }, profile, calendar) : null
}

function usedOf(clock: CaseClock | null, at: EpochMs, calendar: WorkCalendar): Pick<EventRow, 'used' | 'limit' | 'isOver'> {
  if (clock === null) return { used: '', limit: '', isOver: false }
  if (clock.pausedSince === null && lampAt(clock, at) === 'red') return { used: describeLeft(calendar, clock, at), limit: '', isOver: true }
  const [used, limit] = [describeUsed(calendar, clock, at), shortLimit(clock.limit)]
  // `2 / 10 分`, `不足 1 / 10 分`: the unit once when both have the same.
  const unit = limit.slice(limit.indexOf(' '))
  return { used: /^(不足 )?[\d.]+ \S+$/.test(used) && used.endsWith(unit) ? used.slice(0, -unit.length) : used, limit, isOver: false }
}

/** Continuous units in everyday words, as the time used beside them is said. */
function shortLimit(limit: Limit): string {
  const everyday = { urgentHour: '小时', urgentDay: '天', naturalDay: '天' } as Partial<Record<LimitUnit, string>>
  const unit = everyday[limit.unit]
  return unit === undefined ? describeLimit(limit) : `${limit.value} ${unit}`
}

function pendingLine({ intentId, action, input, writtenAt, byName, reason }: PendingLine, now: EpochMs): HistoryLine {
  const words = joined(wordsOf(input, now))
  const state = reason === null ? '待发送' : `未被接受：${reason}`
  return {
    ...{ key: `pending-${intentId}`, at: formatMoment(writtenAt, now), title: titleOf(action), who: byName },
    ...{ used: '', limit: '', isOver: false, text: words === '' ? state : `${state}　${words}`, tone: 'plain', isPending: true },
  }
}

function waitingLine({ progress, profile, calendar, now }: HistoryContext): HistoryLine {
  const state = caseStates[progress.state]
  const last = progress.nodes.at(-1)
  const round = progress.rounds.at(-1)
  const isHandling = state.stage === 'handle'
  const clock = isHandling ? (round ? handlingClock(round, calendar) : null) : last && profile ? nodeClock(last, profile, calendar) : null
  const who = isHandling ? (round?.departmentName ?? '') : state.heldBy === null ? '' : roles[state.heldBy]
  return {
    ...{ key: 'now', at: '现在', title: state.name, who },
    ...usedOf(clock, now, calendar),
    text: `自 ${formatMoment(progress.enteredAt, now)} 起${clock?.pausedSince != null ? '，已停表' : '等办理'}`,
    tone: 'now',
  }
}

function textOf({ action, input, by }: HistoryEntry, facts: CaseFacts, now: EpochMs): string {
  if (action === 'undo') return `撤回第 ${input.undoes ?? '—'} 步`
  const words = [...(input.facts ? changesOf(facts, input.facts) : []), ...wordsOf(input, now)]
  return joined([...(by.role === 'system' ? ['自动'] : []), ...words])
}

/** One sentence after the other: a full stop in between is no comma as well. */
const joined = (words: readonly string[]): string =>
  words.reduce((text, word) => (text === '' ? word : `${text.replace(/[。，]$/, '')}，${word}`), '')

/** What was said and given along, the deciding words first. */
function wordsOf(input: ActionInput, now: EpochMs): string[] {
  const conclusions = { true: '属实', false: '不属实', notFound: '未找到' } as const
  return [
    input.conclusion && conclusions[input.conclusion],
    input.solved === undefined ? undefined : input.solved ? '已解决' : '未解决',
    input.outcome && followUpOutcomes[input.outcome],
    input.noteKind && input.noteKind !== 'opinion' ? noteKinds[input.noteKind] : undefined,
    input.replyWay && replyWays[input.replyWay],
    input.returnedAt === undefined ? undefined : `${formatMoment(input.returnedAt, now)} 回传`,
    input.replyVia && `送 ${input.replyVia}`,
    input.departmentName,
    input.limit && `限 ${describeLimit(input.limit)}`,
    input.extraValue === undefined ? undefined : `延长 ${input.extraValue}`,
    input.reviewOn && `至 ${input.reviewOn}`,
    input.oversightLevel && input.oversightLevel !== 'centre' ? oversightLevels[input.oversightLevel] : undefined,
    input.dueAt === undefined ? undefined : `要求 ${formatMoment(input.dueAt, now)} 前`,
    input.otherCaseNo && `案卷 ${input.otherCaseNo}`,
    input.opinion ?? input.reason ?? input.answer ?? input.requirement,
    input.quoted && `依据${quoteWords(input.quoted)}`,
    input.photoIds && input.photoIds.length > 0 ? `照片 ${input.photoIds.length}` : undefined,
    input.documentIds && input.documentIds.length > 0 ? `附件 ${input.documentIds.length}` : undefined,
    input.approvalNote,
  ].flatMap((word) => (word ? [word.replace(/\s+/g, ' ')] : []))
}

const factNames: readonly (readonly [keyof FactChange, string])[] = [
  ['subclassCode', '小类'],
  ['description', '描述'],
  ['address', '位置'],
  ['gridCode', '网格'],
  ['position', '落点'],
  ['componentCode', '部件'],
  ['isUrgent', '紧急程度'],
  ['isSensitive', '敏感'],
  ['namedAgents', '涉及人员'],
]

/** `小类 07001 非法小广告 → 06010 暴露垃圾`: every fact that a correction changed, before and after. */
function changesOf(before: CaseFacts, change: FactChange): string[] {
  const after = { ...before, ...change }
  return factNames.flatMap(([key, name]) => {
    const [from, to] = [factWords(before, key), factWords(after, key)]
    return from === to ? [] : [`${name} ${from} → ${to}`]
  })
}

function factWords(facts: CaseFacts, key: keyof FactChange): string {
  const { position, subclassCode, subclassName } = facts
  if (key === 'subclassCode') return subclassCode === '' ? '未定' : `${subclassCode} ${subclassName}`
  if (key === 'position') return position === null ? '无' : `${position.lng.toFixed(5)}, ${position.lat.toFixed(5)}`
  if (key === 'isUrgent') return facts.isUrgent ? '紧急' : '一般'
  if (key === 'isSensitive') return facts.isSensitive ? '敏感' : '一般'
  if (key === 'namedAgents') return facts.namedAgents.join('、') || '无'
  return String(facts[key] || '无')
}
