import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre } from './harness'

describe('signing in at a seat', () => {
  let centre: TestCentre
  let place: SeatPlace
  beforeAll(async () => {
    centre = await startCentre()
  })
  afterAll(() => centre.stop())
  beforeEach(() => {
    centre.proxy.set('pass')
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(() => place.remove())

  it('admits whom the centre accepts, and shows the seat, the centre and who is on duty', async () => {
    const seat = await place.start()
    await seat.until('connection.changed', ({ state }) => state === 'online')
    await seat.must('session.signIn', { accountNo: '0201', password })

    expect(await seat.state('session.changed')).toMatchObject({
      state: 'signedIn',
      agent: { accountNo: '0201', name: '林小燕', role: 'intake' },
      seatNo: '02',
      admittedBy: 'central',
      needsSignIn: false,
    })
    const onDuty = await seat.until('onDuty.changed', ({ people }) => people.length > 0)
    expect(onDuty.people.map(({ accountNo, seatNo }) => ({ accountNo, seatNo }))).toEqual([{ accountNo: '0201', seatNo: '02' }])
    expect((await seat.state('centre.changed'))?.centre?.name).toBe('测试中心')
    expect((await seat.must('app.describe', {})).suggestedAccountNo).toBe('0201')
    await seat.must('session.signOut', {})
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedOut', agent: null })
    expect(await seat.state('onDuty.changed')).toBeUndefined()
  })

  it('passes on what the centre says to a wrong password', async () => {
    const seat = await place.start()
    const answer = await seat.call('session.signIn', { accountNo: '0301', password: 'not-this-one' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'auth/wrongPassword' } })
    expect(await seat.state('session.changed')).toMatchObject({ state: 'signedOut' })
  })

  it('keeps out, also while the centre is away, whom the centre said to be disabled', async () => {
    const seat = await place.start()
    const admin = await centre.signInElsewhere('0001', '11')
    await seat.must('session.signIn', { accountNo: '0301', password })
    await setEnabled(centre, admin, '0301', false)
    await seat.until('session.changed', ({ needsSignIn }) => needsSignIn)
    await seat.must('session.signOut', {})
    centre.proxy.set('cut')
    expect(await seat.call('session.signIn', { accountNo: '0301', password })).toMatchObject({
      ok: false,
      error: { code: 'auth/offlineUnknown' },
    })

    centre.proxy.set('pass')
    await setEnabled(centre, admin, '0301', true)
    await seat.must('session.signIn', { accountNo: '0301', password })
    await seat.must('session.signOut', {})
    await setEnabled(centre, admin, '0301', false)
    expect(await seat.call('session.signIn', { accountNo: '0301', password })).toMatchObject({ error: { code: 'auth/accountDisabled' } })
    centre.proxy.set('cut')
    expect(await seat.call('session.signIn', { accountNo: '0301', password })).toMatchObject({ error: { code: 'auth/offlineUnknown' } })
    centre.proxy.set('pass')
    await setEnabled(centre, admin, '0301', true)
  })
})

async function setEnabled({ url }: TestCentre, token: string, accountNo: string, isEnabled: boolean): Promise<void> {
  const authorization = `Bearer ${token}`
  const listed = await fetch(`${url}/api/v1/accounts?text=${accountNo}`, { headers: { authorization } })
  const { items } = (await listed.json()) as { items: { accountId: string; version: number }[] }
  const [account] = items
  const answer = await fetch(`${url}/api/v1/accounts/${account?.accountId}`, {
    method: 'PATCH',
    headers: {
      authorization,
      'content-type': 'application/json',
      'if-match': `"${account?.version}"`,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ isEnabled }),
  })
  expect(answer.status).toBe(200)
}
