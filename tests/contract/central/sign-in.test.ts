import { describe, expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { mayCall } from '#server/workflows/describe-centre'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { accountIdOf, accountNoOf, type CallAnswer, password, type TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

const minute = 60_000
const uuid = '00000000-0000-7000-8000-ffffffffffff'
const open = (central: TestCentral, change: object = {}): Promise<CallAnswer> =>
  central.call('sessions.open', { body: { accountNo: accountNoOf('intake'), password, seatNo: '01', ...change } })

onEveryDatabase('signing in', (start) => {
  it('gives the person, the seat, the shift and tokens', async () => {
    const central = await start()
    const shift = { shiftId: '2026-11-21/morning', name: '上午班', startsAt: central.clock.now(), endsAt: central.clock.now() + 1 }
    const { status, body } = await open(central, { shift })
    expect({ status, me: body.me }).toEqual({
      status: 201,
      me: {
        accountId: accountIdOf('intake'),
        accountNo: accountNoOf('intake'),
        name: '测试intake',
        roles: ['intake'],
        role: 'intake',
        seatNo: '01',
        shift,
        sessionId: expect.any(String),
        signedInAt: central.clock.now(),
        mustChangePassword: false,
      },
    })
    expect((await central.call('me.get', { token: body.tokens.accessToken })).body).toEqual(body.me)
    const { body: onDuty } = await central.call('onDuty.list', { token: body.tokens.accessToken })
    expect(onDuty.items).toMatchObject([{ accountNo: accountNoOf('intake'), seatNo: '01', role: 'intake', shift }])
  })

  it('tells where somebody on duty is reached, as the administrator last wrote it', async () => {
    const central = await start()
    const admin = await central.tokenFor('admin')
    const write = (version: number, workPhone: string | null) =>
      central.call('accounts.update', {
        ...{ token: admin, key: systemIds.uuid(), version },
        ...{ params: { accountId: accountIdOf('intake') }, body: { workPhone } },
      })
    expect((await write(1, '13904510001')).body.workPhone).toBe('13904510001')
    const { body } = await open(central)
    const phones = async () =>
      (await central.call('onDuty.list', { token: body.tokens.accessToken })).body.items.flatMap(
        (one: { readonly accountNo: string; readonly workPhone?: string }) =>
          one.accountNo === accountNoOf('intake') ? [one.workPhone] : [],
      )
    expect(await phones()).toEqual(['13904510001'])
    expect((await write(2, null)).body).not.toHaveProperty('workPhone')
    expect(await phones()).toEqual([undefined])
    expect((await write(3, '转 8001')).status).toBe(422)
  })

  it('locks an account number for 15 minutes after five wrong passwords in a row', async () => {
    const central = await start()
    const wrong = () => open(central, { password: 'wrong' })
    for (const remaining of [4, 3, 2, 1]) {
      expect(await wrong()).toMatchObject({
        status: 401,
        body: { code: 'auth/wrongPassword', title: `账号或口令不正确，还可再试 ${remaining} 次。`, detail: { remaining } },
      })
    }
    expect(await wrong()).toMatchObject({ status: 423, body: { code: 'auth/lockedOut', detail: { minutes: 15 } } })
    await central.clock.advance(10 * minute)
    expect(await open(central)).toMatchObject({ status: 423, body: { detail: { minutes: 5 } } })
    await central.clock.advance(5 * minute)
    expect((await wrong()).body.detail).toEqual({ remaining: 4 })
    expect((await open(central)).status).toBe(201)
    expect((await wrong()).body.detail, 'a right password starts the count anew').toEqual({ remaining: 4 })
  })

  it('tells administrators of a lock', async () => {
    const central = await start()
    for (let times = 0; times < 5; times += 1) await open(central, { password: 'wrong' })
    const { db } = central.central.services
    const told = await db.selectFrom('server_event').select(['name', 'payload', 'audience']).execute()
    expect(told.map(({ payload, ...event }) => ({ ...event, lockedUntil: JSON.parse(payload).lockedUntil }))).toEqual([
      { name: 'account.changed', audience: '{"roles":["admin"]}', lockedUntil: central.clock.now() + 15 * minute },
    ])
  })

  it('counts wrong passwords that arrive together one by one', async () => {
    const central = await start()
    const answers = await Promise.all(Array.from({ length: 12 }, () => open(central, { password: 'wrong' })))
    const remaining = answers.filter(({ status }) => status === 401).map(({ body }) => body.detail.remaining)
    expect(remaining.sort()).toEqual([1, 2, 3, 4])
    expect(answers.filter(({ status }) => status === 423)).toHaveLength(8)
  })

  it('answers for a number that does not exist exactly as for one that does', async () => {
    const central = await start()
    const answersFor = async (accountNo: string) => {
      const answers: unknown[] = []
      for (let times = 0; times < 6; times += 1) {
        const { status, body } = await open(central, { accountNo, password: 'wrong' })
        answers.push({ status, ...body, instance: '' })
      }
      return answers
    }
    expect(await answersFor('nobody99')).toEqual(await answersFor(accountNoOf('intake')))
  })

  it('is turned away while a flood of sign-ins is being hashed, and served again after it', async () => {
    const central = await start({ passwordCost: { cost: 2 ** 14, blockSize: 8, parallelization: 1 } })
    const flood = Promise.all(Array.from({ length: 64 }, () => central.central.services.passwords.hash('one of many')))
    expect(await open(central)).toMatchObject({ status: 429, body: { code: 'request/busy', retryable: true } })
    await flood
    expect((await open(central)).status).toBe(201)
  })

  it('refuses a seat that is not registered or not in use, and a post that is not held', async () => {
    const central = await start()
    expect(await open(central, { seatNo: '99' })).toMatchObject({
      status: 404,
      body: { code: 'seat/unknown', title: '中心没有登记坐席 99，请系统管理员先登记。' },
    })
    expect(await open(central, { role: 'admin' })).toMatchObject({ status: 403, body: { code: 'auth/roleNotHeld' } })
    expect(await open(central, { accountNo: accountNoOf('collector') })).toMatchObject({ body: { code: 'auth/roleNotHeld' } })
  })

  it('keeps a seat for who sits there, until nothing was heard of it for two minutes', async () => {
    const central = await start()
    const first = await central.signIn('intake')
    const other = { accountNo: accountNoOf('dispatcher') }
    expect(await open(central, other)).toMatchObject({
      status: 409,
      body: { code: 'seat/taken', title: '坐席 01 正由 测试intake 使用；请先在那里签出。' },
    })
    await central.clock.advance(1.9 * minute)
    await central.call('me.get', { token: first.token })
    await central.clock.advance(1.9 * minute)
    expect((await open(central, other)).status, 'a request keeps the seat').toBe(409)
    await central.clock.advance(0.2 * minute)
    expect((await open(central, other)).status).toBe(201)
    expect((await central.call('me.get', { token: first.token })).body.code).toBe('auth/tokenExpired')
  })

  it('ends the earlier session when the same person signs in again, here or at another seat', async () => {
    const central = await start()
    const first = await central.signIn('intake', '01')
    const again = await central.signIn('intake', '01')
    const elsewhere = await central.signIn('intake', '02')
    for (const { token } of [first, again]) expect((await central.call('me.get', { token })).status).toBe(401)
    const { body } = await central.call('onDuty.list', { token: elsewhere.token })
    expect(body.items).toMatchObject([{ sessionId: elsewhere.sessionId, seatNo: '02' }])
  })

  it('lets one of two people who reach for a seat at once have it', async () => {
    const central = await start()
    const answers = await Promise.all(
      (['intake', 'dispatcher', 'shiftLead', 'director'] as const).map((role) => open(central, { accountNo: accountNoOf(role) })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })
})

onEveryDatabase('sessions', (start) => {
  it('expire: the access token after 15 minutes, the session after 16 hours', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    const refresh = () => central.call('sessions.refresh', { body: { refreshToken } })
    await central.clock.sleep(15 * minute)
    expect(await central.call('me.get', { token })).toMatchObject({ status: 401, body: { code: 'auth/tokenExpired' } })
    const { body } = await refresh()
    expect(body.tokens).toMatchObject({ refreshToken, accessExpiresAt: central.clock.now() + 15 * minute })
    expect((await central.call('me.get', { token: body.tokens.accessToken })).status).toBe(200)
    await central.clock.sleep(15.5 * 60 * minute)
    const last = await refresh()
    expect(last.body.tokens.accessExpiresAt, 'a token does not outlive its session').toBe(last.body.tokens.refreshExpiresAt)
    await central.clock.sleep(15 * minute)
    expect(await refresh()).toMatchObject({ status: 401, body: { code: 'auth/tokenExpired' } })
  })

  it('accept the old and the new access token while a refresh is under way', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    const { body } = await central.call('sessions.refresh', { body: { refreshToken } })
    for (const each of [token, body.tokens.accessToken]) expect((await central.call('me.get', { token: each })).status).toBe(200)
  })

  it('end with signing out', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    expect(await central.call('sessions.close', { token })).toMatchObject({ status: 200, body: {} })
    expect((await central.call('me.get', { token })).body.code).toBe('auth/tokenExpired')
    expect((await central.call('sessions.refresh', { body: { refreshToken } })).body.code).toBe('auth/tokenExpired')
  })

  it('end when the account is disabled, and it cannot sign in again', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    await disable(central)
    expect((await central.call('me.get', { token })).status).toBe(401)
    expect((await central.call('sessions.refresh', { body: { refreshToken } })).body.code).toBe('auth/accountDisabled')
    expect(await open(central)).toMatchObject({ status: 403, body: { code: 'auth/accountDisabled' } })
    expect((await open(central, { password: 'wrong' })).body.code, 'only who knows the password learns it').toBe('auth/wrongPassword')
  })

  it('leave nothing in the database that could sign anybody in', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    const { db } = central.central.services
    const everything = JSON.stringify([
      await db.selectFrom('session').selectAll().execute(),
      await db.selectFrom('access_token').selectAll().execute(),
      await db.selectFrom('audit_entry').selectAll().execute(),
      await db.selectFrom('server_event').selectAll().execute(),
      await db.selectFrom('account').selectAll().execute(),
    ])
    for (const secret of [token, refreshToken, password]) expect(everything).not.toContain(secret)
  })
})

