import { chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { isLost } from './call-words'

/** Which calls the list shows. Pure: the core and the list decide alike, so that a call that has just ended appears only where it belongs. */
export interface CallFilter {
  /** `held`: of the centre alone. */
  readonly which: 'all' | 'missed' | 'incoming' | 'outgoing' | 'held'
  /** As typed: any part of a number. */
  readonly text: string
  /** `2026-11-21`; null: any day. */
  readonly day: string | null
}

export const everyCall: CallFilter = { which: 'all', text: '', day: null }
export const isNarrowed = ({ which, text, day }: CallFilter): boolean => which !== 'all' || day !== null || text.trim() !== ''

/** `+86 138`, `0451-86` and `138 0013` are parts of a number; the country's code is left out, as people do. */
export function digitsOf(text: string): string {
  return text
    .replace(/[\s()（）.-]/g, '')
    .replace(/^(?:\+|00)86/, '')
    .replace(/\D/g, '')
    .slice(0, 20)
}

const dayMs = 24 * 3_600_000

/** A day of China time. */
export function dayBounds(day: string): { readonly from: EpochMs; readonly until: EpochMs } {
  const from = Date.parse(`${day}T00:00:00Z`) - chinaOffsetMs
  return { from, until: from + dayMs }
}

export function questionOf({ which, text, day }: CallFilter): InputOfCommand<'callLog.list'> {
  const digits = digitsOf(text)
  return { ...(which !== 'held' && { which }), ...(digits !== '' && { digits }), ...(day !== null && dayBounds(day)) }
}

/** Of the hall: the centre knows people by their number, and masks those of citizens. */
export function centreQuestionOf({ which, text, day }: CallFilter): InputOfCommand<'callLog.centre'> {
  const accountNo = text.trim()
  return { which, ...(/^[0-9A-Za-z]{2,16}$/.test(accountNo) && { accountNo }), ...(day !== null && dayBounds(day)) }
}

export function fits(call: CallRecord, { which, text, day }: CallFilter): boolean {
  if (which === 'missed' && !isLost(call)) return false
  if ((which === 'incoming' || which === 'outgoing') && call.direction !== which) return false
  const digits = digitsOf(text)
  if (digits !== '' && !`0${call.number?.replace('+86', '') ?? ''}`.includes(digits)) return false
  if (call.number === null && digits !== '') return false
  if (day === null) return true
  const { from, until } = dayBounds(day)
  return call.startedAt >= from && call.startedAt < until
}

/** What was read, with what the core has said since: changed records in their place, new ones on top. Newest first. */
export function withNews<C extends CallRecord>(read: readonly C[], news: readonly C[], filter: CallFilter): readonly C[] {
  const fresh = new Map(news.map((call) => [call.callId, call]))
  const known = new Set(read.map(({ callId }) => callId))
  const oldest = read.at(-1)?.startedAt ?? 0
  const added = news.filter((call) => !known.has(call.callId) && call.startedAt >= oldest && fits(call, filter))
  const kept = read.map((call) => fresh.get(call.callId) ?? call)
  return added.length === 0 ? kept : [...added, ...kept].sort((one, other) => other.startedAt - one.startedAt)
}
