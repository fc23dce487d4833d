import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { sweep } from '#server/workflows/sweep'
import { accountIdOf, morning, type TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const uuid = () => systemIds.uuid()
const entry = (change: object = {}) => ({ entryId: uuid(), kind: 'event', text: '接班。', shiftId: null, writtenAt: morning, ...change })

onEveryDatabase('keyed requests', (start) => {
  it('are done once, however often and however closely they are repeated', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 12 }), async (picks) => {
        const requests = Array.from({ length: 4 }, () => ({ key: uuid(), body: entry() }))
        const answers = await Promise.all(picks.map((pick) => central.call('dutyLog.append', { token, ...requests[pick] })))
        for (const [index, pick] of picks.entries()) {
          expect(answers[index]).toMatchObject({ status: 201, body: { entryId: requests[pick]?.body.entryId } })
          expect(answers[index]?.body).toEqual(answers[picks.indexOf(pick)]?.body)
        }
        const ids = requests.map(({ body }) => body.entryId)
        expect(await timesStored(central, ids)).toBe(new Set(picks).size)
        expect(await timesTold(central, ids)).toBe(new Set(picks).size)
      }),
      { numRuns: 15 },
    )
  })

  it('refuse a key that was used for something else', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const key = uuid()
    const first = entry()
    await central.call('dutyLog.append', { token, key, body: first })
    expect(await central.call('dutyLog.append', { token, key, body: { ...first, text: '改。' } })).toMatchObject({
      status: 422,
      body: { code: 'request/keyReused' },
    })
    const other = await central.tokenFor('shiftLead')
    expect((await central.call('dutyLog.append', { token: other, key, body: entry() })).status, 'keys are each account’s own').toBe(201)
  })

  it('need a key, and one that is a UUID', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    expect(await central.call('dutyLog.append', { token, body: entry() })).toMatchObject({
      status: 400,
      body: { code: 'request/keyMissing' },
    })
    expect(await central.call('dutyLog.append', { token, key: 'abc', body: entry() })).toMatchObject({ body: { code: 'request/invalid' } })
  })

  it('keep nothing of a refusal, so that the same key works once the reason is gone', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const key = uuid()
    const request = { token, key, params: { seatId: '00000000-0000-7000-8000-000000000001' }, version: 2, body: { name: '新' } }
    const seatId = '00000000-0000-7000-8000-000000000001'
    expect((await central.call('seats.update', request)).body.code).toBe('record/stale')
    await central.call('seats.update', { token, key: uuid(), params: { seatId }, version: 1, body: { name: '旧' } })
    expect(await central.call('seats.update', request)).toMatchObject({ status: 200, body: { name: '新', version: 3 } })
  })

  it('are forgotten after 30 days', async () => {
    const central = await start()
    const { services } = central.central
    const { token } = await central.signIn('intake')
    await central.call('dutyLog.append', { token, key: uuid(), body: entry() })
    const count = async () => (await services.db.selectFrom('idempotency_key').selectAll().execute()).length
    await sweep({ ...services, clock: { ...central.clock, now: () => morning + 29 * 86_400_000 } })
    expect(await count()).toBe(1)
    await sweep({ ...services, clock: { ...central.clock, now: () => morning + 31 * 86_400_000 } })
    expect(await count()).toBe(0)
  })
})

