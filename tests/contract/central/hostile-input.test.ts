import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { accountIdOf, type CallRequest, morning, password, seatIdOf } from '../../fixtures/central'
import { pdf } from '../../fixtures/photos'
import { announcementOf } from '../../fixtures/uploads'
import { onEveryDatabase } from './databases'

/**
 * Every route with inputs that fit and one part of them spoilt, on every database: an answer with a code of the catalogue, never a fault. The
 * fixture's `call` holds each answer to the table.
 */
type Fields = Readonly<Record<string, unknown>>

const shift = { shiftId: '2026-11-21/morning', name: '早班', startsAt: morning, endsAt: morning + 1 }

/** What fits each route that takes anything; fresh keys keep one case from being the repeat of another. */
const fitting: Partial<Record<RouteName, { params?: Fields; query?: Fields; body?: Fields }>> = {
  'sessions.open': { body: { accountNo: '1000', password, role: 'intake', seatNo: '01', shift } },
  'sessions.refresh': { body: { refreshToken: 'x' } },
  'me.checkPassword': { body: { password } },
  'me.changePassword': { body: { oldPassword: 'wrong', newPassword: 'x' } },
  'accounts.list': { query: { after: '1', limit: '5', text: 'a' } },
  'accounts.create': { body: { accountNo: '7777', name: '新', roles: ['intake'], password } },
  'accounts.update': { params: { accountId: accountIdOf('wallOperator') }, body: { name: '新', roles: ['intake'], isEnabled: true } },
  'accounts.resetPassword': { params: { accountId: accountIdOf('wallOperator') }, body: { password } },
  'audit.list': { query: { after: `1.${accountIdOf('admin')}`, limit: '5', action: 'a', accountNo: '1000', from: '1', until: '2' } },
  'seats.create': { body: { seatNo: '77', name: '新席', extension: '8801' } },
  'seats.update': { params: { seatId: seatIdOf('03') }, body: { seatNo: '03', name: '新席', extension: null, isEnabled: true } },
  'reference.get': { params: { kind: 'areas', id: 'a' } },
  'dutyLog.append': { body: { entryId: systemIds.uuid(), kind: 'event', text: '一', shiftId: 'a', writtenAt: morning } },
  'dutyLog.search': { query: { q: '井盖', kind: 'event', after: '1', limit: '5' } },
  'seatKeys.register': { params: { keyId: 'a'.repeat(64) }, body: { publicKey: 'A'.repeat(80) } },
  'roster.read': { query: { from: '2026-11-20', until: '2026-11-21' } },
  'roster.write': { body: { from: '2026-11-20', until: '2026-11-21', lines: [] } },
  'admissions.create': { body: { accountNo: '1000', until: morning, reason: '顶班' } },
  'shiftRequests.ask': { body: { request: { kind: 'overtime', date: '2026-11-20', hours: 2, reason: '加班' } } },
  'shiftRequests.answer': { params: { requestId: accountIdOf('admin') }, body: { did: 'agreed', note: '' } },
  'handovers.list': { query: { from: '1' } },
  'handovers.vouch': { params: { handoverId: accountIdOf('admin') }, body: { accountNo: '1000', password } },
  'attendance.read': { query: { from: '2026-11-20', until: '2026-11-21' } },
  'attendance.correct': { body: { accountNo: '1000', shiftId: '2026-11-20/morning', verdict: 'present', reason: '外出' } },
  'attachments.begin': { body: announcementOf(pdf, { mediaType: 'application/pdf' }) },
  // Without a body, which is bytes and not JSON: what bytes may do is in the suite of attachments.
  'attachments.append': { params: { attachmentId: accountIdOf('admin') }, query: { offset: '0' } },
  'attachments.get': { params: { attachmentId: accountIdOf('admin') } },
  'attachments.read': { params: { attachmentId: accountIdOf('admin') }, query: { variant: 'thumb' } },
  'dutyLog.list': { query: { after: `1.${accountIdOf('admin')}`, limit: '5', from: '1', until: '2' } },
}

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** As JSON text, so that also what `JSON.stringify` would not write is among them. */
const spoiltJson: readonly string[] = [
  ...['null', 'true', '-1', '1.5', '1e300', '9007199254740993', '99999999999999999999', '""', '" "', '[]', '{}', '[null]', '[[],[]]'],
  ...['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u202e\\ufeff"', '"%00"', '"../../x"', `"' or 1=1 --"`, '"%_\\\\"'],
  ...[
    '{"__proto__":1}',
    '{"constructor":{"prototype":1}}',
    '{"length":1e9}',
    '{"toString":null}',
    deep(5_000),
    `[${deep(5_000)},${deep(5_000)}]`,
  ],
  ...[JSON.stringify('长'.repeat(9_000)), JSON.stringify(Array(9_000).fill('intake')), JSON.stringify('𠮷'.repeat(41))],
]
const spoiltText: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000',
  '-1',
  '1e300',
  '9999999999999999',
  '99999999999999999999',
  '%',
  '../x',
  '__proto__',
]

function* spoilt(name: RouteName): Generator<CallRequest> {
  const { params = {}, query = {}, body } = fitting[name] ?? {}
  const [parameters, search] = [params, query] as Record<string, string>[] as [Record<string, string>, Record<string, string>]
  const whole: CallRequest = { params: parameters, query: search, ...(body && { body }) }
  for (const field of Object.keys(params)) for (const text of spoiltText) yield { ...whole, params: { ...parameters, [field]: text } }
  for (const field of [...Object.keys(query), '__proto__', 'constructor'])
    for (const text of spoiltText) yield { ...whole, query: { ...search, [field]: text } }
  for (const json of body ? spoiltJson : []) {
    yield { ...whole, body: json }
    for (const field of Object.keys(body ?? {})) {
      const others = Object.entries(body ?? {}).filter(([other]) => other !== field)
      yield {
        ...whole,
        body: `{${[...others.map(([other, value]) => `"${other}":${JSON.stringify(value)}`), `"${field}":${json}`].join()}}`,
      }
    }
  }
}

onEveryDatabase('hostile input', (start) => {
  it('gets a coded answer on every route, and never a fault', { timeout: 60_000 }, async () => {
    const central = await start()
    const faults: string[] = []
    let asked = 0
    for (const name of routeNames.filter((route) => route !== 'events.stream')) {
      const spec: RouteSpec = centralApi[name]
      const role = typeof spec.roles === 'string' ? 'intake' : (spec.roles[0] ?? 'intake')
      const token = spec.roles === 'public' ? undefined : await central.tokenFor(role, 30 * 86_400_000)
      for (const request of spoilt(name)) {
        const answer = await central.call(name, { ...request, token, key: systemIds.uuid(), version: 1 })
        asked += 1
        if (answer.status >= 500)
          faults.push(
            `${name} ${answer.status} ${JSON.stringify(request).slice(0, 300)} ${JSON.stringify(central.log.lines.at(-1)?.fields.reason)}`,
          )
        if (name === 'sessions.open' || name.startsWith('me.')) await central.clock.sleep(16 * 60_000)
      }
    }
    expect(faults).toEqual([])
    expect(asked).toBeGreaterThan(500)
  })

  it('cannot put a time on an entry that no calendar has', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    for (const writtenAt of [1e300, 8.64e15, 253_402_300_800_000]) {
      const body = { entryId: systemIds.uuid(), kind: 'event', text: '一', shiftId: null, writtenAt }
      const answer = await central.call('dutyLog.append', { token, key: systemIds.uuid(), body })
      expect(answer, String(writtenAt)).toMatchObject({ status: 422, body: { code: 'request/invalid' } })
    }
  })
})
