import { expect, it } from 'vitest'
import { countsByPerson, coverageOf, isSeen, nextStop, type PatrolStop, roundAt } from '#shared/domain/patrol/patrol'

const at = (text: string) => Date.parse(`2026-11-28T${text}+08:00`)
const roundId = '2026-11-28/1'
let count = 0
const stop = (cameraNo: string, result: PatrolStop['result'], liveMs = 12_000, byNo = '0601'): PatrolStop => {
  count += 1
  return {
    stopId: String(count),
    roundId,
    cameraNo,
    at: at('08:00:00'),
    result,
    themes: [],
    liveMs,
    photoId: null,
    byNo,
    byName: `人${byNo}`,
  }
}

it.each([
  ['07:00:00', '2026-11-28/1', '上午第 1 轮'],
  ['09:29:59', '2026-11-28/1', '上午第 1 轮'],
  ['09:30:00', '2026-11-28/2', '上午第 2 轮'],
  ['12:30:00', '2026-11-28/3', '下午第 1 轮'],
  ['17:59:59', '2026-11-28/4', '下午第 2 轮'],
  ['23:00:00', '2026-11-28/5', '夜间巡查'],
  ['06:59:59', '2026-11-27/5', '夜间巡查'],
])('at %s it is round %s', (time, id, name) => {
  expect(roundAt(at(time))).toMatchObject({ roundId: id, name })
  if (time !== '12:30:00') expect(roundAt(at(time)).from).toBeLessThanOrEqual(at(time))
  expect(roundAt(at(time)).until).toBeGreaterThan(at(time))
})

it('counts as seen only what ran live for ten seconds while somebody looked', () => {
  expect(isSeen(stop('1', 'fine', 9_999))).toBe(false)
  expect(isSeen(stop('1', 'problem', 10_000))).toBe(true)
  expect(isSeen(stop('1', 'skipped', 60_000))).toBe(false)
  const stops = [stop('1', 'fine'), stop('2', 'fine', 3_000), stop('3', 'noPicture', 0), stop('4', 'skipped'), stop('2', 'problem', 4_000)]
  expect(coverageOf(['1', '2', '3', '4', '5'], stops, roundId)).toEqual({
    ...{ total: 5, seen: 1, withoutPicture: 1, tooShort: 1, problems: 1 },
    missed: ['2', '4', '5'],
  })
  expect(coverageOf(['1'], stops, '2026-11-28/2')).toMatchObject({ seen: 0, missed: ['1'] })
})

it('goes on after the last camera with what nobody has dealt with, and ends when all are done', () => {
  const stops = [stop('2', 'fine', 12_000, '0602'), stop('3', 'noPicture', 0)]
  expect(nextStop(['1', '2', '3', '4'], stops, roundId, '1')).toBe('4')
  expect(nextStop(['1', '2', '3', '4'], stops, roundId, '4')).toBe('1')
  expect(nextStop(['2', '3'], stops, roundId, null)).toBeUndefined()
  // A skipped one comes again.
  expect(nextStop(['1', '4'], [stop('1', 'fine'), stop('4', 'skipped')], roundId, '1')).toBe('4')
})

it('tells what each person has done', () => {
  expect(countsByPerson([stop('1', 'fine'), stop('2', 'problem', 20_000, '0602'), stop('3', 'fine', 1_000)])).toEqual([
    { byNo: '0602', byName: '人0602', seen: 1, problems: 1 },
    { byNo: '0601', byName: '人0601', seen: 1, problems: 0 },
  ])
})
