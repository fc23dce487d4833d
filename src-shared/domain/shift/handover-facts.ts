import type { EpochMs } from '../../base/clock'
import type { CaseFlow } from '../case/case-flow'
import type { Cut } from './cut-off'

/**
 * What a handover hands over. 三件移交: 考勤表、案卷处理情况汇总、工作日记 (S1 §值班长交接), and with them the state of the equipment, what is special, and
 * what is still open. The program fills it in from what it knows; the outgoing lead adds judgement and changes no fact.
 */
export const handoverSections = {
  cases: '案卷处理情况汇总',
  attendance: '考勤',
  equipment: '设备状态',
  dutyLog: '工作日志',
  special: '重大/特殊事项',
  openItems: '待办移交',
  missedCalls: '漏接回拨',
  offline: '离线期间本机办理',
} as const
export type HandoverSection = keyof typeof handoverSections

/** The lead hands over everything; another post what is on its desk (short form 交接表). */
export const handoverForms = {
  lead: ['cases', 'attendance', 'equipment', 'dutyLog', 'special', 'openItems', 'missedCalls', 'offline'],
  post: ['dutyLog', 'special', 'openItems', 'missedCalls', 'offline'],
} as const satisfies Record<string, readonly HandoverSection[]>
export type HandoverForm = keyof typeof handoverForms

export const itemTones = ['none', 'green', 'amber', 'red'] as const
export type ItemTone = (typeof itemTones)[number]

export interface HandoverItem {
  /** The same thing has the same id in every handover: `case/…`, `missed/…`, `log/keyId/position`, `written/…`. */
  readonly itemId: string
  readonly section: HandoverSection
  readonly tone: ItemTone
  readonly title: string
  readonly detail: string
  /** Who sees to it from now on. */
  readonly ownerName: string
  /** Since when it is open: its age. */
  readonly since: EpochMs | null
  readonly dueAt: EpochMs | null
  /** How many handovers it has been through, this one not counted. */
  readonly carried: number
}

/** One column of the case table: 上班移来＋本班进－本班出＝移交下班. */
export interface CaseColumn {
  readonly queue: string
  readonly title: string
  /** From the previous handover; null when there was none. */
  readonly before: number | null
  readonly now: number
  readonly amber: number
  readonly red: number
}

export interface HandoverFacts {
  readonly cut: Cut
  readonly cases: readonly CaseColumn[]
  /** Cases in and out of the whole hall; posts that do not answer for it have none. */
  readonly flow?: CaseFlow
  readonly items: readonly HandoverItem[]
}

/** What is not over goes on: items of the last handover that still stand keep their age and count one handover more, new ones begin. */
export function carryOver(
  before: readonly HandoverItem[],
  now: readonly HandoverItem[],
  isOver: (item: HandoverItem) => boolean,
): readonly HandoverItem[] {
  const carried = (section: HandoverSection) => section === 'openItems' || section === 'special'
  const old = new Map(before.filter((item) => carried(item.section)).map((item) => [item.itemId, item]))
  const fresh = now.map((item) => {
    const known = old.get(item.itemId)
    old.delete(item.itemId)
    return known ? { ...item, since: known.since ?? item.since, carried: known.carried + 1 } : item
  })
  const standing = [...old.values()].filter((item) => !isOver(item)).map((item) => ({ ...item, carried: item.carried + 1 }))
  return [...fresh, ...standing]
}

/** 一般口头交接，重特大、处理未果等特殊情况须书面交接 (S3). */
export const demandsWriting = (facts: HandoverFacts): boolean => facts.items.some(({ section }) => section === 'special')

export interface ReadingPoint {
  readonly pointId: string
  readonly section: HandoverSection
  readonly title: string
}

/** What the incoming reads back, in order: section by section, and what is special or open item by item. An empty section is read too. */
export function readingPoints(form: HandoverForm, facts: HandoverFacts): readonly ReadingPoint[] {
  return handoverForms[form].flatMap((section): readonly ReadingPoint[] => {
    const own = facts.items.filter((item) => item.section === section)
    const isOneByOne = section === 'special' || section === 'openItems' || section === 'missedCalls'
    if (isOneByOne && own.length > 0) return own.map(({ itemId, title }) => ({ pointId: itemId, section, title }))
    return [{ pointId: section, section, title: handoverSections[section] }]
  })
}
