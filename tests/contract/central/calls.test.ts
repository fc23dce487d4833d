import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { satisfactionRef } from '#shared/domain/call/satisfaction'
import { createFakeCti } from '../../fakes/fake-cti'
import { callRecordOf } from '../../fixtures/calls'
import { type Person, person } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

const keep = (central: TestCentral, who: Person, record: CallRecord) =>
  central.call('calls.keep', { token: who.token, params: { callId: record.callId }, body: record, key: systemIds.uuid() })

onEveryDatabase('calls of the seats', (start) => {
  it('are kept under who brought them, completed by them, and not by another', async () => {
    const central = await start()
    const [one, other, lead] = [
      await person(central, '2001', 'intake'),
      await person(central, '2002', 'intake'),
      await person(central, '3001', 'shiftLead'),
    ]
    const record = callRecordOf({ callId: systemIds.uuid(), accountNo: '9999', name: '别人' })
    expect((await keep(central, one, record)).body).toMatchObject({ accountNo: '2001' })
    expect((await keep(central, one, { ...record, wrapUpCode: 'registered' })).status).toBe(200)
    expect((await keep(central, other, record)).body).toMatchObject({ code: 'record/exists' })
    const { items } = (await central.call('calls.list', { token: lead.token })).body
    // Masked: a citizen's number and name are not for a list.
    expect(items).toMatchObject([{ callId: record.callId, accountNo: '2001', wrapUpCode: 'registered' }])
    expect(items[0].number).toBe('138****8000')
    expect(items[0].displayName).not.toBe('张三')
  })

  it('are read newest first, page by page, by what is asked for', async () => {
    const central = await start()
    const [one, lead] = [await person(central, '2001', 'intake'), await person(central, '3001', 'shiftLead')]
    const at = (minute: number) => 1_800_000_000_000 + minute * 60_000
    const records = [0, 1, 2, 3].map((minute) =>
      callRecordOf({
        ...{ callId: systemIds.uuid(), startedAt: at(minute), answeredAt: null, endedAt: at(minute) + 20_000, answeredBy: null },
        ...(minute % 2 === 0 ? { cause: 'abandoned' } : { direction: 'outgoing', cause: 'noAnswer', endedBy: 'seat' }),
      }),
    )
    for (const record of records) await keep(central, one, record)
    const read = async (query: Record<string, string | number>) => {
      const texts = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
      return (await central.call('calls.list', { token: lead.token, query: texts })).body
    }
    const first = await read({ limit: 3 })
    const rest = await read({ limit: 3, after: first.next })
    expect([...first.items, ...rest.items].map(({ callId }: CallRecord) => callId)).toEqual(records.map(({ callId }) => callId).reverse())
    expect(rest.next).toBeNull()
    expect((await read({ which: 'missed' })).items).toHaveLength(2)
    expect((await read({ which: 'outgoing', from: at(2) })).items).toHaveLength(1)
    expect((await read({ number: '+8613800138000', until: at(1) })).items).toHaveLength(1)
  })

  it('and the time of their people add up to a shift, with faults apart', async () => {
    const central = await start()
    const [one, lead] = [await person(central, '2001', 'intake'), await person(central, '3001', 'shiftLead')]
    const from = 1_800_000_000_000
    await keep(central, one, callRecordOf({ callId: systemIds.uuid() }))
    const spend = (phase: string, reason: string | null, isForced: boolean, startedAt: number, endedAt: number) =>
      central.call('agentIntervals.append', {
        token: one.token,
        key: systemIds.uuid(),
        body: {
          ...{ intervalId: systemIds.uuid(), seatNo: '02', accountNo: '2001', phase, reason, isForced, callId: null, startedAt, endedAt },
        },
      })
    // Begins before the time that is asked for: only what lies in it counts.
    expect((await spend('ready', null, false, from - 10_000, from + 5_000)).status).toBe(201)
    await spend('notReady', 'microphoneSilent', true, from + 5_000, from + 8_000)
    await spend('notReady', 'meal', false, from + 8_000, from + 9_000)
    await spend('wrapUp', null, false, from + 9_000, from + 11_000)
    const { body } = await central.call('agents.total', { token: lead.token, query: { from: String(from), until: String(from + 100_000) } })
    expect(body.items).toMatchObject([
      {
        ...{ accountNo: '2001', incoming: 1, answered: 1, missed: 0, outgoing: 0, talkMs: 60_000, ringMs: 5_000 },
        ...{ readyMs: 5_000, faultMs: 3_000, notReadyMs: 1_000, wrapUpMs: 2_000 },
      },
    ])
  })

  it('bear what their citizens said to the service, whichever comes first, and tell it to whose call it is', async () => {
    const central = await start()
    const [one, lead] = [await person(central, '2001', 'intake'), await person(central, '3001', 'shiftLead')]
    const cti = createFakeCti()
    central.central.attachCti(cti)
    const calls = ['late', 'early', 'silent', 'unasked'].map((name, at) => {
      const record = callRecordOf({ callId: systemIds.uuid(), startedAt: 1_800_000_000_000 + at, endedBy: 'seat', cause: 'transferred' })
      return { name, record: name === 'unasked' ? record : { ...record, satisfaction: 'awaited' as const } }
    })
    const callOf = (name: string) => calls.find((call) => call.name === name)?.record as CallRecord
    const rate = (name: string, answer: 'satisfied' | 'dissatisfied') => cti.rate(satisfactionRef(callOf(name).callId), answer)
    const rated = async () => {
      const { items } = (await central.call('calls.list', { token: lead.token })).body
      return Object.fromEntries(
        items.map(({ callId, satisfaction }: CallRecord) => [calls.find(({ record }) => record.callId === callId)?.name, satisfaction]),
      )
    }
    const origin = await central.listen()
    const events = await readEvents(origin, one.token)
    for (const { name, record } of calls) if (name !== 'early') await keep(central, one, record)
    rate('early', 'dissatisfied')
    rate('late', 'satisfied')
    expect((await events.find(({ name }) => name === 'call.rated')).payload).toEqual({
      callId: callOf('late').callId,
      satisfaction: 'satisfied',
    })
    // Nobody was asked: an exchange that says so all the same is not believed.
    rate('unasked', 'satisfied')
    await keep(central, one, callOf('early'))
    expect((await events.find(({ payload }) => payload.callId === callOf('early').callId)).payload.satisfaction).toBe('dissatisfied')
    // The first answer counts, and the seat's own word of it for nothing.
    rate('late', 'dissatisfied')
    await keep(central, one, { ...callOf('late'), satisfaction: 'none', wrapUpCode: 'registered' })
    expect(await rated()).toEqual({ late: 'satisfied', early: 'dissatisfied', silent: 'awaited', unasked: null })
    events.close()
  })

  it('take a word of the shift lead to the seat of that person alone, and to nobody who is not there', async () => {
    const central = await start()
    const [one, other, lead] = [
      await person(central, '2001', 'intake'),
      await person(central, '2002', 'intake'),
      await person(central, '3001', 'shiftLead'),
    ]
    const direct = (token: string, accountNo: string, direction: unknown) =>
      central.call('agents.direct', { token, params: { accountNo }, body: { direction } })
    const say = { kind: 'say', words: '请放慢一点' }
    expect((await direct(lead.token, '2001', say)).body.code).toBe('agent/notAtSeat')
    const state = { phase: 'ready', since: 1_800_000_000_000, reason: null, isForced: false, callId: null, answeredAt: null }
    await central.call('agents.show', { token: one.token, body: state })
    expect((await direct(other.token, '2001', say)).status).toBe(403)
    const origin = await central.listen()
    const [mine, theirs] = [await readEvents(origin, one.token), await readEvents(origin, other.token)]
    expect((await direct(lead.token, '2001', { kind: 'notReady', note: '开班前会' })).status).toBe(200)
    expect((await direct(lead.token, '2001', { kind: 'say', words: ' \u0007' })).status).toBe(422)
    const { payload, seq } = await mine.find(({ name }) => name === 'agent.directed')
    expect(payload).toMatchObject({ accountNo: '2001', byNo: '3001', direction: { kind: 'notReady', note: '开班前会' } })
    await theirs.waitUntil(() => theirs.ids.some((id) => id >= seq))
    expect(theirs.events.filter(({ name }) => name === 'agent.directed')).toEqual([])
    for (const reader of [mine, theirs]) reader.close()
  })

  it('show who does what now, to those who answer for the shift, until they leave', async () => {
    const central = await start()
    const [one, lead] = [await person(central, '2001', 'intake'), await person(central, '3001', 'shiftLead')]
    const state = { phase: 'ready', since: 1_800_000_000_000, reason: null, isForced: false, callId: null, answeredAt: null }
    expect((await central.call('agents.show', { token: one.token, body: state })).status).toBe(200)
    const board = async () => (await central.call('agents.list', { token: lead.token })).body.items
    expect(await board()).toMatchObject([{ accountNo: '2001', phase: 'ready' }])
    await central.call('agents.show', { token: one.token, body: { ...state, phase: 'notReady', reason: 'meal' } })
    expect(await board()).toMatchObject([{ phase: 'notReady', reason: 'meal' }])
    await central.call('sessions.close', { token: one.token })
    expect(await board()).toEqual([])
  })

  it('are listened to only after the audit has its line, and the person is told who is there', async () => {
    const central = await start()
    const [one, other, lead, admin] = [
      await person(central, '2001', 'intake'),
      await person(central, '2002', 'intake'),
      await person(central, '3001', 'shiftLead'),
      await person(central, '9001', 'admin'),
    ]
    const supervisionId = systemIds.uuid()
    const report = (token: string, state: string) =>
      central.call('supervision.report', { token, params: { accountNo: '2001', supervisionId }, body: { mode: 'whisper', state } })
    expect((await report(lead.token, 'asked')).body.code).toBe('agent/notAtSeat')
    const show = (phase: string) =>
      central.call('agents.show', {
        token: one.token,
        body: { phase, since: 1_800_000_000_000, reason: null, isForced: false, callId: null, answeredAt: null, hand: null, sound: 'good' },
      })
    await show('ready')
    expect((await report(lead.token, 'asked')).body.code).toBe('agent/notTalking')
    await show('talking')
    expect((await report(other.token, 'asked')).status).toBe(403)
    const origin = await central.listen()
    const [mine, theirs] = [await readEvents(origin, one.token), await readEvents(origin, other.token)]
    for (const state of ['asked', 'on', 'on', 'ended']) expect((await report(lead.token, state)).status).toBe(200)
    const { seq } = await mine.find(({ name, payload }) => name === 'agent.supervised' && (payload as { state: string }).state === 'ended')
    await theirs.waitUntil(() => theirs.ids.some((id) => id >= seq))
    const told = mine.events.filter(({ name }) => name === 'agent.supervised').map(({ payload }) => payload)
    expect(told).toMatchObject(['asked', 'on', 'on', 'ended'].map((state) => ({ accountNo: '2001', byNo: '3001', mode: 'whisper', state })))
    expect(theirs.events.filter(({ name }) => name === 'agent.supervised')).toEqual([])
    const { items } = (await central.call('audit.list', { token: admin.token })).body
    const actions = (items as { action: string; subject: string }[]).filter(({ subject }) => subject === '2001').map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('agent.'))).toEqual(['agent.supervisionEnded', 'agent.whisper'])
    for (const reader of [mine, theirs]) reader.close()
  })

  it('are preceded by the check of the seat, of which the newest of a day stands, for who answers for the shift', async () => {
    const central = await start()
    const [one, lead] = [await person(central, '2001', 'intake'), await person(central, '3001', 'shiftLead')]
    const steps = { line: 'good', speaker: 'good', microphone: 'good', echo: 'skipped', centre: 'good' }
    const keep = (at: number, change: object = {}) => {
      const checkId = systemIds.uuid()
      const body = { checkId, day: '2026-11-28', at, steps: { ...steps, ...change } }
      return central.call('seatChecks.keep', { token: one.token, params: { checkId }, body, key: systemIds.uuid() })
    }
    expect((await keep(2_000, { echo: 'bad' })).status).toBe(200)
    // Brought late, from before.
    await keep(1_000)
    const read = (day: string) => central.call('seatChecks.list', { token: lead.token, query: { day } })
    expect((await read('2026-11-28')).body.items).toMatchObject([{ accountNo: '2001', at: 2_000, steps: { echo: 'bad' } }])
    await keep(3_000, { echo: 'good' })
    expect((await read('2026-11-28')).body.items).toMatchObject([{ at: 3_000, steps: { echo: 'good' } }])
    expect((await read('2026-11-27')).body.items).toEqual([])
    expect((await central.call('seatChecks.list', { token: one.token, query: { day: '2026-11-28' } })).status).toBe(403)
    expect((await keep(4_000, { echo: 'perhaps' })).status).toBe(422)
  })

  it('whose number somebody showed are in the audit, once however often the seat says so', async () => {
    const central = await start()
    const [one, admin] = [await person(central, '2001', 'intake'), await person(central, '9001', 'admin')]
    const [callId, revealId, key] = [systemIds.uuid(), systemIds.uuid(), systemIds.uuid()]
    const reveal = () =>
      central.call('calls.reveal', { token: one.token, params: { callId, revealId }, body: { at: 1_800_000_000_000 }, key })
    expect((await reveal()).status).toBe(200)
    expect((await reveal()).status).toBe(200)
    const { items } = (await central.call('audit.list', { token: admin.token })).body
    expect((items as { action: string }[]).filter(({ action }) => action === 'call.numberShown')).toMatchObject([
      { accountNo: '2001', subject: callId, detail: { at: 1_800_000_000_000 } },
    ])
  })
})
