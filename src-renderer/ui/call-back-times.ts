import { chinaDay, startOfChinaDay } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'

/** Times at which a citizen is promised a call back, as people say them. */
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const tomorrowAt = (now: EpochMs, hour: number): EpochMs => startOfChinaDay(chinaDay(now) + 1) + hour * hourMs

export const callBackTimes: readonly { readonly key: string; readonly name: string; at(now: EpochMs): EpochMs }[] = [
  { key: '15', name: '15 分钟后', at: (now) => now + 15 * minuteMs },
  { key: '30', name: '30 分钟后', at: (now) => now + 30 * minuteMs },
  { key: '60', name: '1 小时后', at: (now) => now + hourMs },
  { key: '120', name: '2 小时后', at: (now) => now + 2 * hourMs },
  { key: 'morning', name: '明天 9:00', at: (now) => tomorrowAt(now, 9) },
  { key: 'afternoon', name: '明天 14:00', at: (now) => tomorrowAt(now, 14) },
]
