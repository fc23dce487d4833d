import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { publishAccount } from '#server/workflows/publish-account'
import { importReference } from '#server/workflows/reference'
import { retention, sweep } from '#server/workflows/sweep'
import { createFakeClock } from '../../fakes/fake-clock'
import { accountIdOf, addressOf, morning, type TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

async function write(central: TestCentral, token: string, text: string): Promise<string> {
  const entryId = systemIds.uuid()
  const body = { entryId, kind: 'event', text, shiftId: null, writtenAt: morning }
  const answer = await central.call('dutyLog.append', { token, key: systemIds.uuid(), body })
  expect(answer.status).toBe(201)
  return entryId
}

onEveryDatabase('the event stream', (start) => {
  it('tells what happens from now on, each with its state, in order', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token, sessionId } = await central.signIn('intake')
    const { body: before } = await central.call('onDuty.list', { token })
    const reader = await readEvents(origin, token)
    expect(reader.comments[0]?.trim()).toBe(`seq ${before.seq}`)
    expect(reader.retryMs()).toBe(1000)
    const entryId = await write(central, token, '一')
    await central.signIn('dispatcher', '02')
    await reader.find(({ name }) => name === 'session.opened')
    expect(reader.events).toMatchObject([
      { seq: before.seq + 1, name: 'dutyLog.appended', at: morning, payload: { entryId, text: '一', authorRole: 'intake' } },
      { seq: before.seq + 2, name: 'session.opened', payload: { accountNo: '1002', seatNo: '02', since: morning } },
    ])
    expect(reader.events.some(({ payload }) => payload.sessionId === sessionId)).toBe(false)
    reader.close()
  })

  it('goes on after the last event that was received', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const first = await readEvents(origin, token)
    await write(central, token, '一')
    const last = await first.find(({ name }) => name === 'dutyLog.appended')
    first.close()
    for (let index = 0; index < 600; index += 300) {
      await Promise.all(Array.from({ length: 300 }, (_, offset) => write(central, token, String(index + offset))))
    }
    const second = await readEvents(origin, token, last.seq)
    await write(central, token, '末')
    await second.find(({ payload }) => payload.text === '末')
    expect(second.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 601 }, (_, index) => last.seq + 1 + index))
    second.close()
  })

  it('says when the cursor is older than what is kept, or from another database', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    await write(central, token, '旧')
    const { body } = await central.call('onDuty.list', { token })
    const { services } = central.central
    await sweep({ ...services, clock: { ...central.clock, now: () => morning + retention.eventsMs + 1 } })
    const later = await central.signIn('intake')
    for (const cursor of [0, 1000]) {
      const { body: now } = await central.call('onDuty.list', { token: later.token })
      const reader = await readEvents(origin, later.token, cursor)
      const reset = await reader.find(({ name }) => name === 'stream.reset')
      expect(reset).toMatchObject({ seq: now.seq, payload: { latestSeq: now.seq, oldestSeq: body.seq + 1 } })
      const entryId = await write(central, later.token, '新')
      await reader.find(({ payload }) => payload.entryId === entryId)
      reader.close()
    }
    const current = await readEvents(origin, later.token, body.seq)
    await current.find(({ name }) => name === 'session.opened')
    expect(
      current.events.some(({ name }) => name === 'stream.reset'),
      'the oldest kept event is still reachable',
    ).toBe(false)
    current.close()
  })

  it('beats every five seconds, and an open stream keeps its seat', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const reader = await readEvents(origin, token)
    const comments = reader.comments.length
    for (let beats = 1; beats <= 30; beats += 1) {
      await central.clock.advance(5_000)
      await reader.waitUntil(() => reader.comments.length >= comments + beats)
    }
    const seen = () => central.central.services.db.selectFrom('session').select('last_seen_at').executeTakeFirstOrThrow()
    await expect.poll(async () => (await seen()).last_seen_at).toBeGreaterThan(morning + 60_000)
    const other = await central.call('sessions.open', { body: { accountNo: '1002', password: 'Zaoban-2026-ceshi', seatNo: '01' } })
    expect(other.body.code).toBe('seat/taken')
    reader.close()
  })

  it('tells administrators alone about accounts', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const admin = await central.tokenFor('admin')
    const [atSeat, atAdmin] = [await readEvents(origin, token), await readEvents(origin, admin)]
    await central.call('accounts.update', {
      token: admin,
      key: systemIds.uuid(),
      version: 1,
      params: { accountId: accountIdOf('presenter') },
      body: { name: '改名' },
    })
    const entryId = await write(central, token, '后')
    for (const reader of [atSeat, atAdmin]) await reader.find(({ payload }) => payload.entryId === entryId)
    expect(atAdmin.events.map(({ name }) => name)).toEqual(['account.changed', 'dutyLog.appended'])
    expect(atSeat.events.map(({ name }) => name)).toEqual(['dutyLog.appended'])
    const changedSeq = atAdmin.events[0]?.seq ?? 0
    expect(atSeat.ids, 'what was for others is counted').toEqual([changedSeq, changedSeq + 1])
    expect(atAdmin.ids, 'and nothing else is').toEqual([changedSeq, changedSeq + 1])
    const again = await readEvents(origin, token, changedSeq - 1)
    await again.find(({ payload }) => payload.entryId === entryId)
    expect(
      again.events.map(({ name }) => name),
      'and resuming shows no more',
    ).toEqual(['dutyLog.appended'])
    expect(again.ids).toEqual([changedSeq, changedSeq + 1])
    for (const reader of [atSeat, atAdmin, again]) reader.close()
  })

  it('counts a run of events for others once, and goes on behind it', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const reader = await readEvents(origin, token)
    const { body: before } = await central.call('onDuty.list', { token })
    await tellAdministrators(central, 600)
    await reader.waitUntil(() => reader.ids.at(-1) === before.seq + 600)
    expect(reader.events).toEqual([])
    expect(reader.ids.length, 'one for each page of the log').toBeLessThanOrEqual(2)
    reader.close()
    const later = await readEvents(origin, token, before.seq + 600)
    const entryId = await write(central, token, '后')
    await later.find(({ payload }) => payload.entryId === entryId)
    expect(later.ids).toEqual([before.seq + 601])
    later.close()
    const again = await readEvents(origin, token, before.seq)
    await again.find(({ payload }) => payload.entryId === entryId)
    expect(again.ids).toEqual([before.seq + 500, before.seq + 600, before.seq + 601])
    again.close()
  })

  it.each(['signing out', 'being disabled', 'the end of the session'] as const)('ends with %s', async (how) => {
    const central = await start()
    const origin = await central.listen()
    const token = await central.tokenFor('intake', 60_000)
    const reader = await readEvents(origin, token)
    if (how === 'signing out') await central.call('sessions.close', { token })
    if (how === 'the end of the session') await central.clock.advance(120_000)
    if (how === 'being disabled') {
      const params = { accountId: accountIdOf('intake') }
      await central.call('accounts.update', {
        token: await central.tokenFor('admin'),
        key: systemIds.uuid(),
        version: 1,
        params,
        body: { isEnabled: false },
      })
    }
    await reader.ended
    const reasons = { 'signing out': 'signedOut', 'being disabled': 'revoked', 'the end of the session': 'expired' } as const
    const { db } = central.central.services
    const closed = () =>
      db.selectFrom('session').select('close_reason').where('account_id', '=', accountIdOf('intake')).executeTakeFirstOrThrow()
    await expect.poll(async () => (await closed()).close_reason).toBe(reasons[how])
  })

  it('cuts off who does not read, instead of keeping everything for them', async () => {
    const central = await start()
    const origin = new URL(await central.listen())
    const { token } = await central.signIn('intake')
    const socket = connect(Number(origin.port), origin.hostname)
    const closed = new Promise<void>((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    socket.write(`GET ${addressOf('events.stream', {})} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`)
    await new Promise<void>((resolve) => socket.once('data', () => resolve()))
    socket.pause()
    const { services } = central.central
    const streams = async () => (await central.call('metrics.get', { token: 'scraper-token' })).body as string
    await expect.poll(streams).toContain('central_event_streams 1')
    // A fat document, several times, until the socket's own buffers are full and our limit is passed.
    for (let round = 0; round < 40 && (await streams()).includes('central_event_streams 1'); round += 1) await tellMuch(services)
    await expect.poll(streams).toContain('central_event_streams 0')
    socket.resume()
    await closed
  })

  it('brings a listener up to date however much was said meanwhile', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const { body: before } = await central.call('onDuty.list', { token })
    const { services } = central.central
    // One page of the log that is fatter than what may lie unread.
    for (let round = 0; round < 3; round += 1) await tellMuch(services)
    const reader = await readEvents(origin, token, before.seq)
    const entryId = await write(central, token, '末')
    await Promise.race([reader.find(({ payload }) => payload.entryId === entryId), reader.ended])
    expect(reader.events.at(-1)?.payload.entryId).toBe(entryId)
    reader.close()
  })

  it('ends when the server stops, and the server does stop', async () => {
    const central = await start()
    const origin = await central.listen()
    const { token } = await central.signIn('intake')
    const reader = await readEvents(origin, token)
    await central.central.app.close()
    await reader.ended
  })
})

