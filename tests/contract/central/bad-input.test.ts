import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { apiPrefix } from '#shared/contracts/central-api/table'
import { errorCatalogue } from '#shared/contracts/errors'
import type { TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const key = '00000000-0000-4000-8000-000000000001'
const append = (central: TestCentral, token: string, body: unknown, headers: Record<string, string> = {}) =>
  central.call('dutyLog.append', { token, key, body, headers })

onEveryDatabase('bad input', (start) => {
  it('is answered as problem+json with a code and a sentence, whatever is wrong with it', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const cases: readonly (readonly [string, Promise<{ status: number; headers: Record<string, unknown>; body: unknown }>])[] = [
      ['request/malformed', append(central, token, '{"entryId":')],
      ['request/malformed', append(central, token, '')],
      ['request/malformed', append(central, token, '{"__proto__":{"a":1}}')],
      ['request/tooLarge', append(central, token, JSON.stringify({ text: 'x'.repeat(40_000) }))],
      ['request/unsupportedMedia', append(central, token, '<a/>', { 'content-type': 'application/xml' })],
      ['request/unsupportedMedia', append(central, token, 'a', { 'content-type': 'text/plain' })],
      ['request/invalid', append(central, token, {})],
      ['request/invalid', append(central, token, [1])],
      ['request/invalid', central.call('dutyLog.list', { token, query: { limit: '0' } })],
      ['request/invalid', central.call('dutyLog.list', { token, query: { limit: 'many' } })],
      ['request/invalid', central.call('dutyLog.list', { token, query: { order: 'old' } })],
      ['request/invalid', central.call('reference.get', { token, params: { kind: 'secrets', id: 'a' } })],
      ['request/unknownRoute', central.call('reference.get', { token, params: { kind: 'areas', id: 'x'.repeat(300) } })],
      ['record/notFound', central.call('reference.get', { token, params: { kind: 'areas', id: 'none' } })],
      ['auth/tokenExpired', central.call('me.get', { token: 'never-given' })],
      ['auth/signInRequired', central.call('me.get', { headers: { authorization: 'Basic YTpi' } })],
    ]
    for (const [code, answering] of cases) {
      const { status, headers, body } = await answering
      const { status: expected, message, retryable } = errorCatalogue[code as keyof typeof errorCatalogue]
      expect({ status, body }, code).toMatchObject({ status: expected, body: { status: expected, code, retryable } })
      expect((body as { title: string }).title, code).toContain(message.split('{')[0])
      expect(headers['content-type'], code).toBe('application/problem+json; charset=utf-8')
      expect(headers['cache-control'], code).toBe('no-store')
    }
  })

  it('names each wrong field, and the limit that was passed', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    const wrong = { entryId: 'x', kind: 'gossip', text: '好', shiftId: null, writtenAt: 1.5, colour: 'red' }
    expect((await append(central, token, wrong)).body.title).toBe(
      '内容不符合要求：不认识 colour；entryId 格式不对；kind 须为 event、instruction、equipment、visitor、discipline、discovery、meeting 之一；writtenAt 应为整数。没有做任何改动。',
    )
    expect((await append(central, token, { text: 'x'.repeat(40_000) })).body.title).toBe('内容超过 32 KB 上限，没有保存，请缩短后重试。')
  })

  it('asks for nothing to be converted: a number is not text', async () => {
    const central = await start()
    const signIn = await central.call('sessions.open', { body: { accountNo: 1000, password: 'x', seatNo: 1 } })
    expect(signIn.body.title).toContain('accountNo 应为文字')
  })

  it('reaches no route when the path or the method is unknown', async () => {
    const central = await start()
    for (const [method, url] of [
      ['GET', '/api/v1/nothing'],
      ['DELETE', '/api/v1/me'],
      ['GET', '/api/v1/%zz'],
      ['GET', '/'],
      ['OPTIONS', '/api/v1/me'],
    ] as const) {
      const answer = await central.central.app.inject({ method, url })
      expect({ status: answer.statusCode, code: answer.json().code }, `${method} ${url}`).toEqual({
        status: 404,
        code: 'request/unknownRoute',
      })
    }
  })

  it('that is not even HTTP is answered in the same shape, and the server goes on', async () => {
    const central = await start()
    const origin = new URL(await central.listen())
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(origin.port), origin.hostname, () => socket.write('\x16\x03\x01 hello\r\n\r\n'))
      let received = ''
      socket.on('data', (chunk) => {
        received += chunk
      })
      socket.on('close', () => resolve(received))
      socket.on('error', reject)
    })
    expect(text).toMatch(/^HTTP\/1.1 400 /)
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ code: 'request/malformed', status: 400 })
    expect((await fetch(`${origin.origin}/healthz`)).status).toBe(200)
  })

  it('and a fault of our own says nothing of its cause, which is in the log under the same number', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    await central.central.services.db.schema.alterTable('duty_log_entry').renameTo('gone').execute()
    const answer = await central.call('dutyLog.list', { token })
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'central/fault', retryable: true, detail: { requestId: expect.any(String) } },
    })
    expect(JSON.stringify(answer.body)).not.toContain('duty_log')
    const line = central.log.lines.find(({ message }) => message === 'request failed')
    expect(line?.fields).toMatchObject({ requestId: answer.body.detail.requestId, route: 'dutyLog.list' })
    expect(answer.headers['x-request-id']).toBe(answer.body.detail.requestId)
  })

  it('does not keep the server from saying how it is', async () => {
    const central = await start()
    const kind = central.central.services.databaseKind
    const health = { status: 'ok', database: kind, version: '0.0.0', now: central.clock.now() }
    for (const url of ['/healthz', `${apiPrefix}/healthz`]) expect((await central.central.app.inject(url)).json()).toEqual(health)
    await central.central.services.db.schema.dropTable('event_log').execute()
    expect((await central.central.app.inject('/healthz')).statusCode).toBe(500)
  })
})
