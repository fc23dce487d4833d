import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { insertAccount } from '../store/account-store'
import { insertSeat, listSeats } from '../store/seat-store'
import { audit } from './audit'
import type { Answer, Services } from './services'

/**
 * The account with which a new centre begins, created on the server's own command line and by nobody over the network. A centre
 * without seats gets its first one too: without a seat nobody could sign in to register any.
 */
export async function createFirstAdmin(services: Services, accountNo: string, password: string): Answer<{ accountNo: string }> {
  const passwordHash = await services.passwords.hash(password)
  return services.transactor.inTransaction(async (unit) => {
    const accountId = services.ids.uuid()
    const account = { accountId, accountNo, name: '系统管理员', roles: ['admin'] as const, passwordHash, mustChangePassword: true }
    if (!(await insertAccount(unit.trx, { ...account, createdAt: services.clock.now() })))
      return err(appError('record/exists', { key: accountNo }))
    await audit(services, unit, null, {
      action: 'account.created',
      subject: accountNo,
      detail: { name: account.name, roles: account.roles },
    })
    if ((await listSeats(unit.trx)).length === 0) {
      const seat = { seatId: services.ids.uuid(), seatNo: '01', name: '管理席', extension: null, isEnabled: true, version: 1 }
      await insertSeat(unit.trx, seat)
      await audit(services, unit, null, { action: 'seat.created', subject: seat.seatNo, detail: { name: seat.name } })
      unit.emit('seat.changed', seat)
    }
    return ok({ accountNo })
  })
}
