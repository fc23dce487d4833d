/** The shift at the centre: sealed entries, roster and who may sit down beside it, requests, handover steps, attendance, search. */
import { sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { mayReadAttachment } from '#server/workflows/attachments/access'
import type { ReferenceFile } from '#server/workflows/reference'
import { type Canonical, canonicalText } from '#shared/base/canonical'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { stepText } from '#shared/domain/shift/handover'
import { createLogSeat, type LogSeat, proving } from '../../fakes/log-seat'
import { accountNoOf, morning, password, type TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const uuid = () => systemIds.uuid()
const patterns: readonly ReferenceFile[] = [
  {
    id: 'common',
    origin: 'product',
    document: {
      kind: 'shiftPatterns',
      title: '班次',
      patterns: [
        {
          ...{ id: 'twoShift', name: '两班制', source: 'S1', isCertain: true },
          shifts: [
            { id: 'morning', name: '上午班', start: '07:00', end: '13:00' },
            { id: 'afternoon', name: '下午班', start: '13:00', end: '19:00' },
          ],
        },
      ],
    },
  },
]

/** A seat whose entries are written by one account, as the seat's core would send them. */
function seatOf(central: TestCentral, token: string, seatNo: string, accountNo: string) {
  const seat = createLogSeat(seatNo, 0, () => ({ entryId: uuid(), authorNo: accountNo, authorName: '原来的名字' }))
  const register = () =>
    central.call('seatKeys.register', { token, params: { keyId: seat.key.keyId }, body: { publicKey: seat.key.publicKey } })
  const send = ({ words, seal }: SealedEntry, change: object = {}) => {
    const { entryId, kind, text, shiftId, writtenAt, origin, corrects, links, authorName } = words
    const body = { entryId, kind, text, shiftId, writtenAt, origin, corrects, links, authorName, seal, ...change }
    return central.call('dutyLog.append', { token, key: uuid(), body })
  }
  return { seat, register, send }
}

function stepOf(seat: LogSeat, accountNo: string, words: object, more: object = {}) {
  const by = { accountNo, name: '甲', role: 'shiftLead' }
  const step = {
    stepId: uuid(),
    handoverId: uuid(),
    by,
    seatNo: seat.key.seatNo,
    at: morning,
    stamp: { ms: morning, count: 0 },
    words,
    ...more,
    keyId: seat.key.keyId,
  }
  const text = stepText(proving.sha256(canonicalText(step as unknown as Canonical)))
  return { ...step, signature: sign(null, Buffer.from(text, 'utf8'), seat.privateKey).toString('base64') }
}

onEveryDatabase('the shift', (start) => {
  it('takes in what a seat sealed as it was sealed, proves it, and names what somebody changed in the database', async () => {
    const central = await start()
    const { token } = await central.signIn('intake', '02')
    const { seat, register, send } = seatOf(central, token, '02', accountNoOf('intake'))
    expect((await send(seat.write(morning, '没有登记密钥'))).body.code).toBe('dutyLog/sealBroken')
    expect((await register()).status).toBe(200)
    expect((await register()).status).toBe(200)
    for (const row of [...seat.written, seat.write(morning + 1, '采集员 2 人支援联盟街道'), seat.write(morning + 2, '区里调阅友协画面')]) {
      expect(await send(row)).toMatchObject({ status: 201, body: { seatNo: '02', authorName: '原来的名字', seal: row.seal } })
    }
    expect((await send(seat.write(morning + 3, '四'), { text: '改过' })).body.code).toBe('dutyLog/sealBroken')
    expect((await send(seat.written[3] as SealedEntry, { authorName: '别人' })).body.code).toBe('dutyLog/sealBroken')
    expect((await send(seat.written[3] as SealedEntry)).status).toBe(201)
    const proof = async () => (await central.call('dutyLog.verify', { token })).body
    expect(await proof()).toMatchObject({ unsealed: 0, proofs: [{ seatNo: '02', entries: 4, findings: [] }] })
    const { db } = central.central.services
    await db
      .updateTable('duty_log_entry')
      .set({ text: '没有支援' })
      .where('entry_id', '=', seat.written[1]?.words.entryId ?? '')
      .execute()
    expect((await proof()).proofs[0].findings).toMatchObject([{ kind: 'tampered', position: 2 }])
  })

  it('finds words of the log over the years, newest first, page by page', async () => {
    const central = await start()
    const { token } = await central.signIn('intake')
    for (let i = 0; i < 5; i++) {
      const body = {
        entryId: uuid(),
        kind: i % 2 ? 'event' : 'visitor',
        text: `联盟大街井盖缺失 第${i}次`,
        shiftId: null,
        writtenAt: morning - i * 1000,
      }
      await central.call('dutyLog.append', { token, key: uuid(), body })
    }
    await central.call('dutyLog.append', {
      token,
      key: uuid(),
      body: { entryId: uuid(), kind: 'event', text: '渤海三路积水', shiftId: null, writtenAt: morning },
    })
    const search = async (query: Record<string, string>) => (await central.call('dutyLog.search', { token, query })).body
    const first = await search({ q: '井盖', limit: '3' })
    expect(first.items.map(({ text }: { text: string }) => text.at(-2))).toEqual(['0', '1', '2'])
    const rest = await search({ q: '井盖', limit: '3', after: first.next })
    expect([rest.items.length, rest.next]).toEqual([2, null])
    expect((await search({ q: '井盖', kind: 'event' })).items).toHaveLength(2)
    expect((await search({ q: '盖井' })).items).toEqual([])
    const texts = async (query: Record<string, string>) => (await search(query)).items.map(({ text }: { text: string }) => text.at(-2))
    expect(await texts({ kind: 'visitor' })).toEqual(['0', '2', '4'])
    expect(await texts({ q: '井盖', from: String(morning - 3000), until: String(morning) })).toEqual(['1', '2', '3'])
    expect(await texts({ from: String(morning - 3000), until: String(morning - 1000) })).toEqual(['2', '3'])
    expect((await search({ authorNo: '0999' })).items).toEqual([])
    expect((await search({ q: '井盖', origin: 'person' })).items).toHaveLength(5)
    expect((await search({ q: '井盖', origin: 'automatic' })).items).toEqual([])
  })

  it('keeps a photo that an entry of its uploader points at for every reader of the log, and nobody else’s for anybody', async () => {
    const central = await start()
    const { db } = central.central.services
    const intake = await central.signIn('intake', '02')
    const dispatcher = await central.signIn('dispatcher', '03')
    const { accountId } = await db
      .selectFrom('account')
      .select('account_id as accountId')
      .where('account_no', '=', accountNoOf('intake'))
      .executeTakeFirstOrThrow()
    const record = { accountId, accountNo: accountNoOf('intake'), role: 'intake' as const, name: '林小燕', seatNo: '02' }
    const photo = { attachmentId: uuid(), caseId: null, uploaderId: record.accountId, uploaderNo: record.accountNo }
    const reader = { ...record, accountId: uuid(), accountNo: accountNoOf('dispatcher'), role: 'dispatcher' as const }
    const may = (actor: object) => mayReadAttachment(central.central.services, db, actor as never, photo)
    const point = (token: string) =>
      central.call('dutyLog.append', {
        token,
        key: uuid(),
        body: {
          ...{ entryId: uuid(), kind: 'event', text: '见照片', shiftId: null, writtenAt: morning },
          links: [{ to: 'attachment', id: photo.attachmentId, label: '现场.jpg' }],
        },
      })
    expect([await may(record), await may(reader)]).toEqual([true, false])
    expect((await point(dispatcher.token)).status).toBe(201)
    expect(await may(reader), 'pointing at another’s photo opens nothing').toBe(false)
    expect((await point(intake.token)).status).toBe(201)
    expect([await may(reader), await may({ ...reader, role: 'presenter' })]).toEqual([true, false])
  })

  it('gives a month out whole with what proves it, so that it can be checked elsewhere', async () => {
    const central = await start()
    const { token } = await central.signIn('intake', '02')
    const { seat, register, send } = seatOf(central, token, '02', accountNoOf('intake'))
    await register()
    const [lastOfMonth, firstOfNext] = [Date.parse('2026-10-31T23:59:00+08:00'), Date.parse('2026-11-01T00:01:00+08:00')]
    for (const at of [lastOfMonth - 1000, lastOfMonth, firstOfNext, morning])
      expect((await send(seat.write(at, `写于 ${at}`))).status).toBe(201)
    const archive = async (month: string) => (await central.call('dutyLog.archive', { token, query: { month } })).body
    const november = await archive('2026-11')
    expect(november.entries.map(({ writtenAt }: { writtenAt: number }) => writtenAt)).toEqual([firstOfNext, morning])
    expect(november).toMatchObject({
      unsealed: 0,
      starts: [{ position: 2 }],
      proofs: [{ entries: 2, findings: [], last: { position: 4 } }],
    })
    const { db } = central.central.services
    await db
      .deleteFrom('duty_log_seal')
      .where('entry_id', '=', seat.written[2]?.words.entryId ?? '')
      .execute()
    expect((await archive('2026-10')).proofs[0].findings).toEqual([])
    expect((await archive('2026-11')).unsealed).toBe(1)
    expect((await archive('2026-12')).entries).toEqual([])
  })

  it('lets nobody sit down outside their shift without the lead, and anybody while there is no roster', async () => {
    const central = await start({ referenceFiles: patterns })
    const lead = await central.tokenFor('shiftLead')
    const signIn = (role: 'intake' | 'dispatcher' | 'shiftLead', seatNo = '01') =>
      central.call('sessions.open', { body: { accountNo: accountNoOf(role), password, seatNo, role } })
    expect((await signIn('intake')).status).toBe(201)
    const line = (role: string, ruleIds: string[]) => ({
      accountNo: accountNoOf(role as 'intake'),
      name: role,
      role,
      date: '2026-11-21',
      ruleIds,
    })
    const write = (lines: object[]) =>
      central.call('roster.write', { token: lead, body: { from: '2026-11-21', until: '2026-11-21', lines } })
    expect((await write([line('intake', ['night'])])).body.code).toBe('roster/unfit')
    expect((await write([line('intake', ['afternoon']), line('dispatcher', ['morning'])])).body.faults).toHaveLength(2)
    expect(await signIn('intake')).toMatchObject({ status: 403, body: { code: 'shift/notOnDuty' } })
    expect((await signIn('dispatcher', '02')).status).toBe(201)
    expect((await signIn('shiftLead', '03')).status).toBe(201)
    const until = morning + 3_600_000
    const admit = (token: string) =>
      central.call('admissions.create', { token, key: uuid(), body: { accountNo: accountNoOf('intake'), until, reason: '顶班' } })
    expect((await admit(await central.tokenFor('intake'))).status).toBe(403)
    expect((await admit(await central.tokenFor('shiftLead'))).status).toBe(201)
    expect((await signIn('intake')).status).toBe(201)
    await central.clock.advance(3_600_001)
    expect((await signIn('intake')).body.code).toBe('shift/notOnDuty')
  })

  it('passes a swap through everybody it needs, and changes the roster with the last consent alone', async () => {
    const central = await start({ referenceFiles: patterns })
    const [asker, other, lead, assistant] = await Promise.all(
      (['intake', 'dispatcher', 'shiftLead', 'assistant'] as const).map((role) => central.tokenFor(role)),
    )
    const lines = [
      { accountNo: accountNoOf('intake'), name: '甲', role: 'intake', date: '2026-11-22', ruleIds: ['morning'] },
      { accountNo: accountNoOf('dispatcher'), name: '乙', role: 'intake', date: '2026-11-23', ruleIds: ['morning'] },
    ]
    await central.call('roster.write', { token: lead, body: { from: '2026-11-22', until: '2026-11-23', lines } })
    const swap = {
      kind: 'swap',
      date: '2026-11-22',
      withNo: accountNoOf('dispatcher'),
      withName: '乙',
      inReturn: '2026-11-23',
      reason: '家事',
    }
    expect(
      (await central.call('shiftRequests.ask', { token: asker, key: uuid(), body: { request: { ...swap, date: '2026-11-24' } } })).body
        .code,
    ).toBe('shiftRequest/noDuty')
    const { requestId } = (await central.call('shiftRequests.ask', { token: asker, key: uuid(), body: { request: swap } })).body
    const answer = (token: string | undefined) =>
      central.call('shiftRequests.answer', { token, params: { requestId }, body: { did: 'agreed', note: '' } })
    const people = async () =>
      (await central.call('roster.read', { token: asker, query: { from: '2026-11-22', until: '2026-11-23' } })).body.lines.map(
        (one: { accountNo: string }) => one.accountNo,
      )
    expect((await answer(lead)).body.code).toBe('shiftRequest/notYours')
    for (const token of [other, lead]) expect((await answer(token)).status).toBe(200)
    expect(await people()).toEqual([accountNoOf('intake'), accountNoOf('dispatcher')])
    expect((await answer(assistant)).status).toBe(200)
    expect(await people()).toEqual([accountNoOf('dispatcher'), accountNoOf('intake')])
    const off = { kind: 'leave', leave: 'compensatory', dates: ['2026-11-25'], isTold: false, proof: null, reason: '调休' }
    expect((await central.call('shiftRequests.ask', { token: asker, key: uuid(), body: { request: off } })).body.code).toBe(
      'shiftRequest/noBalance',
    )
  })

  it('takes steps of a handover that a seat signed for its person, and tells every post', async () => {
    const central = await start()
    const { token } = await central.signIn('shiftLead', '01')
    const { seat, register } = seatOf(central, token, '01', accountNoOf('shiftLead'))
    await register()
    const send = (step: ReturnType<typeof stepOf>) =>
      central.call('handovers.step', { token, key: uuid(), params: { handoverId: step.handoverId }, body: step })
    const step = stepOf(seat, accountNoOf('shiftLead'), { did: 'judge', judgement: '先盯排水', focus: '', reminder: '' })
    expect((await send(step)).status).toBe(201)
    expect((await send({ ...step, words: { ...step.words, judgement: '别的' } })).body.code).toBe('handover/unsigned')
    expect((await send(stepOf(seat, accountNoOf('dispatcher'), { did: 'seal', digest: 'a'.repeat(64) }))).body.code).toBe(
      'handover/notYours',
    )
    const accepted = stepOf(seat, accountNoOf('dispatcher'), { did: 'accept', digest: 'a'.repeat(64), via: 'sameSeat', code: null })
    expect((await send(accepted)).status).toBe(201)
    const list = await central.call('handovers.list', { token, query: { from: String(morning - 1) } })
    expect(list.body.steps).toHaveLength(2)
    expect(list.body.steps).toContainEqual(step)
    const vouch = (word: string) =>
      central.call('handovers.vouch', {
        token,
        params: { handoverId: uuid() },
        body: { accountNo: accountNoOf('dispatcher'), password: word },
      })
    expect(await vouch(password)).toMatchObject({ status: 200, body: { name: '测试dispatcher' } })
    expect((await vouch('wrong')).body.code).toBe('auth/wrongPassword')
  })

  it('works attendance out of sessions, shows others to those who answer for the roster alone, and keeps what the lead put right', async () => {
    const central = await start({ referenceFiles: patterns })
    const lead = await central.tokenFor('shiftLead')
    const line = (role: 'intake' | 'dispatcher') => ({
      accountNo: accountNoOf(role),
      name: role,
      role,
      date: '2026-11-21',
      ruleIds: ['morning'],
    })
    await central.call('roster.write', {
      token: lead,
      body: { from: '2026-11-21', until: '2026-11-21', lines: [line('intake'), line('dispatcher')] },
    })
    const { token } = await central.signIn('intake')
    await central.clock.advance(5 * 3_600_000)
    const fresh = await central.tokenFor('shiftLead')
    const read = async (who: string) =>
      (await central.call('attendance.read', { token: who, query: { from: '2026-11-21', until: '2026-11-21' } })).body
    const verdicts = (body: { lines: { name: string; verdict: string }[] }) => body.lines.map(({ name, verdict }) => `${name} ${verdict}`)
    expect(verdicts(await read(fresh))).toEqual(['intake absentHalf', 'dispatcher absent'])
    expect(token).toBeDefined()
    expect(verdicts(await read(await central.tokenFor('intake')))).toEqual(['intake absentHalf'])
    const correct = (accountNo: string) =>
      central.call('attendance.correct', {
        token: fresh,
        key: uuid(),
        body: { accountNo, shiftId: '2026-11-21/morning', verdict: 'present', reason: '外出核查' },
      })
    expect((await correct(accountNoOf('shiftLead'))).body.code).toBe('attendance/own')
    expect((await correct(accountNoOf('dispatcher'))).status).toBe(201)
    const after = await read(fresh)
    expect(verdicts(after)).toEqual(['intake absentHalf', 'dispatcher present'])
    expect(after.rows.find(({ name }: { name: string }) => name === 'dispatcher')).toMatchObject({ duties: 1, present: 1, corrected: 1 })
  })
})