async function tellAdministrators({ central }: TestCentral, times: number): Promise<void> {
  const { services } = central
  await services.transactor.inTransaction(async (unit) => {
    for (let index = 0; index < times; index += 1) await publishAccount(services, unit, accountIdOf('presenter'))
    return { ok: true, value: undefined }
  })
}

async function tellMuch(services: TestCentral['central']['services']): Promise<void> {
  await services.transactor.inTransaction(async (unit) => {
    for (let index = 0; index < 20; index += 1) {
      unit.emit('reference.changed', {
        kind: 'areas',
        id: 'big',
        title: '大'.repeat(20_000),
        hash: String(index),
        entries: 0,
        origin: 'product',
      })
    }
    return { ok: true, value: undefined }
  })
}

onEveryDatabase('reference data', (start) => {
  const document = (title: string) => ({
    kind: 'shiftPatterns',
    title,
    patterns: [
      {
        id: 'twoShift',
        name: '两班制',
        shifts: [
          { id: 'morning', name: '上午班', start: '07:00', end: '13:00' },
          { id: 'afternoon', name: '下午班', start: '13:00', end: '19:00' },
        ],
        source: '测试',
        isCertain: true,
      },
    ],
  })
  const file = (title: string) => ({ id: 'common', origin: 'product' as const, document: document(title) })

  it('is imported at start, served whole, and gives the centre its shifts', async () => {
    const central = await start({ referenceFiles: [file('班次')] })
    const { token } = await central.signIn('intake')
    const { body: manifest } = await central.call('reference.manifest', { token })
    expect(manifest.items).toMatchObject([{ kind: 'shiftPatterns', id: 'common', title: '班次', entries: 1, origin: 'product' }])
    const { body: whole } = await central.call('reference.get', { token, params: { kind: 'shiftPatterns', id: 'common' } })
    expect(whole).toEqual({ entry: manifest.items[0], document: document('班次') })
    const { body: centre } = await central.call('centre.get')
    expect(centre).toMatchObject({
      shiftPatternId: 'twoShift',
      shifts: [
        { shiftId: '2026-11-21/morning', startsAt: Date.UTC(2026, 10, 20, 23), endsAt: Date.UTC(2026, 10, 21, 5) },
        { shiftId: '2026-11-21/afternoon', startsAt: Date.UTC(2026, 10, 21, 5), endsAt: Date.UTC(2026, 10, 21, 11) },
      ],
    })
  })

  it('offers at night the shift that began yesterday, first', async () => {
    const night = { id: 'night', name: '晚班', start: '18:00', end: '08:00' }
    const patterns = document('班次').patterns.map((pattern) => ({ ...pattern, shifts: [...pattern.shifts, night] }))
    const central = await start({
      referenceFiles: [{ ...file('班次'), document: { ...document('班次'), patterns } }],
      clock: createFakeClock(Date.UTC(2026, 10, 20, 19)),
    })
    const { body } = await central.call('centre.get')
    expect(body.shifts.map(({ shiftId }: { shiftId: string }) => shiftId)).toEqual([
      '2026-11-20/night',
      '2026-11-21/morning',
      '2026-11-21/afternoon',
      '2026-11-21/night',
    ])
  })

  it('changes only where the document did, whatever the order of its fields, and says so', async () => {
    const central = await start({ referenceFiles: [file('班次')] })
    const { services } = central.central
    const { kind, ...rest } = document('班次')
    expect(await importReference(services, [{ ...file('班次'), document: { ...rest, kind } }])).toEqual([])
    expect(await importReference(services, [file('新班次')])).toEqual(['shiftPatterns/common'])
    expect(await importReference(services, [{ ...file('城市班次'), origin: 'city' }])).toEqual(['shiftPatterns/common'])
    expect(await importReference(services, [file('新班次')]), 'what the city entered stays').toEqual([])
    const rows = await services.db
      .selectFrom('server_event')
      .select('payload')
      .where('name', '=', 'reference.changed')
      .orderBy('seq')
      .execute()
    expect(rows.map(({ payload }) => JSON.parse(payload).title)).toEqual(['班次', '新班次', '城市班次'])
  })

  it('refuses a document that does not fit, and takes the others', async () => {
    const central = await start({ referenceFiles: [{ id: 'bad', origin: 'product', document: { kind: 'areas' } }, file('班次')] })
    const { body } = await central.call('reference.manifest', { token: await central.tokenFor('intake') })
    expect(body.items).toHaveLength(1)
    expect(central.log.lines.find(({ message }) => message === 'reference document refused')?.fields).toMatchObject({
      id: 'bad',
      kind: 'areas',
    })
  })
})
