import { chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import { clocksOf } from '#shared/domain/case/clocks'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, currentRound } from '#shared/domain/case/progress'
import { caseSources, caseStates, stages } from '#shared/domain/case/states'
import { withoutNumbers } from '#shared/domain/case/visibility'
import { type CaseClock, describeRemaining, lampAt } from '#shared/domain/clock/case-clock'
import { describeLimit } from '#shared/domain/clock/limit'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import type { Cell, SheetColumn } from '../../files/sheet'

/**
 * The columns of exported cases, computed from the history as screens do. Persons are in none of them: neither citizens, nor reporters, nor who
 * worked on a case; and numbers that somebody wrote into a description are masked.
 */
export interface ExportedCase {
  readonly caseNo: string
  readonly progress: CaseProgress
  /** Leading, or when the case is at its end, of its last handling. */
  readonly clock: CaseClock | null
  readonly calendar: WorkCalendar
  readonly now: EpochMs
}

/** Without its profile a case shows no clock. */
export function exportedCase(
  caseNo: string,
  progress: CaseProgress,
  measures: { readonly profile: CentreProfile | undefined; readonly calendar: WorkCalendar },
  now: EpochMs,
): ExportedCase {
  const { profile, calendar } = measures
  const clocks = profile && clocksOf(progress, profile, calendar)
  return { caseNo, progress, clock: clocks?.leading ?? clocks?.handling ?? null, calendar, now }
}

type CaseColumn = SheetColumn & { readonly cellOf: (exported: ExportedCase) => Cell }

const column = (title: string, width: number, cellOf: CaseColumn['cellOf']): CaseColumn => ({ title, width, cellOf })
const fact = (title: string, width: number, read: (facts: CaseProgress['facts']) => Cell): CaseColumn =>
  column(title, width, ({ progress }) => read(progress.facts))
const mark = (isSo: boolean): Cell => (isSo ? '是' : null)

const verdicts = { true: '属实', false: '不属实', notFound: '未找到' } as const
const lamps = { green: '绿', amber: '黄', red: '红' } as const

export const caseColumns: readonly CaseColumn[] = [
  column('案卷号', 15, ({ caseNo }) => caseNo),
  column('阶段', 10, ({ progress }) => stages[caseStates[progress.state].stage].name),
  column('状态', 10, ({ progress }) => caseStates[progress.state].name),
  fact('问题来源', 14, ({ source }) => caseSources[source].name),
  fact('类型', 6, ({ kind }) => (kind === 'component' ? '部件' : '事件')),
  fact('大类', 16, ({ majorName }) => majorName),
  fact('小类', 16, ({ subclassName }) => subclassName),
  fact('小类代码', 10, ({ subclassCode }) => subclassCode),
  fact('分类标准', 18, ({ standard }) => standard),
  fact('问题描述', 50, ({ description }) => withoutNumbers(description)),
  fact('位置描述', 30, ({ address }) => withoutNumbers(address)),
  fact('街道代码', 12, ({ streetCode }) => streetCode),
  fact('社区代码', 14, ({ communityCode }) => communityCode),
  fact('网格编码', 18, ({ gridCode }) => gridCode),
  fact('部件编码', 20, ({ componentCode }) => componentCode),
  fact('经度', 12, ({ position }) => position?.lng ?? null),
  fact('纬度', 12, ({ position }) => position?.lat ?? null),
  column('登记时间', 20, ({ progress }) => chinaTime(progress.beganAt)),
  column('当前状态自', 20, ({ progress }) => chinaTime(progress.enteredAt)),
  column('专业部门', 20, ({ progress }) => currentRound(progress)?.departmentName ?? null),
  column('时限', 14, ({ clock }) => clock && describeLimit(clock.limit)),
  column('应办结时间', 20, ({ clock }) => clock && chinaTime(clock.dueAt)),
  column('时限灯', 8, ({ clock, now }) => clock && (clock.pausedSince === null ? lamps[lampAt(clock, now)] : '停表')),
  column('超时', 14, overrun),
  column('核实结论', 10, ({ progress }) => progress.verification && verdicts[progress.verification.conclusion]),
  column('核查结果', 10, ({ progress }) => progress.check && (progress.check.solved ? '已解决' : '未解决')),
  column('返工次数', 10, ({ progress }) => progress.counts.reworks),
  column('回退次数', 10, ({ progress }) => progress.counts.sentBacks),
  column('催办次数', 10, ({ progress }) => progress.counts.urges),
  fact('紧急', 6, ({ isUrgent }) => mark(isUrgent)),
  fact('涉及回避', 10, ({ namedAgents }) => mark(namedAgents.length > 0)),
  fact('敏感投诉', 10, ({ isSensitive }) => mark(isSensitive)),
  fact('来源平台编号', 20, ({ external }) => external?.no ?? null),
]

function overrun({ clock, calendar, now }: ExportedCase): Cell {
  if (!clock || clock.pausedSince !== null || lampAt(clock, now) !== 'red') return null
  return describeRemaining(calendar, clock, now).replace(/^超 ?/, '')
}

export const chinaTime = (at: EpochMs): string => new Date(at + chinaOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
