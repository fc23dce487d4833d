import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { fakeAccounts, fakeUuid } from './fake-data'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

type Account = OutputOfCommand<'accounts.create'>
type Seat = OutputOfCommand<'seats.create'>

type Administration = Pick<
  FakeHandlers,
  | 'accounts.list'
  | 'agents.direct'
  | 'accounts.create'
  | 'accounts.update'
  | 'accounts.resetPassword'
  | 'seats.list'
  | 'seats.create'
  | 'seats.update'
  | 'audit.list'
  | 'exchangeLog.list'
>

/** The fake centre's accounts, seats and audit log: enough to list, add, change, and meet a stale version or a number that exists. */
export function fakeAdministration(world: FakeWorld): Administration {
  const at = world.options.now()
  let accounts = initialAccounts(at)
  let seats = initialSeats()
  return {
    'accounts.list': ({ text = '' }) =>
      ok({ items: accounts.filter((each) => each.name.includes(text) || each.accountNo.includes(text)), next: null }),
    'agents.direct'({ accountNo, direction }) {
      const view = world.state['agents.changed']
      if (!view.agents.some((agent) => agent.accountNo === accountNo)) return err(appError('agent/notAtSeat'))
      if (direction.kind === 'say') return ok({})
      const forced = { phase: 'notReady' as const, reason: 'shiftLead', isForced: true }
      const free = { phase: 'ready' as const, reason: null, isForced: false }
      const change = direction.kind === 'notReady' ? forced : free
      world.publish('agents.changed', {
        ...view,
        agents: view.agents.map((agent) => (agent.accountNo === accountNo ? { ...agent, ...change } : agent)),
      })
      return ok({})
    },
    'accounts.create'({ accountNo, name, roles }) {
      if (accounts.some((each) => each.accountNo === accountNo)) return err(appError('record/exists', { key: accountNo }))
      const account = {
        accountId: nextUuid(world),
        accountNo,
        name,
        roles,
        isEnabled: true,
        lockedUntil: null,
        lastSignInAt: null,
        version: 1,
      }
      accounts = [...accounts, account]
      return ok(account)
    },
    'accounts.update'({ accountId, version, workPhone, ...patch }) {
      const found = accounts.find((each) => each.accountId === accountId)
      if (!found) return err(appError('record/notFound'))
      if (found.version !== version) return err(appError('record/stale', { current: found.version }))
      const { workPhone: before, ...rest } = found
      const phone = workPhone === undefined ? before : workPhone
      const next = { ...rest, ...patch, ...(phone != null && { workPhone: phone }), version: version + 1 }
      accounts = accounts.map((each) => (each === found ? next : each))
      return ok(next)
    },
    'accounts.resetPassword': ({ password }) => (password.length < 10 ? err(appError('auth/weakPassword')) : ok({})),
    'seats.list': () => ok({ items: seats }),
    'seats.create'({ seatNo, name, extension }) {
      if (seats.some((each) => each.seatNo === seatNo)) return err(appError('record/exists', { key: seatNo }))
      const seat = { seatId: nextUuid(world), seatNo, name, extension, isEnabled: true, version: 1 }
      seats = [...seats, seat]
      return ok(seat)
    },
    'seats.update'({ seatId, version, ...patch }) {
      const found = seats.find((each) => each.seatId === seatId)
      if (!found) return err(appError('record/notFound'))
      if (found.version !== version) return err(appError('record/stale', { current: found.version }))
      const next = { ...found, ...patch, version: version + 1 }
      seats = seats.map((each) => (each === found ? next : each))
      return ok(next)
    },
    'audit.list': () => ok({ items: auditEntries(at), next: null }),
    'exchangeLog.list': ({ partner = '', direction, outcome }) =>
      ok({
        items: exchangeEntries(at).filter(
          (one) =>
            one.partnerName.includes(partner) &&
            (direction === undefined || one.direction === direction) &&
            (outcome === undefined || one.outcome === outcome || (outcome === 'notDone' && !['done', 'repeated'].includes(one.outcome))),
        ),
        next: null,
      }),
  }
}

function initialAccounts(at: number): Account[] {
  return fakeAccounts.map((account, index) => ({
    accountId: fakeUuid(300 + index),
    accountNo: account.accountNo,
    name: account.name,
    roles: [...account.roles],
    isEnabled: true,
    lockedUntil: null,
    lastSignInAt: at - index * 3_600_000,
    version: 1,
  }))
}

function initialSeats(): Seat[] {
  return ['01', '02', '03'].map((seatNo, index) => ({
    seatId: fakeUuid(400 + index),
    seatNo,
    name: '大厅一排',
    extension: `80${seatNo}`,
    isEnabled: true,
    version: 1,
  }))
}

function auditEntries(at: number): OutputOfCommand<'audit.list'>['items'] {
  return fakeAccounts.slice(0, 6).map((account, index) => ({
    auditId: fakeUuid(500 + index),
    at: at - index * 600_000,
    accountNo: account.accountNo,
    accountName: account.name,
    seatNo: '02',
    action: index % 2 === 0 ? 'session.opened' : 'session.closed',
    subject: fakeUuid(700 + index),
    detail: {},
  }))
}

function exchangeEntries(at: number): OutputOfCommand<'exchangeLog.list'>['items'] {
  const received = { partnerName: '市级平台', direction: 'in', operation: 'receiveCase' } as const
  const told = { partnerName: '市级平台', direction: 'out', operation: 'notifyStatus', externalNo: 'S-1', caseNo: '20261121-0001' } as const
  return [
    { ...told, outcome: 'failed' as const, detail: '连不上对方，第 11 次' },
    { ...told, outcome: 'givenUp' as const, detail: '对方回应 503，第 80 次' },
    { ...told, outcome: 'done' as const, detail: '对方回应 200，第 1 次' },
    { ...received, externalNo: 'S-2', caseNo: null, outcome: 'refused' as const, detail: '小类编码不在现行分类里。' },
    { ...received, externalNo: 'S-1', caseNo: '20261121-0001', outcome: 'done' as const, detail: '' },
    {
      ...received,
      partnerName: '便民网站',
      operation: 'open311Request' as const,
      externalNo: null,
      caseNo: '20261121-0002',
      outcome: 'done' as const,
      detail: '',
    },
  ].map((entry, index) => ({ ...entry, entryId: fakeUuid(900 + index), at: at - index * 600_000 }))
}
