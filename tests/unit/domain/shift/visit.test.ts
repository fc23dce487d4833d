import { expect, it } from 'vitest'
import { arrivalText, departureText, readArrival, visitsOf } from '#shared/domain/shift/visit'

const visit = { name: '张立', from: '市住建局', count: 3, purpose: '调阅友协大街画面', host: '李航', consentBy: '赵主任' }

it('reads back from the log what was written into it, whatever marks people type', () => {
  expect(readArrival(arrivalText(visit))).toEqual(visit)
  expect(readArrival(arrivalText({ ...visit, consentBy: '' }))).toEqual({ ...visit, consentBy: '' })
  expect(readArrival(arrivalText({ ...visit, name: '张（立）；', purpose: '调阅\n画面' }))).toEqual({
    ...visit,
    name: '张 立',
    purpose: '调阅 画面',
  })
  expect(readArrival('区里来人看大屏')).toBeUndefined()
})

it('pairs each arrival with the departure after it, and says who is still here', () => {
  const timeOf = (at: number) => `0${at}:00`
  const entry = (writtenAt: number, text: string) => ({ writtenAt, text })
  const first = entry(8, arrivalText(visit))
  const again = entry(9, arrivalText(visit))
  const rows = visitsOf([entry(9, departureText(visit, '08:00')), again, first, entry(7, departureText(visit, '07:00'))], timeOf)
  expect(rows.map(({ entry: { writtenAt }, left }) => [writtenAt, left?.text])).toEqual([
    [9, undefined],
    [8, '离开：张立（市住建局），08:00 来访'],
  ])
})
