import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isErrorCode } from '#shared/contracts/errors'
import { commands } from '#shared/contracts/seat-api/commands'
import { commandNames } from '#shared/contracts/seat-api/table'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

/** Every command with payloads that no page of ours sends: an answer with a code, never a throw, and the seat goes on. */
const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

const anything: readonly unknown[] = [
  ...[
    undefined,
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    Number.MAX_SAFE_INTEGER + 1,
    '',
    '\u0000',
    '\ud800',
    '../../x',
    '__proto__',
    '长'.repeat(300_000),
  ],
  ...[
    [],
    {},
    [null],
    [[], []],
    JSON.parse('{"__proto__":1}'),
    JSON.parse('{"constructor":{"prototype":1}}'),
    { length: 1e9 },
    { toString: null },
  ],
  ...[deep(5_000), [deep(5_000), deep(5_000)], Array(9_000).fill('intake'), { deep: deep(5_000) }],
]

/** What fits each field that a command may have. */
const fields: Readonly<Record<string, unknown>> = {
  ...{
    accountNo: '7777',
    password: '1',
    oldPassword: '1',
    newPassword: '1',
    role: 'intake',
    shift: null,
    seatNo: '77',
    name: '新',
    extension: null,
  },
  ...{ accountId: '00000000-0000-7000-8000-000000000001', seatId: '00000000-0000-7000-8000-000000000001', version: 1, roles: ['intake'] },
  ...{ isEnabled: true, key: 'k', body: 'b', text: 't', kind: 'event', draftKey: 'k', intentId: '00000000-0000-7000-8000-000000000001' },
  ...{
    topic: 'session.changed',
    message: 'm',
    stack: 's',
    theme: 'dark',
    layout: { main: 'home', side: null, sideShare: 30 },
    pane: 'home',
  },
  ...{ noticeId: '00000000-0000-7000-8000-000000000001', id: 'a', after: 'a', limit: 5, action: 'a' },
}

describe('hostile payloads', () => {
  let centre: TestCentre
  let place: SeatPlace
  let seat: TestSeat
  beforeAll(async () => {
    centre = await startCentre()
    place = createSeatPlace(centre.url)
    seat = await place.start()
  })
  afterAll(async () => {
    await place.remove()
    await centre.stop()
  })

  it.each(['0001', '0201'])('get a coded answer from every command while %s is signed in', { timeout: 60_000 }, async (accountNo) => {
    await seat.must('session.signIn', { accountNo, password })
    const wrong: string[] = []
    for (const name of commandNames.filter((command) => command !== 'session.signOut')) {
      for (const value of anything) {
        const payloads = [value, ...Object.keys(fieldsOf(name)).map((field) => ({ ...fieldsOf(name), [field]: value }))]
        for (const payload of payloads) {
          const answer = await seat.seat.api.handle(name, payload, { windowId: 'main', isTrusted: true }).catch(String)
          const code = typeof answer === 'string' ? answer : answer.ok ? undefined : answer.error.code
          if (code !== undefined && (!isErrorCode(code) || code === 'internal/fault' || code === 'central/fault'))
            wrong.push(`${name} ${code} ${Object.keys((payload ?? {}) as object).slice(0, 8)} ${typeof value}`)
          if (name === 'session.lock') await seat.must('session.unlock', { password })
        }
      }
    }
    expect(wrong).toEqual([])
    await seat.must('session.signOut', {})
  })
})

/** The fields that the command's schema names, fitting. */
function fieldsOf(name: (typeof commandNames)[number]): Record<string, unknown> {
  const { properties = {} } = commands[name].input as { properties?: object }
  return Object.fromEntries(Object.keys(properties).flatMap((field) => (field in fields ? [[field, fields[field]]] : [])))
}
