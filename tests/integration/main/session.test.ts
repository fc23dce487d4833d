import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

describe('a session through trouble', () => {
  let centre: TestCentre
  let place: SeatPlace
  const seatNo = '02'
  beforeEach(async () => {
    centre = await startCentre()
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(async () => {
    await place.remove()
    await centre.stop()
  })

  async function signedIn(accountNo = '0201', options: Parameters<SeatPlace['start']>[0] = {}): Promise<TestSeat> {
    const seat = await place.start(options)
    await seat.must('session.signIn', { accountNo, password })
    await seat.until('connection.changed', ({ state }) => state === 'online')
    await seat.until('onDuty.changed', ({ people }) => people.some((one) => one.seatNo === seatNo))
    return seat
  }

  it('a live action against a silent centre fails in words within three seconds', async () => {
    const seat = await signedIn('0001')
    centre.proxy.set('stall')
    const beganMs = performance.now()
    const answer = await seat.call('accounts.list', {})
    const tookMs = performance.now() - beganMs
    expect(answer).toMatchObject({ ok: false, error: { code: 'central/timeout', message: expect.stringContaining('没有回应') } })
    expect(tookMs).toBeGreaterThan(2_800)
    expect(tookMs).toBeLessThan(3_500)
    await seat.until('connection.changed', ({ state }) => state === 'offline')
  })

  it('a live change whose answer is lost is not called undone', async () => {
    const seat = await signedIn('0001')
    centre.proxy.set('resetAfterCommit', { times: 1 })
    const created = await seat.call('seats.create', { seatNo: '99', name: '新席', extension: null })
    expect(created).toMatchObject({ ok: false, error: { code: 'central/interrupted', message: expect.stringContaining('不能确定') } })
    expect((await seat.must('seats.list', {})).items.map((one) => one.seatNo)).toContain('99')
  })

  it('stops at once although the centre never answers', async () => {
    const seat = await signedIn()
    centre.proxy.set('stall')
    await seat.must('dutyLog.append', { kind: 'event', text: '正在发送' })
    void seat.call('diagnostics.get', {})
    const beganMs = performance.now()
    await seat.stop()
    expect(performance.now() - beganMs).toBeLessThan(500)
    expect(seat.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('what another seat writes and who signs in there appears here', async () => {
    const seat = await signedIn()
    const token = await centre.signInElsewhere('0101', '11')
    await seat.until('onDuty.changed', ({ people }) => people.some(({ accountNo }) => accountNo === '0101'))
    const entryId = '0199aaaa-0000-7000-8000-000000000001'
    await centre.post('/dutyLog', token, { entryId, kind: 'instruction', text: '加强巡查', shiftId: null, writtenAt: Date.now() })
    const { entries } = await seat.until('dutyLog.changed', (view) => view.entries.some((entry) => entry.entryId === entryId))
    expect(entries.find((entry) => entry.entryId === entryId)).toMatchObject({ text: '加强巡查', authorName: '周敏', sync: 'sent' })
  })

  it('events for others are stepped over: nothing is read anew, also when the line breaks in between', async () => {
    const seat = await signedIn()
    await seat.must('dutyLog.append', { kind: 'event', text: '之前' })
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    const token = await centre.signInElsewhere('0001', '11')
    await seat.until('onDuty.changed', ({ people }) => people.some(({ accountNo }) => accountNo === '0001'))
    const readings = () => [centre.proxy.requests('/api/v1/onDuty'), centre.proxy.requests('/api/v1/dutyLog', 'GET')]
    const before = readings()
    // Meant for administrators alone.
    const createAccount = async (accountNo: string) => {
      const account = { accountNo, name: '新人', roles: ['intake'], password: 'Xinren-2026-kouling' }
      expect((await centre.post('/accounts', token, account)).status).toBe(201)
    }
    await createAccount('0777')
    await centre.signInElsewhere('0101', '10')
    await seat.until('onDuty.changed', ({ people }) => people.some(({ accountNo }) => accountNo === '0101'))
    expect(readings()).toEqual(before)

    await createAccount('0778')
    centre.proxy.set('cut')
    await seat.until('connection.changed', ({ state }) => state === 'offline')
    await createAccount('0779')
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await centre.signInElsewhere('0301', '09')
    await seat.until('onDuty.changed', ({ people }) => people.some(({ accountNo }) => accountNo === '0301'))
    expect(readings()).toEqual(before)
    expect(seat.log.lines.map(({ message }) => message)).not.toContain('events do not connect')
  })

  it('a password that an administrator set must be changed first, and then everything opens without a new sign-in', async () => {
    const admin = await place.start()
    await admin.must('session.signIn', { accountNo: '0001', password })
    const { items } = await admin.must('accounts.list', { text: '0201' })
    const given = 'Chongshe-2026-kouling'
    await admin.must('accounts.resetPassword', { accountId: items[0]?.accountId ?? '', password: given })
    await admin.must('session.signOut', {})
    const seat = admin
    await seat.until('connection.changed', ({ state }) => state === 'online')
    const streams = centre.proxy.requests('/api/v1/events')
    await seat.must('session.signIn', { accountNo: '0201', password: given })
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn', agent: { mustChangePassword: true } })
    for (const answer of [
      await seat.call('dutyLog.append', { kind: 'event', text: '还不能写' }),
      await seat.call('topics.snapshot', { topic: 'dutyLog.changed' }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'auth/passwordMustChange', message: expect.stringContaining('首次签入') } })
    }
    expect(centre.proxy.requests('/api/v1/events')).toBe(streams)

    await seat.must('session.changePassword', { oldPassword: given, newPassword: 'Ziji-2026-kouling' })
    await seat.until('onDuty.changed', ({ people }) => people.some((one) => one.accountNo === '0201'))
    await seat.must('dutyLog.append', { kind: 'event', text: '现在能写' })
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    expect((await centre.entries()).map(({ text }) => text)).toEqual(['现在能写'])
    expect(centre.proxy.requests('/api/v1/events')).toBe(streams + 1)
  })

  it('who resets their own password is asked for a new one in the middle of the work', async () => {
    const seat = await signedIn('0001')
    const { items } = await seat.must('accounts.list', { text: '0001' })
    await seat.must('accounts.resetPassword', { accountId: items[0]?.accountId ?? '', password: 'Chongshe-2026-kouling' })
    expect(await seat.call('accounts.list', {})).toMatchObject({ ok: false, error: { code: 'auth/passwordMustChange' } })
    await seat.until('session.changed', ({ agent }) => agent?.mustChangePassword === true)
    await seat.must('session.changePassword', { oldPassword: 'Chongshe-2026-kouling', newPassword: 'Ziji-2026-kouling' })
    await seat.until('onDuty.changed', ({ people }) => people.some(({ accountNo }) => accountNo === '0001'))
    expect((await seat.must('accounts.list', { text: '0001' })).items).toHaveLength(1)
  })

  it('an expired access token is renewed without anybody noticing', async () => {
    const seat = await signedIn('0001')
    centre.clock.shift(16 * 60_000)
    const before = centre.proxy.requests('/api/v1/sessions/refresh')
    const lists = await Promise.all([seat.call('accounts.list', {}), seat.call('seats.list', {}), seat.call('audit.list', {})])
    expect(lists.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(centre.proxy.requests('/api/v1/sessions/refresh') - before).toBe(1)
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn', needsSignIn: false })
  })

  it('a session that the centre no longer honours asks for a new sign-in, and nothing typed is lost', async () => {
    const seat = await signedIn('0201')
    await seat.must('drafts.save', { key: 'dutyLog/new', body: '写到一半' })
    // The same account signs in at another seat: this session is over.
    await centre.signInElsewhere('0201', '11')
    const expired = await seat.until('session.changed', ({ needsSignIn }) => needsSignIn)
    expect(expired).toMatchObject({ state: 'signedIn', agent: { accountNo: '0201' } })
    await seat.must('dutyLog.append', { kind: 'event', text: '过期后写的' })
    expect((await seat.must('drafts.get', { key: 'dutyLog/new' })).body).toBe('写到一半')
    expect((await seat.state('notices.changed'))?.notices).toMatchObject([{ title: '签入已过期' }])
    expect(await seat.call('session.signIn', { accountNo: '0101', password })).toMatchObject({
      ok: false,
      error: { code: 'session/alreadySignedIn' },
    })
    await seat.must('session.signIn', { accountNo: '0201', password })
    expect(await seat.state('session.changed')).toMatchObject({ needsSignIn: false, admittedBy: 'central' })
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    expect((await centre.entries()).map(({ text }) => text)).toContain('过期后写的')
    expect((await seat.state('notices.changed'))?.notices).toEqual([])
  })

  it('the centre away, this PC admits whom it knows, and nobody else', async () => {
    const seat = await signedIn('0201')
    await seat.must('session.signOut', {})
    centre.proxy.set('cut')
    expect(await seat.call('session.signIn', { accountNo: '0201', password: 'wrong' })).toMatchObject({
      ok: false,
      error: { code: 'auth/wrongPassword', detail: { remaining: 4 } },
    })
    expect(await seat.call('session.signIn', { accountNo: '0101', password })).toMatchObject({
      ok: false,
      error: { code: 'auth/offlineUnknown' },
    })
    await seat.must('session.signIn', { accountNo: '0201', password })
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn', admittedBy: 'offline', needsSignIn: true })
    await seat.must('dutyLog.append', { kind: 'event', text: '离线签入后写的' })

    // Back online: this PC holds no credential, so the banner asks; a sign-in sends what waited.
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await seat.until('connection.changed', ({ state }) => state === 'online')
    expect(await seat.state('session.changed')).toMatchObject({ needsSignIn: true })
    await seat.must('session.signIn', { accountNo: '0201', password })
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    expect((await centre.entries()).filter(({ text }) => text === '离线签入后写的')).toMatchObject([{ seatNo, authorNo: '0201' }])
  })

  it('signed in offline while an earlier credential is still good, the session is renewed when the centre returns', async () => {
    const seat = await signedIn('0201')
    centre.proxy.set('cut')
    await seat.must('dutyLog.append', { kind: 'event', text: '等着发送' })
    await seat.must('session.signOut', {})
    await seat.must('session.signIn', { accountNo: '0201', password })
    expect(await seat.state('session.changed')).toMatchObject({ admittedBy: 'offline', needsSignIn: true })
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    await seat.until('session.changed', ({ needsSignIn, admittedBy }) => !needsSignIn && admittedBy === 'central')
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
  })

  it('five wrong passwords close the offline way in, over a restart too', async () => {
    const first = await signedIn('0201')
    await first.must('session.signOut', {})
    await first.stop()
    centre.proxy.set('cut')
    const seat = await place.start()
    for (let tries = 0; tries < 4; tries += 1) await seat.call('session.signIn', { accountNo: '0201', password: 'wrong' })
    const fifth = await seat.call('session.signIn', { accountNo: '0201', password: 'wrong' })
    expect(fifth).toMatchObject({ ok: false, error: { code: 'auth/lockedOut', detail: { minutes: 15 } } })
    await seat.stop()
    const again = await place.start()
    expect(await again.call('session.signIn', { accountNo: '0201', password })).toMatchObject({
      ok: false,
      error: { code: 'auth/lockedOut' },
    })
    again.clock.shift(15 * 60_000)
    await again.must('session.signIn', { accountNo: '0201', password })
  })

  it('a locked seat answers only what a locked seat may, stays locked over a restart, and opens with the password', async () => {
    const first = await signedIn('0201')
    await first.must('drafts.save', { key: 'dutyLog/new', body: '锁定前' })
    first.seat.systemLocked()
    expect(await first.state('session.changed')).toMatchObject({ state: 'locked' })
    await first.stop()
    const seat = await place.start()
    const refused = await Promise.all([
      seat.call('drafts.get', { key: 'dutyLog/new' }),
      seat.call('dutyLog.append', { kind: 'event', text: '不行' }),
      seat.call('topics.snapshot', { topic: 'onDuty.changed' }),
      seat.call('connection.retry', {}),
    ])
    expect(refused.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(Array(4).fill('session/locked'))
    expect(await seat.call('session.unlock', { password: 'wrong' })).toMatchObject({ ok: false, error: { code: 'auth/wrongPassword' } })

    const seen: string[] = []
    const stop = seat.seat.api.subscribe(({ topic }) => void seen.push(topic))
    await seat.must('session.unlock', { password })
    stop()
    expect(seen.indexOf('session.changed')).toBeGreaterThanOrEqual(0)
    expect(seen.indexOf('onDuty.changed')).toBeGreaterThan(seen.indexOf('session.changed'))
    expect((await seat.must('drafts.get', { key: 'dutyLog/new' })).body).toBe('锁定前')

    await seat.must('session.lock', {})
    centre.proxy.set('cut')
    expect(await seat.call('session.unlock', { password: 'wrong' })).toMatchObject({ ok: false, error: { code: 'auth/wrongPassword' } })
    await seat.must('session.unlock', { password })
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn' })
  })

  it('unlocking with a session that ended meanwhile opens a new one', async () => {
    const seat = await signedIn('0201')
    await seat.must('session.lock', {})
    await centre.signInElsewhere('0201', '11')
    await seat.until('session.changed', ({ needsSignIn }) => needsSignIn)
    await seat.must('session.unlock', { password })
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedIn', needsSignIn: false })
  })

  it('a changed password is the one that opens the seat, offline too', async () => {
    const seat = await signedIn('0601')
    const newPassword = 'Xin-kouling-2026'
    await seat.must('session.changePassword', { oldPassword: password, newPassword })
    await seat.must('session.lock', {})
    centre.proxy.set('cut')
    expect(await seat.call('session.unlock', { password })).toMatchObject({ ok: false, error: { code: 'auth/wrongPassword' } })
    await seat.must('session.unlock', { password: newPassword })
  })
})
