/** Times at which a citizen is promised a call back, as people say them; `now` and the result are epoch milliseconds of this PC's zone. */
const minute = 60_000

export const callBackTimes: readonly { readonly key: string; readonly name: string; at(now: number): number }[] = [
  { key: '15', name: '15 分钟后', at: (now) => now + 15 * minute },
  { key: '30', name: '30 分钟后', at: (now) => now + 30 * minute },
  { key: '60', name: '1 小时后', at: (now) => now + 60 * minute },
  { key: '120', name: '2 小时后', at: (now) => now + 120 * minute },
  { key: 'morning', name: '明天 9:00', at: (now) => atHour(now, 1, 9) },
  { key: 'afternoon', name: '明天 14:00', at: (now) => atHour(now, 1, 14) },
]

function atHour(now: number, days: number, hour: number): number {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  day.setHours(hour, 0, 0, 0)
  return day.getTime()
}