onEveryDatabase('the duty log', (start) => {
  it('stores what was typed, who wrote it and when it came', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    await central.clock.advance(3_600_000 / 10)
    const body = entry({ text: '  <b>来访</b>\u0000 3 人 ', shiftId: '2026-11-21/morning' })
    expect(await central.call('dutyLog.append', { token, key: uuid(), body })).toMatchObject({
      status: 201,
      body: {
        ...body,
        text: '<b>来访</b> 3 人',
        authorName: '测试intake',
        authorRole: 'intake',
        seatNo: '01',
        receivedAt: morning + 360_000,
      },
    })
  })

  it('says in the audit log who wrote which entry, once and without its words', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const request = { token, key: uuid(), body: entry({ text: '来访人的电话' }) }
    await central.call('dutyLog.append', request)
    await central.call('dutyLog.append', request)
    await central.call('dutyLog.append', { ...request, key: uuid() })
    const { body } = await central.call('audit.list', {
      token: await central.tokenFor('admin'),
      query: { action: 'dutyLog.appended' },
    })
    expect(body.items).toMatchObject([{ accountNo: '1000', accountName: '测试intake', seatNo: '01', subject: request.body.entryId }])
    expect(body.items).toHaveLength(1)
    expect(JSON.stringify(body)).not.toContain('电话')
  })

  it('refuses what is empty, too long, too old or there already', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const append = (change: object) => central.call('dutyLog.append', { token, key: uuid(), body: entry(change) })
    const day = 86_400_000
    expect((await append({ text: ' \n ' })).body.code).toBe('dutyLog/empty')
    expect((await append({ text: '长'.repeat(2001) })).body.title).toContain('text 最长 2000 个字符')
    expect(await append({ writtenAt: morning - 31 * day - 1 })).toMatchObject({ status: 409, body: { code: 'dutyLog/monthClosed' } })
    const { body } = await append({ writtenAt: morning - 31 * day })
    expect(await append({ entryId: body.entryId })).toMatchObject({ status: 409, body: { code: 'record/exists' } })
  })

  it('is read page by page, newest first, each entry once, also when entries arrive meanwhile', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const written: string[] = []
    for (let index = 0; index < 7; index += 1) {
      const body = entry({ writtenAt: morning - Math.floor(index / 2) })
      written.push(body.entryId)
      await central.call('dutyLog.append', { token, key: uuid(), body })
    }
    const read: string[] = []
    let after: string | null = null
    do {
      const page = await central.call('dutyLog.list', { token, query: { limit: '2', ...(after && { after }) } })
      expect(page.status).toBe(200)
      read.push(...page.body.items.map((item: { entryId: string }) => item.entryId))
      after = page.body.next
      await central.call('dutyLog.append', { token, key: uuid(), body: entry({ writtenAt: morning + 1000 }) })
    } while (after !== null)
    expect(read.length).toBe(7)
    expect(new Set(read)).toEqual(new Set(written))
    const window = await central.call('dutyLog.list', { token, query: { from: String(morning - 1), until: String(morning) } })
    expect(window.body.items.map((item: { writtenAt: number }) => item.writtenAt)).toEqual([morning - 1, morning - 1])
    expect((await central.call('dutyLog.list', { token, query: { after: 'x' } })).body.code).toBe('request/invalid')
  })
})

