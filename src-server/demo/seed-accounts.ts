import { ok } from '#shared/base/result'
import type { Seat } from '#shared/contracts/central-api/centre'
import { insertAccount } from '../store/account-store'
import { documentsOfKind } from '../store/reference-store'
import { insertSeat } from '../store/seat-store'
import type { UnitOfWork } from '../store/transaction'
import type { Services } from '../workflows/services'
import { busiestDepartment, type DemonstrationAccount, demonstrationAccounts, peopleOf, secondAccounts } from './people'

/** The demonstration's accounts and seats. The password is printed at start, so it protects nothing. Seeding again adds what is missing. */
export const demonstrationPassword = 'Yanshi-12319'

const seatCount = 12

/** What is printed at start. */
export interface Demonstration {
  /** One for every post. */
  readonly accounts: readonly DemonstrationAccount[]
  readonly password: string
  /** The others, in words. */
  readonly others: string
}

export async function seedDemonstration(services: Services): Promise<Demonstration> {
  const people = await readPeople(services)
  const known = await services.db.selectFrom('account').select(['account_no', 'department_code']).execute()
  const missing = people.filter(({ accountNo }) => !known.some(({ account_no }) => account_no === accountNo))
  // One hash for all: the password is no secret, and a hundred hashes would make every first start wait.
  const passwordHash = missing.length > 0 ? await services.passwords.hash(demonstrationPassword) : ''
  await services.transactor.inTransaction(async (unit) => {
    for (const { accountNo, name, role, departmentCode } of missing) {
      const account = { accountId: services.ids.uuid(), accountNo, name, roles: [role], departmentCode, passwordHash }
      // A number of nobody: the demonstration's exchange answers it.
      const workPhone = role === 'collector' ? `1390000${accountNo.padStart(4, '0')}` : undefined
      await insertAccount(unit.trx, { ...account, workPhone, mustChangePassword: false, createdAt: services.clock.now() })
    }
    await nameDepartments(unit, people)
    await seedSeats(services, unit)
    return ok(undefined)
  })
  return {
    accounts: people.slice(0, demonstrationAccounts.length),
    password: demonstrationPassword,
    others: await describeOthers(services, people),
  }
}

export async function readPeople({ db }: Pick<Services, 'db'>): Promise<readonly DemonstrationAccount[]> {
  const departments = (await documentsOfKind(db, 'departments')).flatMap((document) => document.departments)
  const patrols = (await documentsOfKind(db, 'patrolAreas')).flatMap((document) => document.patrolAreas)
  return peopleOf(departments, patrols)
}

/** An operator's account from before it had a department gets one. */
async function nameDepartments({ trx }: UnitOfWork, people: readonly DemonstrationAccount[]): Promise<void> {
  for (const { accountNo, departmentCode } of people.slice(0, demonstrationAccounts.length)) {
    if (departmentCode === undefined) continue
    await trx
      .updateTable('account')
      .set({ department_code: departmentCode })
      .where('account_no', '=', accountNo)
      .where('department_code', 'is', null)
      .execute()
  }
}

async function describeOthers({ db }: Services, people: readonly DemonstrationAccount[]): Promise<string> {
  const range = (role: DemonstrationAccount['role'], from: number) => {
    const numbers = people.slice(from).flatMap((one) => (one.role === role ? [one.accountNo] : []))
    return numbers.length > 0 ? `${numbers[0]}–${numbers.at(-1)}` : undefined
  }
  const departments = (await documentsOfKind(db, 'departments')).flatMap((document) => document.departments)
  const busiest = departments.find(({ code }) => code === busiestDepartment)
  const operators = range('departmentOperator', demonstrationAccounts.length)
  const collectors = range('collector', 0)
  return [
    `另有第二人 ${secondAccounts.map(({ accountNo }) => accountNo).join('、')}`,
    busiest && `0901 属${busiest.name}`,
    operators && `其余部门 ${operators}`,
    collectors && `信息采集员 ${collectors}`,
  ]
    .filter(Boolean)
    .join('；')
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
