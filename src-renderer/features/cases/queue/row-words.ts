import type { EpochMs } from '#shared/base/clock'
import type { RequestKind } from '#shared/domain/case/profile'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources, caseStates } from '#shared/domain/case/states'
import { describeProvisional, describeRemaining, lampAt, provisionalYear } from '#shared/domain/clock/case-clock'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import type { LampTone } from '../../../ui/lamp'
import { formatDateTime } from '../../../ui/time-format'

/** What a row of a queue says in words and lamps. Pure; the moment is an argument. */
export type RowLamp = Extract<LampTone, 'red' | 'amber' | 'green' | 'frozen' | 'none'>

export const lampOrder: readonly RowLamp[] = ['red', 'amber', 'green', 'frozen', 'none']
export const lampNames: Readonly<Record<RowLamp, string>> = {
  red: '已超时',
  amber: '将超时',
  green: '时限内',
  frozen: '停表',
  none: '不计时',
}

export function lampOf({ clock }: CaseRow, now: EpochMs): RowLamp {
  if (clock === null) return 'none'
  return clock.pausedSince !== null ? 'frozen' : lampAt(clock, now)
}

/** `剩 0.3 工作时`, `超 35 分`, `已停表`; a dash where nothing is timed. */
export function remainingWords({ clock }: CaseRow, calendar: WorkCalendar, now: EpochMs): string {
  return clock === null ? '—' : describeRemaining(calendar, clock, now)
}

/** Why the due moment may still move; null when it stands. */
export function provisionalWords({ clock }: CaseRow, calendar: WorkCalendar): string | null {
  const year = clock === null ? null : provisionalYear(calendar, clock)
  return year === null ? null : describeProvisional(year)
}

/** When the row is due, for whoever stays on its lamp. */
export function dueWords(row: CaseRow, calendar: WorkCalendar): string | undefined {
  if (row.clock === null || !Number.isFinite(row.clock.dueAt)) return undefined
  return [`须于 ${formatDateTime(row.clock.dueAt)} 前办结`, provisionalWords(row, calendar)].filter(Boolean).join('\n')
}

export interface Mark {
  readonly text: string
  readonly title: string
  readonly isStrong: boolean
}

export function marksOf(row: CaseRow): readonly Mark[] {
  const mark = (isShown: boolean, text: string, title: string, isStrong = false): Mark[] => (isShown ? [{ text, title, isStrong }] : [])
  const times = (count: number) => (count > 1 ? String(count) : '')
  return [
    ...mark(row.isUrgent, '急', '紧急', true),
    ...mark(row.isSensitive, '敏感', '敏感投诉', true),
    ...mark(row.isRecused, '回避', '涉及本中心人员', true),
    ...mark(row.overseenUntil !== null, '督办', '上级督办'),
    ...mark(row.urges > 0, `催办${times(row.urges)}`, `已催办 ${row.urges} 次`),
    ...mark(row.reworks > 0, `返工${times(row.reworks)}`, `已返工 ${row.reworks} 次`),
    ...mark(row.sentBacks > 0, `退回${times(row.sentBacks)}`, `被退回 ${row.sentBacks} 次`),
  ]
}

/** `isOff`: not as it should be for the next step. */
export interface Words {
  readonly text: string
  readonly isOff: boolean
}

export function verificationWords({ verification, source, state, photoCount }: CaseRow): Words {
  if (verification === 'true') return photoCount === 0 ? { text: '缺照片', isOff: true } : { text: '属实', isOff: false }
  if (verification === 'false') return { text: '不属实', isOff: true }
  if (verification === 'notFound') return { text: '未找到', isOff: true }
  if (state === 'verifying') return { text: '核实中', isOff: false }
  return caseSources[source].isPublic ? { text: '未核实', isOff: true } : { text: '免核', isOff: false }
}

export const proposalWords = ({ proposal }: CaseRow): string => (proposal === null ? '—' : proposal === 'file' ? '立案' : '不立案')

export function checkWords({ isSolved, isWithoutCheck }: CaseRow): Words {
  if (isWithoutCheck) return { text: '无核查', isOff: false }
  if (isSolved === null) return { text: '—', isOff: false }
  return isSolved ? { text: '已解决', isOff: false } : { text: '未解决', isOff: true }
}

export const requestNames: Readonly<Record<RequestKind, string>> = {
  extend: '延期',
  suspend: '缓办',
  sendBack: '回退',
  void: '作废',
  closeWithoutCheck: '无核查结案',
}

export function requestWords({ request }: CaseRow): string {
  return request === null ? '—' : `${requestNames[request.kind]}${request.state === 'reviewed' ? '（已初审）' : ''}`
}

export const sourceName = ({ source }: CaseRow): string => caseSources[source].name
export const stateName = ({ state }: CaseRow): string => caseStates[state].name

/** `联盟街道办事处` → `联盟`: the column heading says what it is. */
export const shortStreet = (name: string): string => name.replace(/街道(办事处)?$/, '')

export const lastDigits = (caseNo: string): string => caseNo.slice(caseNo.indexOf('-') + 1)