onEveryDatabase('administration', (start) => {
  it('creates accounts with a first password that must be changed, and each number once', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const body = { accountNo: '7777', name: '新人', roles: ['intake', 'dispatcher'], password: 'first-password' }
    const create = (change: object = {}) => central.call('accounts.create', { token, key: uuid(), body: { ...body, ...change } })
    expect((await create({ password: 'short' })).body.code).toBe('auth/weakPassword')
    expect((await create()).body).toMatchObject({ accountNo: '7777', roles: ['intake', 'dispatcher'], isEnabled: true, version: 1 })
    expect((await create()).body).toMatchObject({ code: 'record/exists', title: '编号 7777 已存在，请换一个。' })
    const signIn = await central.call('sessions.open', { body: { accountNo: '7777', password: 'first-password', seatNo: '01' } })
    expect(signIn.body.me).toMatchObject({ role: 'intake', mustChangePassword: true })
  })

  it('refuses a change made on an old version, and one of two made at once', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const rename = (version: number, name: string) =>
      central.call('accounts.update', { token, key: uuid(), version, params: { accountId: accountIdOf('intake') }, body: { name } })
    const both = await Promise.all([rename(1, '甲'), rename(1, '乙')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(await rename(1, '丙')).toMatchObject({ status: 412, body: { code: 'record/stale', detail: { current: 2, seen: 1 } } })
    const missing = { token, key: uuid(), params: { accountId: accountIdOf('intake') }, body: { name: '丁' } }
    expect(await central.call('accounts.update', missing)).toMatchObject({ status: 428, body: { code: 'request/versionMissing' } })
    expect((await central.call('accounts.update', { ...missing, version: 'new' })).body.code).toBe('request/invalid')
    const nobody = { ...missing, version: 1, params: { accountId: uuid() } }
    expect((await central.call('accounts.update', nobody)).body.code).toBe('record/notFound')
  })

  it('never loses the last administrator, also when two are disabled at once', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const update = (accountId: string, version: number, body: object) =>
      central.call('accounts.update', { token, key: uuid(), version, params: { accountId }, body })
    expect(await update(accountIdOf('admin'), 1, { roles: ['intake'] })).toMatchObject({ status: 409, body: { code: 'account/lastAdmin' } })
    await update(accountIdOf('intake'), 1, { roles: ['intake', 'admin'] })
    const second = accountIdOf('intake')
    const both = await Promise.all([update(accountIdOf('admin'), 1, { isEnabled: false }), update(second, 2, { isEnabled: false })])
    // Whoever asked may have lost their own session to the first change; what counts is that one administrator is left.
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('finds accounts by number or name and pages through them', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const found = await central.call('accounts.list', { token, query: { text: 'INTAKE' } })
    expect(found.body.items.map((item: { accountNo: string }) => item.accountNo)).toEqual(['1000'])
    expect((await central.call('accounts.list', { token, query: { text: '%' } })).body.items).toEqual([])
    const first = await central.call('accounts.list', { token, query: { limit: '10' } })
    const rest = await central.call('accounts.list', { token, query: { limit: '10', after: first.body.next } })
    expect([first.body.items.length, rest.body.items.length, rest.body.next]).toEqual([10, 3, null])
  })

  it('registers seats, each number once', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const create = () => central.call('seats.create', { token, key: uuid(), body: { seatNo: '20', name: '大厅三排', extension: '8020' } })
    const { body: seat } = await create()
    expect(seat).toMatchObject({ seatNo: '20', extension: '8020', isEnabled: true, version: 1 })
    expect((await create()).body.code).toBe('record/exists')
    const update = (version: number, body: object) =>
      central.call('seats.update', { token, key: uuid(), version, params: { seatId: seat.seatId }, body })
    expect((await update(1, { seatNo: '01' })).body.code).toBe('record/exists')
    expect((await update(1, { extension: null, isEnabled: false })).body).toMatchObject({ extension: null, isEnabled: false, version: 2 })
    const centre = await central.call('centre.get')
    expect(centre.body.seats.map((item: { seatNo: string }) => item.seatNo)).toEqual(['01', '02', '03'])
  })

  it('leaves an audit trail without secrets', async () => {
    const central = await start()
    await central.call('sessions.open', { body: { accountNo: '1000', password: 'not-the-password', seatNo: '02' } })
    const { token } = await central.signIn('admin', '02')
    const body = { accountNo: '8888', name: '新人', roles: ['intake'], password: 'secret-password' }
    const { body: account } = await central.call('accounts.create', { token, key: uuid(), body })
    const params = { accountId: account.accountId }
    await central.call('accounts.update', { token, key: uuid(), version: 1, params, body: { isEnabled: false } })
    await central.call('accounts.resetPassword', { token, params, body: { password: 'other-password' } })
    await central.call('seats.create', { token, key: uuid(), body: { seatNo: '21', name: '排', extension: null } })
    const { body: audit } = await central.call('audit.list', { token })
    expect(audit.items.map((item: { action: string }) => item.action).sort()).toEqual(
      ['account.created', 'account.passwordReset', 'account.updated', 'seat.created', 'session.failed', 'session.opened'].sort(),
    )
    expect(JSON.stringify(audit)).not.toMatch(/-password/)
    const { body: failed } = await central.call('audit.list', { token, query: { action: 'session.failed' } })
    expect(failed.items).toMatchObject([{ accountNo: '1000', accountName: null, seatNo: '02', at: morning, detail: { failedCount: 1 } }])
    await central.call('sessions.close', { token })
    const again = await central.signIn('admin', '02')
    const { body: own } = await central.call('audit.list', { token: again.token, query: { accountNo: '1012', limit: '2' } })
    expect(own.items).toHaveLength(2)
    expect(own.next).not.toBeNull()
  })
})

async function timesStored(central: TestCentral, ids: readonly string[]): Promise<number> {
  const rows = await central.central.services.db.selectFrom('duty_log_entry').selectAll().where('entry_id', 'in', ids).execute()
  return rows.length
}

async function timesTold(central: TestCentral, ids: readonly string[]): Promise<number> {
  const rows = await central.central.services.db.selectFrom('server_event').selectAll().where('name', '=', 'dutyLog.appended').execute()
  return rows.filter(({ payload }) => ids.includes(JSON.parse(payload).entryId)).length
}
