import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSeatPlace, eventually, password, type SeatPlace, startCentre, type TestCentre } from './harness'

const folder = join(import.meta.dirname, '../../../resources/reference')
const fileOf = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('reference data at a seat', () => {
  let centre: TestCentre
  let place: SeatPlace
  beforeEach(async () => {
    centre = await startCentre({ referenceFiles: [fileOf('calendar-2026.json'), fileOf('departments.json')] })
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(async () => {
    await place.remove()
    await centre.stop()
  })

  it('is read whole after a sign-in, is there when the centre is not, and only what changed travels again', async () => {
    const first = await place.start()
    await first.must('session.signIn', { accountNo: '0201', password })
    const { entries } = await first.until('reference.changed', (view) => view.entries.length === 2)
    const calendar = entries.find(({ kind }) => kind === 'calendar')
    const document = `/api/v1/reference/calendar/${calendar?.id}`
    const departments = `/api/v1/reference/departments/${entries.find(({ kind }) => kind === 'departments')?.id}`
    expect([centre.proxy.requests(document), centre.proxy.requests(departments)]).toEqual([1, 1])
    await first.stop()

    centre.proxy.set('cut')
    const seat = await place.start()
    expect(await seat.state('reference.changed')).toMatchObject({ entries, readAt: expect.any(Number) })
    const kept = await seat.must('reference.get', { kind: 'calendar', id: calendar?.id ?? '' })
    expect(kept.document).toMatchObject({ kind: 'calendar', year: 2026 })
    expect(await seat.call('reference.get', { kind: 'calendar', id: '1999' })).toMatchObject({ error: { code: 'record/notFound' } })

    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await seat.until('connection.changed', ({ state }) => state === 'online')
    const changed = fileOf('calendar-2026.json')
    changed.document.title = '2026 年工作日历（修订）'
    await centre.importReference([changed])
    await seat.until('reference.changed', (view) => view.entries.some(({ hash, kind }) => kind === 'calendar' && hash !== calendar?.hash))
    expect((await seat.must('reference.get', { kind: 'calendar', id: calendar?.id ?? '' })).document).toMatchObject({
      title: '2026 年工作日历（修订）',
    })
    await eventually(() => centre.proxy.requests(document) === 2, 'the changed document was read')
    expect(centre.proxy.requests(departments)).toBe(1)
  })
})
