import { ok } from '#shared/base/result'
import type { Seat } from '#shared/contracts/central-api/centre'
import type { RoleId } from '#shared/domain/account/role'
import { findAccountByNo, insertAccount } from '../store/account-store'
import { insertSeat } from '../store/seat-store'
import type { UnitOfWork } from '../store/transaction'
import type { Services } from '../workflows/services'

export { demonstrationOf } from './areas'

/** The demonstration's people and seats. Names are invented; the password is printed at start, so it protects nothing. Seeding again adds what is missing. */
export interface DemonstrationAccount {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

export const demonstrationPassword = 'Yanshi-12319'

export const demonstrationAccounts: readonly DemonstrationAccount[] = [
  { accountNo: '0101', name: '周敏', role: 'shiftLead' },
  { accountNo: '0201', name: '林小燕', role: 'intake' },
  { accountNo: '0301', name: '何志强', role: 'dispatcher' },
  { accountNo: '0401', name: '苏文静', role: 'supervisor' },
  { accountNo: '0501', name: '唐悦', role: 'opinionMonitor' },
  { accountNo: '0601', name: '高磊', role: 'wallOperator' },
  { accountNo: '0701', name: '沈若兰', role: 'presenter' },
  { accountNo: '0801', name: '梁建国', role: 'commander' },
  { accountNo: '0802', name: '许晓东', role: 'assistant' },
  { accountNo: '0803', name: '方玉华', role: 'director' },
  { accountNo: '0901', name: '罗海生', role: 'departmentOperator' },
  { accountNo: '0001', name: '程思远', role: 'admin' },
]

const seatCount = 12

export interface Demonstration {
  readonly accounts: readonly DemonstrationAccount[]
  readonly password: string
}

export async function seedDemonstration(services: Services): Promise<Demonstration> {
  const missing: DemonstrationAccount[] = []
  for (const account of demonstrationAccounts) if (!(await findAccountByNo(services.db, account.accountNo))) missing.push(account)
  // One hash for all: the password is no secret, and twelve hashes would make every first start wait.
  const passwordHash = missing.length > 0 ? await services.passwords.hash(demonstrationPassword) : ''
  await services.transactor.inTransaction(async (unit) => {
    for (const { accountNo, name, role } of missing) {
      const account = { accountId: services.ids.uuid(), accountNo, name, roles: [role], passwordHash, mustChangePassword: false }
      await insertAccount(unit.trx, { ...account, createdAt: services.clock.now() })
    }
    await seedSeats(services, unit)
    return ok(undefined)
  })
  return { accounts: demonstrationAccounts, password: demonstrationPassword }
}

async function seedSeats(services: Services, unit: UnitOfWork): Promise<void> {
  for (let index = 1; index <= seatCount; index += 1) {
    const row = ['一', '二', '三'][Math.floor((index - 1) / 4)]
    const seat: Seat = {
      seatId: services.ids.uuid(),
      seatNo: String(index).padStart(2, '0'),
      name: `大厅${row}排`,
      extension: String(8000 + index),
      isEnabled: true,
      version: 1,
    }
    await insertSeat(unit.trx, seat)
  }
}