onEveryDatabase('passwords', (start) => {
  describe('of one’s own', () => {
    it('are proved again to unlock the seat, and counted like a sign-in', async () => {
      const central = await start()
      const { token } = await central.signIn('intake')
      const check = (given: string) => central.call('me.checkPassword', { token, body: { password: given } })
      expect((await check(password)).status).toBe(200)
      for (const remaining of [4, 3, 2, 1]) expect((await check('wrong')).body.detail).toEqual({ remaining })
      expect((await check('wrong')).body.code).toBe('auth/lockedOut')
      expect((await check(password)).body.code).toBe('auth/lockedOut')
    })

    it('are changed by who knows the old one, to one that is not weak', async () => {
      const central = await start()
      const { token } = await central.signIn('intake')
      const change = (oldPassword: string, newPassword: string) =>
        central.call('me.changePassword', { token, body: { oldPassword, newPassword } })
      for (const weak of ['ninechars', password]) {
        expect(await change(password, weak)).toMatchObject({ status: 422, body: { code: 'auth/weakPassword' } })
      }
      expect((await change('wrong', 'a-new-password')).body.code).toBe('auth/wrongPassword')
      expect((await change(password, 'a-new-password')).status).toBe(200)
      expect((await open(central)).body.code).toBe('auth/wrongPassword')
      expect((await open(central, { password: 'a-new-password' })).status).toBe(201)
    })

    it('are proved by the one that holds when it is changed, not by one that held a moment before', async () => {
      const central = await start()
      const { token } = await central.signIn('intake')
      const change = (newPassword: string) => central.call('me.changePassword', { token, body: { oldPassword: password, newPassword } })
      const answers = await Promise.all([change('a-new-password'), change('another-password')])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    })
  })

  it('are reset by an administrator: unlocked, sessions ended, to be changed at first sign-in', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    for (let times = 0; times < 5; times += 1) await open(central, { password: 'wrong' })
    const admin = await central.tokenFor('admin')
    const reset = (given: string) =>
      central.call('accounts.resetPassword', { token: admin, params: { accountId: accountIdOf('intake') }, body: { password: given } })
    expect((await reset('short')).body.code).toBe('auth/weakPassword')
    expect((await reset('one-time-password')).status).toBe(200)
    expect((await central.call('me.get', { token })).status).toBe(401)
    expect((await open(central, { password: 'one-time-password' })).body.me).toMatchObject({ mustChangePassword: true })
  })

  it('set by somebody else must be changed before anything else, and then the same session does everything', async () => {
    const central = await start()
    const admin = await central.tokenFor('admin')
    const password = 'one-time-password'
    await central.call('accounts.resetPassword', { token: admin, params: { accountId: accountIdOf('intake') }, body: { password } })
    const { tokens } = (await open(central, { password })).body
    const token = tokens.accessToken
    const visit = async (name: RouteName) => {
      const request = { params: { kind: 'areas', id: 'none', accountId: uuid, seatId: uuid }, key: uuid, version: 1 }
      const { status, body } = await central.call(name, { token, ...request })
      return `${name} ${body?.code ?? status}`
    }
    const mayBeforehand: readonly RouteName[] = ['sessions.close', 'me.get', 'me.checkPassword', 'me.changePassword']
    const others = routeNames.filter((name) => mayCall(name, 'intake') && !mayCall(name, null) && !mayBeforehand.includes(name))
    expect(await Promise.all(others.map(visit))).toEqual(others.map((name) => `${name} auth/passwordMustChange`))
    expect(await visit('accounts.list')).toBe('accounts.list auth/forbidden')
    expect(await visit('me.get')).toBe('me.get 200')
    expect((await central.call('me.checkPassword', { token, body: { password } })).status).toBe(200)
    expect((await central.call('sessions.refresh', { body: { refreshToken: tokens.refreshToken } })).status).toBe(200)
    const change = { oldPassword: password, newPassword: 'a-new-password' }
    expect((await central.call('me.changePassword', { token, body: change })).status).toBe(200)
    // Those that can be read without naming anything: no days, no words.
    const isPlain = ({ method, params, query }: RouteSpec) =>
      method === 'GET' && params === undefined && ((query as { required?: readonly string[] } | undefined)?.required ?? []).length === 0
    const readable = others.filter((name) => isPlain(centralApi[name]) && !['events.stream', 'search.cases'].includes(name))
    expect(await Promise.all(readable.map(visit))).toEqual(readable.map((name) => `${name} 200`))
    const reader = await readEvents(await central.listen(), token)
    reader.close()
  })

  it('set for oneself end the open event stream at its next beat', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const reader = await readEvents(await central.listen(), token)
    const params = { accountId: accountIdOf('admin') }
    expect((await central.call('accounts.resetPassword', { token, params, body: { password: 'one-time-password' } })).status).toBe(200)
    await central.clock.advance(5_000)
    await reader.ended
    expect((await central.call('accounts.list', { token })).body).toMatchObject({
      code: 'auth/passwordMustChange',
      title: '首次签入须先修改口令，改好后即可使用；已填写的内容都在本机。',
    })
  })
})

async function disable(central: TestCentral): Promise<void> {
  const answer = await central.call('accounts.update', {
    token: await central.tokenFor('admin'),
    params: { accountId: accountIdOf('intake') },
    version: 1,
    key: '00000000-0000-4000-8000-000000000001',
    body: { isEnabled: false },
  })
  expect(answer.status).toBe(200)
}
