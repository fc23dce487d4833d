import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { composeCentral } from '../../../src-server/compose'
import { systemClock, systemIds } from '../../../src-server/platform/machine'
import { insertAccount } from '../../../src-server/store/account-store'
import { type PreparedCase, prepareCase } from '../../../src-server/store/case-columns'
import { insertCases } from '../../../src-server/store/case-store'
import { insertAccessToken, insertSession } from '../../../src-server/store/session-store'
import type { Services } from '../../../src-server/workflows/services'
import { dayMs } from '../../../src-shared/base/china-time'
import type { RoleId } from '../../../src-shared/domain/account/role'
import type { CaseActor, HistoryEntry } from '../../../src-shared/domain/case/history'
import type { CaseState } from '../../../src-shared/domain/case/states'
import { createKeptLog } from '../../fakes/kept-log'
import { dispatching, fromCamera, productReference } from '../../fixtures/cases'
import { fillWithCases } from '../../fixtures/many-cases'

/** The folder of a centre at work: years of ended cases, a day's open ones, three hundred people who are signed in, and work waiting for them. */
export interface Seat {
  readonly role: RoleId
  readonly token: string
}

export interface Prepared {
  readonly seats: readonly Seat[]
  /** Cases that wait for a step, each to be taken once. */
  readonly waiting: Readonly<Record<'preFiled' | 'filed' | 'dispatched', readonly { readonly caseId: string; readonly version: number }[]>>
}

/** Ours: a city's hall answers and registers above all; the rest in the proportion of the demonstration's posts. Sums up to 300. */
const posts: Partial<Record<RoleId, number>> = {
  intake: 170,
  shiftLead: 16,
  dispatcher: 36,
  supervisor: 24,
  opinionMonitor: 14,
  wallOperator: 16,
  commander: 8,
  assistant: 8,
  director: 8,
}

export async function prepareCentre(folder: string, size: { readonly cases: number; readonly waiting: number }): Promise<Prepared> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'central.db')
  await fillWithCases(file, {
    count: size.cases,
    open: Math.min(4_000, size.cases / 2),
    days: 1_095,
    until: Date.now(),
    isSearchable: true,
  })
  const central = await composeCentral({
    location: { kind: 'sqlite', file },
    filesFolder: join(folder, 'attachments'),
    clock: systemClock,
    ids: systemIds,
    log: createKeptLog(),
    centre: { name: '测量', version: '0', demonstration: false, shiftPatternId: 'twoShift', profileId: 'standard' },
    referenceFiles: productReference,
    metricsToken: null,
  })
  try {
    return { seats: await signIn(central.services), waiting: await putWork(central.services, size.waiting) }
  } finally {
    await central.close()
  }
}

/** The same records for the reference. */
export function copyDatabase(folder: string, copy: string): string {
  cpSync(join(folder, 'central.db'), copy)
  return copy
}

async function signIn({ transactor, tokens, ids }: Services): Promise<Seat[]> {
  const seats: Seat[] = []
  const now = Date.now()
  await transactor.inTransaction(async ({ trx }) => {
    for (const role of Object.entries(posts).flatMap(([role, count]) => Array.from({ length: count }, () => role as RoleId))) {
      const [access, refresh] = [tokens.make(), tokens.make()]
      const [accountId, sessionId, number] = [ids.uuid(), ids.uuid(), String(3_000 + seats.length)]
      const account = { accountId, accountNo: number, name: `测试${number}`, roles: [role], passwordHash: '-', mustChangePassword: false }
      await insertAccount(trx, { ...account, createdAt: now })
      const session = { sessionId, accountId, role, seatNo: number, shift: null, refreshHash: refresh.hash }
      await insertSession(trx, { ...session, openedAt: now, expiresAt: now + dayMs })
      await insertAccessToken(trx, { hash: access.hash, sessionId, expiresAt: now + dayMs })
      seats.push({ role, token: access.token })
    }
    return { ok: true, value: undefined }
  })
  return seats
}

const by = (accountNo: string, role: RoleId): CaseActor => ({ accountNo, name: '测试', role, departmentCode: null })
const steps: readonly [HistoryEntry['action'], CaseState | null, CaseState, CaseActor, HistoryEntry['input']][] = [
  ['register', null, 'reported', by('2001', 'intake'), {}],
  ['preFile', 'reported', 'preFiled', by('2001', 'intake'), { opinion: '属实，建议立案。' }],
  ['file', 'preFiled', 'filed', by('2101', 'shiftLead'), { opinion: '属实，予以立案。' }],
  ['dispatch', 'filed', 'dispatched', by('2301', 'dispatcher'), { ...dispatching, departmentName: '测试部门' }],
]
const stepsTo = { preFiled: 2, filed: 3, dispatched: 4 } as const

async function putWork(services: Services, count: number): Promise<Prepared['waiting']> {
  const { profile, calendar } = await services.caseSettings.read(services.db)
  if (!profile) throw new Error('the standard profile is missing')
  const beganAt = Date.now() - 3_600_000
  const make = (state: keyof typeof stepsTo, at: number): PreparedCase => {
    const history = steps.slice(0, stepsTo[state]).map(([action, from, to, actor, input], index): HistoryEntry => {
      return { seq: index + 1, at: beganAt + at * 10 + index, action, by: actor, from, to, input }
    })
    const caseNo = `29990101-${stepsTo[state]}${String(at).padStart(5, '0')}`
    const identity = { caseId: services.ids.uuid(), caseNo, profileId: profile.profileId }
    const facts = fromCamera({ subclassName: '测试', majorName: '测试' })
    return prepareCase(identity, { beginning: { photoIds: [], facts }, history, citizen: null }, { profile, calendar })
  }
  const made = (state: keyof typeof stepsTo) => Array.from({ length: count }, (_, at) => make(state, at))
  const all = { preFiled: made('preFiled'), filed: made('filed'), dispatched: made('dispatched') }
  await services.transactor.inTransaction(async ({ trx }) => {
    await insertCases(trx, Object.values(all).flat())
    return { ok: true, value: undefined }
  })
  const keys = (cases: readonly PreparedCase[]) =>
    cases.map(({ identity, history }) => ({ caseId: identity.caseId, version: history.length }))
  return { preFiled: keys(all.preFiled), filed: keys(all.filed), dispatched: keys(all.dispatched) }
}
