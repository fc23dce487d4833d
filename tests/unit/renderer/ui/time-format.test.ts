import { describe, expect, it } from 'vitest'
import {
  formatAge,
  formatBytes,
  formatClock,
  formatDateTime,
  formatDay,
  formatLength,
  formatMoment,
  formatOffset,
  formatRemaining,
  formatTimeWithSeconds,
} from '../../../../src-renderer/ui/time-format'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** 14:03:20 in China on Saturday 21 November 2026. */
const now = Date.UTC(2026, 10, 21, 6, 3, 20)

describe('times on screen', () => {
  it('are China time, whatever zone the PC is set to', () => {
    expect([formatDateTime(now), formatTimeWithSeconds(now), formatDateTime(Date.UTC(2026, 11, 31, 16, 0))]).toEqual([
      '2026-11-21 14:03',
      '14:03:20',
      '2027-01-01 00:00',
    ])
  })

  it('leave out what is the same as now: the date today, the year this year', () => {
    expect([now - hour, now - day, now - 400 * day].map((at) => formatMoment(at, now))).toEqual([
      '13:03',
      '11-20 14:03',
      '2025-10-17 14:03',
    ])
  })

  it('head the days of a list with their weekday, and say today and yesterday', () => {
    expect([now, now - day, now - 2 * day].map((at) => formatDay(at, now))).toEqual([
      '今天 2026-11-21 星期六',
      '昨天 2026-11-20 星期五',
      '2026-11-19 星期四',
    ])
  })
})

describe('lengths on screen', () => {
  it('count minutes and seconds on a clock, with hours only when there are any', () => {
    expect([135_000, 9_999, 0, -5_000, hour + 2 * minute + 15_000].map(formatClock)).toEqual([
      '02:15',
      '00:09',
      '00:00',
      '00:00',
      '1:02:15',
    ])
  })

  it('are said in two units at most, rounded down', () => {
    expect([59_999, minute, hour, hour + 20 * minute, day + 5 * minute, 3 * day + 2 * hour].map(formatLength)).toEqual([
      '不到 1 分',
      '1 分',
      '1 小时',
      '1 小时 20 分',
      '1 天',
      '3 天 2 小时',
    ])
  })

  it('say what remains before a deadline and what it is over by', () => {
    expect([80 * minute, 0, -35 * minute].map(formatRemaining)).toEqual(['剩 1 小时 20 分', '剩 不到 1 分', '超 35 分'])
  })

  it('say how long ago', () => {
    expect([20_000, 125 * minute].map(formatAge)).toEqual(['刚刚', '2 小时 5 分前'])
  })

  it('carry the sign of a clock difference, and none when it is nothing', () => {
    expect([20, -3_500, 4, -4].map(formatOffset)).toEqual(['+0.02 秒', '-3.50 秒', '0.00 秒', '0.00 秒'])
  })

  it('give bytes in the unit that people read', () => {
    expect([512, 1536, 4_812_800, 5 * 1024 ** 3].map(formatBytes)).toEqual(['512 B', '1.5 KB', '4.6 MB', '5.0 GB'])
  })
})
