import type { Position } from '../../src-shared/domain/geo/position'
import { metresBetween } from '../../src-shared/domain/geo/position'

/** Times and distances in words, for somebody who is walking. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} 秒前`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} 分钟前`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} 小时前` : `${Math.floor(hours / 24)} 天前`
}

/** Time left until a deadline, or by how much it has passed. */
export function remainingText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const text = minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`
  return ms < 0 ? `超时 ${text}` : `剩 ${text}`
}

export function distanceText(from: Position | null, to: Position | null): string {
  if (!to) return '未落点'
  if (!from) return '距离未知'
  const metres = metresBetween(from, to)
  return metres < 1_000 ? `${Math.round(metres)} 米` : `${(metres / 1_000).toFixed(1)} 公里`
}
