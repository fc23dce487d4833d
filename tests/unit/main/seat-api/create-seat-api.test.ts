import { beforeEach, describe, expect, it } from 'vitest'
import { createSeatApi } from '#main/seat-api/create-seat-api'
import type { Handlers } from '#main/seat-api/handler'
import type { SeatApi } from '#main/seat-api/seat-api'
import { ok } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import { type CommandName, commandNames } from '#shared/contracts/seat-api/table'
import { type RoleId, roleIds } from '#shared/domain/account/role'
import { createKeptLog, type KeptLog } from '../../../fakes/kept-log'

const trusted = { windowId: 'main', isTrusted: true }
const meAs = (role: RoleId): Me => ({
  accountId: '01990000-0000-7000-8000-000000000001',
  accountNo: '0201',
  name: '林小燕',
  roles: [role],
  role,
  seatNo: '02',
  shift: null,
  sessionId: '01990000-0000-7000-8000-000000000002',
  signedInAt: 1,
  mustChangePassword: false,
})

describe('the door of the core', () => {
  let log: KeptLog
  let reached: string[]
  let session: { readonly me: Me; readonly isLocked: boolean } | undefined
  let answerWith: (name: string) => unknown
  let api: SeatApi

  beforeEach(() => {
    log = createKeptLog()
    reached = []
    session = undefined
    answerWith = () => ok({})
    const handlers = Object.fromEntries(
      commandNames.map((name) => [
        name,
        () => {
          reached.push(name)
          return answerWith(name)
        },
      ]),
    ) as unknown as Handlers
    api = createSeatApi({ handlers, topics: { subscribe: () => () => {} }, session: () => session, log, checkOutputs: true })
  })
  const codeOf = async (name: string, payload: unknown, sender = trusted) => {
    const answer = await api.handle(name, payload, sender)
    return answer.ok ? 'ok' : answer.error.code
  }

  it('refuses a window it does not know before anything else, and logs who and what but not the payload', async () => {
    expect(await codeOf('no.such', { password: 'geheim' }, { windowId: 'popup-7', isTrusted: false })).toBe('seatApi/unknownSender')
    expect(await codeOf('settings.setTheme', { theme: 'light' }, { windowId: 'popup-7', isTrusted: false })).toBe('seatApi/unknownSender')
    expect(reached).toEqual([])
    expect(log.lines).toMatchObject([
      { level: 'warn', message: 'command refused', fields: { windowId: 'popup-7', command: 'no.such', code: 'seatApi/unknownSender' } },
      { level: 'warn', fields: { command: 'settings.setTheme' } },
    ])
    expect(JSON.stringify(log.lines)).not.toContain('geheim')
  })

  it.each(['', 'no.such', '__proto__', 'constructor', 'toString'])('does not know a command named “%s”', async (name) => {
    expect(await codeOf(name, {})).toBe('seatApi/unknownCommand')
  })

  it.each([
    [undefined, '整份内容 类型不对'],
    [null, '整份内容 类型不对'],
    [{ accountNo: '0201' }, '缺少'],
    [{ accountNo: '0201', password: 'geheim', extra: 'geheim' }, 'extra 不应有'],
    [{ accountNo: '../..', password: 'geheim' }, '账号 格式不对'],
    [{ accountNo: '0201', password: 7 }, '口令 类型不对'],
    [{ accountNo: '0201', password: 'geheim', role: 'king' }, '岗位 不在可选范围'],
  ])('refuses a malformed payload, naming the fields: %o', async (payload, complaint) => {
    const answer = await api.handle('session.signIn', payload, trusted)
    expect(answer).toMatchObject({ ok: false, error: { code: 'seatApi/malformed', message: expect.stringContaining(complaint) } })
    expect(reached).toEqual([])
    expect(JSON.stringify(log.lines)).not.toContain('geheim')
  })

  it('lets each role do what the table says and nothing else, in every state', async () => {
    const wrong: string[] = []
    for (const role of [undefined, ...roleIds]) {
      for (const isLocked of role ? [false, true] : [false]) {
        session = role && { me: meAs(role), isLocked }
        for (const name of commandNames) {
          const code = await codeOf(name, undefined)
          // A payload that no command takes: whoever is let through is told that it is malformed.
          const expected = expectedCode(name, role, isLocked)
          if (code !== expected) wrong.push(`${name} as ${role ?? 'nobody'}${isLocked ? ', locked' : ''}: ${code}, not ${expected}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('lets who must change a password do that, lock, leave and keep what was typed, and nothing else of theirs', async () => {
    session = { me: { ...meAs('admin'), mustChangePassword: true }, isLocked: false }
    const codes = await Promise.all(commandNames.map(async (name) => [name, await codeOf(name, undefined)] as const))
    const open = codes.filter(([, code]) => code !== 'auth/passwordMustChange').map(([name]) => name)
    const always = commandNames.filter((name) => commands[name].allowed === 'always')
    const theirs = ['session.signOut', 'session.lock', 'session.unlock', 'session.changePassword', 'drafts.save']
    expect(open.toSorted()).toEqual([...always, ...theirs].toSorted())
  })

  it('turns a handler that throws into a coded error, with the stack in the log alone', async () => {
    answerWith = () => {
      throw new Error('a bug in 0x77')
    }
    const answer = await api.handle('settings.setTheme', { theme: 'dark' }, trusted)
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal/fault' } })
    expect(JSON.stringify(answer)).not.toContain('0x77')
    expect(log.lines).toMatchObject([
      { level: 'error', message: 'command threw', fields: { command: 'settings.setTheme', cause: expect.any(Error) } },
    ])
  })

  it('does not let an answer of another shape out when answers are checked', async () => {
    answerWith = () => ok({ version: 3 })
    expect(await codeOf('app.describe', {})).toBe('internal/fault')
  })
})

function expectedCode(name: CommandName, role: RoleId | undefined, isLocked: boolean): string {
  const spec: CommandSpec = commands[name]
  if (isLocked && !spec.whileLocked) return 'session/locked'
  if (spec.allowed === 'always') return 'seatApi/malformed'
  if (role === undefined) return 'auth/signInRequired'
  return spec.allowed === 'signedIn' || spec.allowed.includes(role) ? 'seatApi/malformed' : 'auth/forbidden'
}
