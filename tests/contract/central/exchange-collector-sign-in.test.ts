import { expect, it } from 'vitest'
import { type RoleId, roleIds } from '#shared/domain/account/role'
import { person } from '../../fixtures/cases'
import { accountNoOf, type CallAnswer, password, type TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const fromTheField = (central: TestCentral, accountNo: string, change: object = {}): Promise<CallAnswer> =>
  central.call('sessions.open', { body: { accountNo, password, ...change } })

onEveryDatabase('signing in without a seat', (start) => {
  it('is for collectors, any number of them at once', async () => {
    const central = await start()
    const { status, body } = await fromTheField(central, accountNoOf('collector'))
    expect({ status, me: body.me }).toMatchObject({ status: 201, me: { role: 'collector', seatNo: '0' } })
    const other = await person(central, '2951', 'collector')
    await central.central.services.db
      .updateTable('account')
      .set({ password_hash: await central.central.services.passwords.hash(password) })
      .where('account_no', '=', other.accountNo)
      .execute()
    const second = await fromTheField(central, '2951', { role: 'collector' })
    expect(second.status).toBe(201)
    const token = body.tokens.accessToken
    expect((await central.call('me.get', { token })).body, 'nobody took anybody’s place').toEqual(body.me)
    expect((await central.call('collectors.tasks', { token })).body).toEqual({ items: [] })
  })

  it('ends the same person’s earlier terminal', async () => {
    const central = await start()
    const first = await fromTheField(central, accountNoOf('collector'))
    expect((await fromTheField(central, accountNoOf('collector'))).status).toBe(201)
    expect((await central.call('me.get', { token: first.body.tokens.accessToken })).status).toBe(401)
  })

  it.each(roleIds.filter((role) => role !== 'collector'))('is not for %s', async (role: RoleId) => {
    const central = await start()
    for (const change of [{}, { role }, { role: 'collector' }]) {
      expect(await fromTheField(central, accountNoOf(role), change)).toMatchObject({ status: 403, body: { code: 'auth/roleNotHeld' } })
    }
    expect(await fromTheField(central, accountNoOf(role), { seatNo: '0' })).toMatchObject({ status: 404, body: { code: 'seat/unknown' } })
  })

  it('leaves no seat with the number of the mobile terminal', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const key = '00000000-0000-7000-8000-00000000aaaa'
    const answer = await central.call('seats.create', { token, key, body: { seatNo: '0', name: '席', extension: null } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'request/invalid' } })
  })
})
