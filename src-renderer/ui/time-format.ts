import { chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'

/**
 * Times and durations in the one format that every screen uses. China time (UTC+8, no summer time) whatever zone the PC is set to. Pure: the
 * present moment is an argument.
 */
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const

const chinaText = (at: EpochMs) => new Date(at + chinaOffsetMs).toISOString()
const two = (value: number) => String(value).padStart(2, '0')

/** `2026-11-21` */
export const formatDate = (at: EpochMs): string => chinaText(at).slice(0, 10)

/** `14:03` */
export const formatTime = (at: EpochMs): string => chinaText(at).slice(11, 16)

/** `14:03:20` */
export const formatTimeWithSeconds = (at: EpochMs): string => chinaText(at).slice(11, 19)

/** `2026-11-21 14:03` */
export const formatDateTime = (at: EpochMs): string => `${formatDate(at)} ${formatTime(at)}`

/** `星期六` */
export const formatWeekday = (at: EpochMs): string => `星期${weekdays[new Date(at + chinaOffsetMs).getUTCDay()]}`

/** The clock time alone today, with the date on any other day: `14:03`, `11-20 14:03`, `2025-12-31 14:03`. */
export function formatMoment(at: EpochMs, now: EpochMs): string {
  if (formatDate(at) === formatDate(now)) return formatTime(at)
  const isSameYear = formatDate(at).slice(0, 4) === formatDate(now).slice(0, 4)
  return isSameYear ? formatDateTime(at).slice(5) : formatDateTime(at)
}

/** Heading of a day in a list: `今天 2026-11-21 星期六`. */
export function formatDay(at: EpochMs, now: EpochMs): string {
  const date = formatDate(at)
  const near = date === formatDate(now) ? '今天 ' : date === formatDate(now - dayMs) ? '昨天 ' : ''
  return `${near}${date} ${formatWeekday(at)}`
}

/** Minutes and seconds, `02:15`; from one hour on `1:02:15`. Negative lengths count as zero. */
export function formatClock(lengthMs: number): string {
  const seconds = Math.max(0, Math.floor(lengthMs / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** A length in words, at most two units, rounded down: `1 小时 20 分`, `3 天 2 小时`, `不到 1 分`. */
export function formatLength(lengthMs: number): string {
  const days = Math.floor(lengthMs / dayMs)
  const hours = Math.floor((lengthMs % dayMs) / hourMs)
  const minutes = Math.floor((lengthMs % hourMs) / minuteMs)
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`
  return minutes > 0 ? `${minutes} 分` : '不到 1 分'
}

/** Time until a deadline, `剩 1 小时 20 分`, or past it, `超 35 分`. Both round towards the deadline. */
export function formatRemaining(remainingMs: number): string {
  return remainingMs >= 0 ? `剩 ${formatLength(remainingMs)}` : `超 ${formatLength(-remainingMs)}`
}

/** How long ago: `刚刚`, `5 分前`, `2 小时 5 分前`. */
export function formatAge(ageMs: number): string {
  return ageMs < minuteMs ? '刚刚' : `${formatLength(ageMs)}前`
}

/** A clock difference with its sign: `+0.02 秒`, `-3.50 秒`, `0.00 秒`. */
export function formatOffset(offsetMs: number): string {
  const text = (offsetMs / 1000).toFixed(2)
  if (Number(text) === 0) return '0.00 秒'
  return `${offsetMs > 0 ? '+' : ''}${text} 秒`
}

/** Bytes for people, in binary units: `512 B`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`
}
