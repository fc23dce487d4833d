import { beforeEach, describe, expect, it } from 'vitest'
import { type CentralClient, createCentralClient } from '#main/central/client'
import { createCredentials, type TokenKeeper } from '#main/central/credentials'
import { createFakeCentral, type FakeCentral, never, problem, tokensOf } from '../../../fakes/fake-central'
import { createFakeClock, type FakeClock, settle } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'

const start = Date.UTC(2026, 10, 21, 1)
const seatsAnswer = { items: [] }

const passwordProblem = { type: 'about:blank', title: '须先修改口令', status: 403, code: 'auth/passwordMustChange', retryable: false }

describe('the client of the central API', () => {
  let centre: FakeCentral
  let clock: FakeClock
  let credentials: TokenKeeper
  let client: CentralClient
  let outcomes: string[]
  let expired: string[]
  let passwordDue: string[]

  beforeEach(async () => {
    centre = createFakeCentral()
    clock = createFakeClock(start)
    const secrets = new Map<string, string>()
    credentials = createCredentials({
      log: createKeptLog(),
      secrets: {
        get: async (name) => secrets.get(name),
        set: async (name, secret) => void secrets.set(name, secret),
        delete: async (name) => void secrets.delete(name),
      },
    })
    outcomes = []
    expired = []
    passwordDue = []
    client = createCentralClient({
      origin: 'http://centre.test',
      fetch: centre.fetch,
      clock,
      centreNow: clock.now,
      credentials,
      log: createKeptLog(),
      onOutcome: (outcome) => void outcomes.push(outcome),
      onExpired: (accountNo) => void expired.push(accountNo),
      onPasswordDue: (accountNo) => void passwordDue.push(accountNo),
    })
    await credentials.keep('0201', tokensOf('first', start + 15 * 60_000))
    credentials.setCurrent('0201')
  })

  it('says whose password the centre wants changed, for a call and for the stream', async () => {
    centre.on('GET /onDuty', () => ({ status: 403, body: passwordProblem }))
    centre.on('GET /events', () => ({ status: 403, body: passwordProblem }))
    expect(await client.call('onDuty.list', {})).toMatchObject({ ok: false, error: { code: 'auth/passwordMustChange' } })
    expect(await client.open('events.stream', {}, new AbortController().signal)).toMatchObject({ ok: false })
    expect({ passwordDue, expired }).toEqual({ passwordDue: ['0201', '0201'], expired: [] })
  })

  it('builds the request from the row: path, query, body, key, version and bearer', async () => {
    await client.call('accounts.update', {
      params: { accountId: 'a/b' },
      body: { isEnabled: false },
      ifMatch: 3,
      idempotencyKey: 'key-1',
    })
    await client.call('audit.list', { query: { limit: 20, action: 'session.opened' } })
    expect(centre.requests.map(({ method, path, headers, body }) => ({ method, path, headers, body }))).toEqual([
      {
        method: 'PATCH',
        path: '/accounts/a%2Fb',
        headers: {
          accept: 'application/json, application/problem+json',
          'content-type': 'application/json',
          'idempotency-key': 'key-1',
          'if-match': '"3"',
          authorization: 'Bearer access-first',
        },
        body: { isEnabled: false },
      },
      {
        method: 'GET',
        path: '/audit?limit=20&action=session.opened',
        headers: { accept: 'application/json, application/problem+json', authorization: 'Bearer access-first' },
        body: undefined,
      },
    ])
  })

  describe('of files', () => {
    const attachmentId = '019aa000-0000-7000-8000-000000000001'
    const place = `/attachments/${attachmentId}/content`

    it('sends a piece as the bytes it is', async () => {
      const progress = { attachmentId, received: 7, isComplete: false }
      centre.on(`PUT ${place}`, () => ({ status: 200, body: progress }))
      const body = new Uint8Array([0, 255, 10])
      expect(await client.call('attachments.append', { params: { attachmentId }, query: { offset: 4 }, body })).toEqual({
        ok: true,
        value: progress,
      })
      const [sent] = centre.requests
      expect(sent).toMatchObject({ path: `${place}?offset=4`, headers: { 'content-type': 'application/octet-stream' } })
      expect(sent?.body).toEqual(body)
    })

    it('gives the bytes that came, and their type', async () => {
      const bytes = new Uint8Array([0xff, 0xd8, 0, 128])
      centre.on(`GET ${place}`, () => ({ status: 200, bytes, mediaType: 'image/jpeg' }))
      expect(await client.call('attachments.read', { params: { attachmentId }, query: { variant: 'thumb' } })).toEqual({
        ok: true,
        value: { bytes, mediaType: 'image/jpeg' },
      })
      expect(centre.requests[0]?.headers.accept).toBe('*/*')
      expect(outcomes).toEqual(['heard'])
    })

    it('reads a refusal instead of a file as what it is', async () => {
      centre.on(`GET ${place}`, () => problem(404, 'attachment/unknown'))
      expect(await client.call('attachments.read', { params: { attachmentId }, query: {} })).toMatchObject({
        ok: false,
        error: { code: 'attachment/unknown' },
      })
    })
  })

  it('gives a good answer as it is, and calls one of another shape unintelligible', async () => {
    centre.on('GET /seats', () => ({ status: 200, body: seatsAnswer }))
    expect(await client.call('seats.list', {})).toEqual({ ok: true, value: seatsAnswer })
    for (const body of [{ items: [{ seatNo: 'x' }] }, '<html>portal</html>', 'null']) {
      centre.on('GET /seats', () => ({ status: 200, body }))
      expect(await client.call('seats.list', {})).toMatchObject({ ok: false, error: { code: 'central/unintelligible' } })
    }
  })

  it.each([
    [problem(412, 'record/stale', '已是第 4 版'), { code: 'record/stale', message: '已是第 4 版', retryable: false }],
    [problem(418, 'kettle/empty'), { code: 'central/fault', detail: { code: 'kettle/empty', status: 418 }, retryable: true }],
    [
      { status: 503, body: '<h1>down</h1>' },
      { code: 'central/offline', retryable: true },
    ],
    [
      { status: 502, body: '<h1>bad gateway</h1>' },
      { code: 'central/interrupted', retryable: true },
    ],
    [
      { status: 500, body: 'oops' },
      { code: 'central/fault', retryable: true },
    ],
    [{ status: 404, body: 'nothing here' }, { code: 'central/unintelligible' }],
  ])('turns a refusal into the catalogue’s error: %o', async (answer, error) => {
    centre.on('GET /seats', () => answer)
    expect(await client.call('seats.list', {})).toMatchObject({ ok: false, error })
  })

  it('calls a change that never left offline, and one whose answer was lost uncertain', async () => {
    const append = () => client.call('seats.create', { body: { seatNo: '9', name: '席', extension: null }, idempotencyKey: 'k' })
    centre.on('POST /seats', () => ({ cause: 'ECONNREFUSED' }))
    expect(await append()).toMatchObject({ ok: false, error: { code: 'central/offline' } })
    centre.on('POST /seats', () => ({ cause: 'ECONNRESET' }))
    expect(await append()).toMatchObject({ ok: false, error: { code: 'central/interrupted' } })
    centre.on('GET /seats', () => ({ cause: 'ECONNRESET' }))
    expect(await client.call('seats.list', {})).toMatchObject({ ok: false, error: { code: 'central/offline' } })
    expect(outcomes).toEqual(['unreachable', 'unreachable', 'unreachable'])
  })

  it('gives up after three seconds, renewal of the token included', async () => {
    await credentials.keep('0201', tokensOf('old', start - 1))
    centre.on('POST /sessions/refresh', never)
    const answer = client.call('seats.list', {})
    await clock.advance(2_999)
    let isAnswered = false
    void answer.then(() => {
      isAnswered = true
    })
    await settle()
    expect(isAnswered).toBe(false)
    await clock.advance(1)
    expect(await answer).toMatchObject({ ok: false, error: { code: 'central/timeout' } })
  })

  it('renews a token that is about to end once for everybody who asks', async () => {
    await credentials.keep('0201', tokensOf('old', start + 5_000))
    centre.on('POST /sessions/refresh', () => ({ status: 200, body: { tokens: tokensOf('new', start + 900_000) } }))
    centre.on('GET /seats', () => ({ status: 200, body: seatsAnswer }))
    const answers = await Promise.all([1, 2, 3].map(() => client.call('seats.list', {})))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(centre.requests.map(({ path, headers }) => `${path} ${headers.authorization ?? ''}`)).toEqual([
      '/sessions/refresh ',
      ...Array(3).fill('/seats Bearer access-new'),
    ])
    expect((await credentials.tokensOf('0201'))?.accessToken).toBe('access-new')
  })

  it('renews once when the centre calls the token expired, and never for a wrong password', async () => {
    centre.on('GET /seats', ({ headers }) =>
      headers.authorization === 'Bearer access-new' ? { status: 200, body: seatsAnswer } : problem(401, 'auth/tokenExpired'),
    )
    centre.on('POST /sessions/refresh', () => ({ status: 200, body: { tokens: tokensOf('new', start + 900_000) } }))
    expect(await client.call('seats.list', {})).toEqual({ ok: true, value: seatsAnswer })
    centre.on('POST /me/passwordCheck', () => problem(401, 'auth/wrongPassword'))
    expect(await client.call('me.checkPassword', { body: { password: 'x' } })).toMatchObject({ error: { code: 'auth/wrongPassword' } })
    expect(centre.requests.filter(({ path }) => path === '/sessions/refresh')).toHaveLength(1)
    expect(expired).toEqual([])
  })

  it('says that an account must sign in again when renewing is refused or it has no credential', async () => {
    centre.on('GET /seats', () => problem(401, 'auth/tokenExpired'))
    centre.on('POST /sessions/refresh', () => problem(401, 'auth/tokenExpired'))
    expect(await client.call('seats.list', {})).toMatchObject({ ok: false, error: { code: 'auth/tokenExpired' } })
    expect(await client.call('seats.list', {}, { accountNo: '0101' })).toMatchObject({ ok: false, error: { code: 'auth/signInRequired' } })
    expect(expired).toEqual(['0201', '0101'])
  })

  it('keeps the tokens of a sign-in that came while a renewal was on its way', async () => {
    await credentials.keep('0201', tokensOf('old', start - 1))
    let answerRefresh: (() => void) | undefined
    centre.on(
      'POST /sessions/refresh',
      () =>
        new Promise((resolve) => {
          answerRefresh = () => resolve({ status: 200, body: { tokens: tokensOf('late', start + 900_000) } })
        }),
    )
    const call = client.call('seats.list', {})
    await settle()
    await credentials.keep('0201', tokensOf('newer', start + 900_000))
    answerRefresh?.()
    await call
    expect((await credentials.tokensOf('0201'))?.accessToken).toBe('access-newer')
  })

  it('leaves no timer behind and ends what is under way when it is closed', async () => {
    centre.on('GET /seats', never)
    const answer = client.call('seats.list', {})
    await settle()
    client.close()
    expect(await answer).toMatchObject({ ok: false, error: { code: 'central/timeout' } })
    expect(clock.pending()).toBe(0)
  })
})
