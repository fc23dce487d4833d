import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../chaos/random'
import { createSeatPlace, eventually, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

const isEmpty = ({ intents }: { readonly intents: readonly unknown[] }) => intents.length === 0

describe('records on their way to the centre', () => {
  let centre: TestCentre
  let place: SeatPlace
  beforeEach(async () => {
    centre = await startCentre()
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(async () => {
    await place.remove()
    await centre.stop()
  })

  async function signedIn(accountNo = '0201'): Promise<TestSeat> {
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo, password })
    await seat.until('connection.changed', ({ state }) => state === 'online')
    return seat
  }
  const entriesOf = async (text: string) => (await centre.entries()).filter((entry) => entry.text === text)

  it('the centre is down at start: the session goes on, says since when, queues a record, and the centre has it exactly once', async () => {
    const first = await signedIn()
    await first.until('dutyLog.changed', ({ readAt }) => readAt !== null)
    await first.stop()
    centre.proxy.set('cut')
    const beganAt = Date.now()
    const seat = await place.start()

    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn', admittedBy: 'resumed', agent: { name: '林小燕' } })
    const offline = await seat.until('connection.changed', ({ state }) => state === 'offline')
    expect(offline.since).toBeGreaterThanOrEqual(beganAt)
    expect(offline.since).toBeLessThanOrEqual(Date.now())
    expect((await seat.state('centre.changed'))?.centre?.name).toBe('测试中心')
    await seat.must('drafts.save', { key: 'dutyLog/new', body: '井盖' })
    await seat.must('dutyLog.append', { kind: 'event', text: '井盖破损，已围挡', draftKey: 'dutyLog/new' })
    expect(await seat.state('outbox.changed')).toMatchObject({ waiting: 1, intents: [{ title: '工作日志', state: 'waiting' }] })
    expect((await seat.must('drafts.get', { key: 'dutyLog/new' })).body).toBeNull()

    centre.proxy.set('resetAfterCommit', { path: '/api/v1/dutyLog', times: 1 })
    await seat.must('connection.retry', {})
    await seat.until('outbox.changed', isEmpty)
    expect(centre.proxy.requests('/api/v1/dutyLog', 'POST')).toBe(2)
    expect(await entriesOf('井盖破损，已围挡')).toHaveLength(1)
    const { entries } = await seat.until('dutyLog.changed', ({ entries }) => entries.some(({ sync }) => sync === 'sent'))
    expect(entries.filter(({ text }) => text === '井盖破损，已围挡')).toMatchObject([
      { sync: 'sent', authorNo: '0201', writtenAt: expect.any(Number) },
    ])
  })

  it('a request that the network sends twice makes one entry', async () => {
    const seat = await signedIn()
    centre.proxy.set('duplicate', { path: '/api/v1/dutyLog', times: 1 })
    await seat.must('dutyLog.append', { kind: 'event', text: '重复投递一次' })
    await seat.until('outbox.changed', isEmpty)
    expect(await entriesOf('重复投递一次')).toHaveLength(1)
  })

  it('who signs out with a record waiting is gone at once, and the record follows with their own name', async () => {
    const seat = await signedIn()
    centre.proxy.set('cut')
    await seat.must('dutyLog.append', { kind: 'instruction', text: '签出前写的' })
    await seat.must('session.signOut', {})
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedOut' })
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await eventually(async () => (await entriesOf('签出前写的')).length === 1, 'the entry is at the centre')
    expect(await entriesOf('签出前写的')).toMatchObject([{ authorNo: '0201' }])
    // With its last record gone, the session is closed there too.
    await eventually(() => centre.proxy.requests('/api/v1/sessions/current', 'DELETE') >= 1, 'the session is closed')
  })

  it('two people one after the other: the first one’s record waits for them, the seat does not', async () => {
    const seat = await signedIn('0201')
    centre.proxy.set('status503')
    await seat.must('dutyLog.append', { kind: 'event', text: '前一位写的' })
    await seat.must('drafts.save', { key: 'dutyLog/new', body: '前一位写到一半' })
    await seat.must('session.signOut', {})
    centre.proxy.set('pass')
    await seat.must('session.signIn', { accountNo: '0101', password })
    expect(await seat.state('session.changed')).toMatchObject({ agent: { accountNo: '0101', role: 'shiftLead' }, needsSignIn: false })
    expect((await seat.must('drafts.get', { key: 'dutyLog/new' })).body).toBeNull()
    await seat.must('dutyLog.append', { kind: 'event', text: '后一位写的' })
    await seat.until('outbox.changed', isEmpty)
    expect((await entriesOf('前一位写的')).map(({ authorNo }) => authorNo)).toEqual(['0201'])
    expect((await entriesOf('后一位写的')).map(({ authorNo }) => authorNo)).toEqual(['0101'])
    await seat.must('session.signOut', {})
    await seat.must('session.signIn', { accountNo: '0201', password })
    expect((await seat.must('drafts.get', { key: 'dutyLog/new' })).body).toBe('前一位写到一半')
  })

  it('a sealed record is taken however late it says it was written: without it the chain of the seat would end', async () => {
    const seat = await signedIn()
    // The PC's clock stood 40 days back while nobody could correct it.
    centre.proxy.set('cut')
    await seat.stop()
    const late = await place.start()
    late.clock.shift(-40 * 24 * 3_600_000)
    await late.must('dutyLog.append', { kind: 'event', text: '补记上月的' })
    centre.proxy.set('pass')
    await late.must('connection.retry', {})
    await late.until('outbox.changed', isEmpty)
    const [entry] = await entriesOf('补记上月的')
    expect((entry?.receivedAt ?? 0) - (entry?.writtenAt ?? 0)).toBeGreaterThan(39 * 24 * 3_600_000)
  })

  it('a record refused for a while waits with the reason: its words are sealed, and sent again as they are', async () => {
    const seat = await signedIn()
    centre.proxy.set('refuse', { path: '/api/v1/dutyLog', method: 'POST', times: 1 })
    await seat.must('dutyLog.append', { kind: 'event', text: '封好的话' })
    const parked = await seat.until('outbox.changed', (view) => view.parked === 1)
    const intentId = parked.intents[0]?.intentId ?? ''
    expect(parked.intents).toMatchObject([{ state: 'parked', editableText: null }])
    expect(seat.announced.map(({ title }) => title)).toContain('1 条记录未被接受')
    expect(await seat.call('outbox.edit', { intentId, text: '改好的话' })).toMatchObject({
      ok: false,
      error: { code: 'intent/notEditable' },
    })
    expect(await seat.call('outbox.withdraw', { intentId })).toMatchObject({ ok: false, error: { code: 'intent/notWithdrawable' } })
    await seat.must('outbox.retry', { intentId })
    await seat.until('outbox.changed', isEmpty)
    expect(await entriesOf('封好的话')).toHaveLength(1)
  })

  it('another person at this seat cannot touch what they did not write', async () => {
    const seat = await signedIn()
    centre.proxy.set('refuse', { path: '/api/v1/dutyLog', method: 'POST', times: 1 })
    await seat.must('dutyLog.append', { kind: 'event', text: '别人的' })
    const parked = await seat.until('outbox.changed', (view) => view.parked === 1)
    await seat.must('session.signOut', {})
    await seat.must('session.signIn', { accountNo: '0101', password })
    const answer = await seat.call('outbox.withdraw', { intentId: parked.intents[0]?.intentId ?? '' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'intent/notYours' } })
  })

  it('whatever the network does in between, each record is at the centre once, and everybody’s view agrees', async () => {
    const seat = await signedIn()
    const random = createRandom(12_319)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
    const texts: string[] = []
    for (let number = 1; number <= 24; number += 1) {
      const mode = pick(['pass', 'cut', 'resetAfterCommit', 'duplicate', 'status503', 'slow'] as const)
      centre.proxy.set(mode, { delayMs: 30 })
      const before = centre.proxy.faults()
      const text = `第 ${number} 条`
      texts.push(text)
      await seat.must('dutyLog.append', { kind: 'event', text })
      await seat.must('connection.retry', {})
      if (mode === 'pass') await seat.until('outbox.changed', isEmpty)
      else await eventually(() => centre.proxy.faults() > before, `${mode} went wrong`)
    }
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await seat.until('outbox.changed', isEmpty, 25_000)
    expect((await centre.entries()).map(({ text }) => text).sort()).toEqual(texts.sort())
    const { entries } = await seat.until('dutyLog.changed', (view) => view.entries.every(({ sync }) => sync === 'sent'))
    expect(entries.map(({ text }) => text).sort()).toEqual(texts.sort())
    expect(centre.proxy.faults()).toBeGreaterThan(10)
  })

  it('what is written down carries the centre’s time, however wrong this PC’s clock is', async () => {
    const seat = await place.start()
    seat.clock.shift(-3 * 3_600_000)
    await seat.must('connection.retry', {})
    await seat.until('connection.changed', ({ clockOffsetMs }) => clockOffsetMs !== null && clockOffsetMs > 3_500_000)
    await seat.must('session.signIn', { accountNo: '0201', password })
    await seat.must('dutyLog.append', { kind: 'event', text: '几点了' })
    await seat.until('outbox.changed', isEmpty)
    const [entry] = await entriesOf('几点了')
    expect(Math.abs((entry?.writtenAt ?? 0) - Date.now())).toBeLessThan(5_000)
  })
})
