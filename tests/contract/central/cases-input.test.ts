import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { chinaDate } from '#shared/base/china-time'
import { act, caseIn, dispatching, draft, fromCamera, get, productReference, register, staff, step } from '../../fixtures/cases'
import { morning } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { standardProfile } from '../../fixtures/profiles'
import { onEveryDatabase } from './databases'

onEveryDatabase('registering a case', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }

  it('numbers cases by China day, without gaps, however many come at once', async () => {
    const { central, people } = await begin()
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => register(central, people.intake)))
    const bad = await register(central, people.intake, draft({ subclassCode: '99999' }))
    expect(bad.status).toBe(422)
    answers.push(await register(central, people.intake))
    expect(answers.map(({ body }) => body.caseNo).sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `20261121-000${number}`))
    const late = await register(central, people.intake, draft({}, { registeredAt: morning - 10 * 3_600_000 }))
    expect(late.body, 'written down offline the evening before').toMatchObject({
      caseNo: '20261120-0001',
      beganAt: morning - 10 * 3_600_000,
    })
  })

  it('registers each id and each key once', async () => {
    const { central, people } = await begin()
    const body = draft()
    const request = { token: people.intake.token, key: systemIds.uuid(), body }
    const [first, second] = await Promise.all([central.call('cases.register', request), central.call('cases.register', request)])
    expect(second.body).toEqual(first.body)
    expect((await register(central, people.intake, body)).body.code).toBe('record/exists')
  })

  it('knows a code of another edition and says what became of it', async () => {
    const { central, people } = await begin()
    const old = await register(central, people.intake, draft({ subclassCode: '0604' }))
    expect(old).toMatchObject({ status: 422, body: { code: 'case/codeUnknown' } })
    expect(old.body.title).toContain('GB/T 30428.2-2013')
    expect((await register(central, people.intake, draft({ standard: 'GB 1' }))).body.code).toBe('case/codeUnknown')
    for (const place of [
      { streetCode: '230108999' },
      { communityCode: '230108004999' },
      { gridCode: '230108001001000' },
      { componentCode: '2301080100100000' },
    ]) {
      const refused = await register(central, people.intake, draft({ ...place }))
      expect(refused.body.code, JSON.stringify(place)).toBe('case/placeUnknown')
    }
    expect((await register(central, people.intake, draft({ subclassCode: '', standard: '' }))).status, 'may be classified later').toBe(201)
  })

  it('asks for a number to call back, and for a photo from the field', async () => {
    const { central, people } = await begin()
    expect((await register(central, people.intake, draft({}, { citizen: null }))).body.code).toBe('case/citizenMissing')
    expect((await register(central, people.intake, draft({ mayNotBeCalled: true }, { citizen: null }))).status).toBe(201)
    const own = { source: 'collector', hasCitizen: false, wantsReply: false } as const
    expect((await register(central, people.collector, draft(own))).body.code).toBe('case/photosMissing')
  })

  it('keeps text as text, whatever it looks like, and refuses a megabyte in words', async () => {
    const { central, people } = await begin()
    const nasty = '<img src=x onerror=alert(1)>\n=HYPERLINK("http://x")\n\u202Egnp.exe\n\'; drop table case_record; --\n𠮷🚧'
    const { body: row } = await register(central, people.intake, draft({ description: nasty, address: '=1+1 <b>' }))
    const { body } = await get(central, people.intake, row.caseId)
    expect(body.beginning.facts).toMatchObject({ description: nasty, address: '=1+1 <b>' })
    const filed = await caseIn(central, people, 'filed')
    const noted = await step(central, people.dispatcher, filed, 'addOpinion', { opinion: nasty })
    expect((await get(central, people.lead, noted.caseId)).body.history.at(-1).input.opinion).toBe(nasty)
    const count = async () => (await central.central.services.db.selectFrom('case_record').selectAll().execute()).length
    const before = await count()
    const huge = await register(central, people.intake, draft({ description: '长'.repeat(350_000) }))
    expect(huge).toMatchObject({ status: 413, body: { code: 'request/tooLarge' } })
    expect((await register(central, people.intake, draft({ description: '长'.repeat(5_001) }))).body.code).toBe('request/invalid')
    expect((await act(central, people.dispatcher, noted, 'addOpinion', { opinion: 'x'.repeat(1_048_576) })).status).toBe(413)
    expect(await count()).toBe(before)
  })

  it('refuses departments, collectors and cases that there are not', async () => {
    const { central, people } = await begin()
    const filed = await caseIn(central, people, 'filed')
    expect((await act(central, people.dispatcher, filed, 'dispatch', { ...dispatching, departmentCode: '777' })).body.code).toBe(
      'request/invalid',
    )
    const row = await caseIn(central, people, 'reported')
    for (const collectorNo of ['7777', '2001']) {
      expect((await act(central, people.intake, row, 'orderVerification', { collectorNo })).body.code).toBe('request/invalid')
    }
    const other = { otherCaseId: row.caseId, reason: '同一件' }
    expect((await act(central, people.intake, row, 'mergeDuplicate', other)).body.code).toBe('case/sameAsOther')
    const merged = await step(central, people.intake, row, 'mergeDuplicate', { ...other, otherCaseId: filed.caseId })
    const { body } = await get(central, people.lead, filed.caseId)
    expect(body.related).toMatchObject([{ caseId: merged.caseId, state: 'merged' }])
    const sent = await step(central, people.dispatcher, filed, 'dispatch', { ...dispatching, departmentName: '假冒部门' })
    expect(sent.departmentName).not.toBe('假冒部门')
  })

  it('is merged only into one that is still worked on, also when two are merged into each other at once', async () => {
    const { central, people } = await begin()
    const [first, second, answered] = [
      await caseIn(central, people, 'reported'),
      await caseIn(central, people, 'reported'),
      await caseIn(central, people, 'reported'),
    ]
    await step(central, people.intake, answered, 'replyOnly', { answer: '已答复。' })
    const merge = (row: typeof first, into: typeof first) =>
      act(central, people.intake, row, 'mergeDuplicate', { otherCaseId: into.caseId, reason: '同一件' })
    expect(await merge(first, answered)).toMatchObject({ status: 409, body: { code: 'case/otherEnded', detail: { state: '已答复' } } })
    const both = await Promise.all([merge(first, second), merge(second, first)])
    expect(both.map(({ status }) => status).sort(), 'one of them stays to be worked on').toEqual([200, 409])
    expect(
      (await act(central, people.intake, first, 'relate', { otherCaseId: answered.caseId })).body.code,
      'the ended may be related',
    ).not.toBe('case/otherEnded')
  })

  it('lists by filters and pages, and urgent ones come with a short way', async () => {
    const { central, people } = await begin()
    const { body: urgent } = await register(central, people.intake, draft(fromCamera({ isUrgent: true })))
    await caseIn(central, people, 'filed')
    const list = async (query: Record<string, string>) => (await central.call('cases.list', { token: people.lead.token, query })).body
    expect((await list({ isUrgent: 'true' })).items).toMatchObject([{ caseId: urgent.caseId }])
    expect((await list({ queue: 'emergencies' })).items).toHaveLength(1)
    expect((await list({ isOpen: 'false' })).items).toEqual([])
    const first = await list({ limit: '1' })
    const second = await list({ limit: '1', after: first.next })
    expect([first.items[0].caseId, second.items[0].caseId, second.next].filter((id) => id === urgent.caseId)).toHaveLength(1)
    expect(second.next).toBeNull()
    expect((await list({ states: 'nowhere' })).code).toBe('request/invalid')
    expect(await step(central, people.intake, urgent, 'fileUrgent', { opinion: '塌陷。' })).toMatchObject({ state: 'filed' })
  })
})

onEveryDatabase('reference data of a city', (start) => {
  it('is saved against what was seen; a profile is checked whole and cases keep theirs', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const token = await central.tokenFor('admin')
    const save = (document: object, seenHash: string | null, id = 'standard', kind = 'centreProfile') =>
      central.call('reference.save', { token, key: systemIds.uuid(), params: { kind, id }, body: { document, seenHash } })
    const row = await caseIn(central, people, 'filed')
    const { body: known } = await central.call('reference.get', { token, params: { kind: 'centreProfile', id: 'standard' } })
    const changed = { ...known.document, undoSeconds: 0, authority: { ...known.document.authority, voidConsent: ['director'] } }
    expect((await save(changed, 'old')).body.code).toBe('record/stale')
    expect((await save(changed, null)).body.code).toBe('record/stale')
    const both = { ...changed, authority: { ...changed.authority, voidReview: ['director'] } }
    expect(await save(both, known.entry.hash)).toMatchObject({ status: 422, body: { code: 'profile/unusable' } })
    expect((await save({ ...changed, undoSeconds: 'x' }, known.entry.hash)).body.title).toContain('undoSeconds')
    expect((await save({ ...known.document, kind: 'handbook' }, null, 'new', 'handbook')).body.code).toBe('request/invalid')
    expect((await save(changed, known.entry.hash)).body).toMatchObject({ kind: 'centreProfile', id: 'standard', origin: 'city' })
    const keptId = (await get(central, people.lead, row.caseId)).body.profileId
    const { body: kept } = await central.call('reference.get', { token, params: { kind: 'centreProfile', id: keptId } })
    expect(kept.document).toMatchObject({ undoSeconds: standardProfile.undoSeconds, profileId: keptId })
    const asked = await step(central, people.dispatcher, row, 'requestVoid', { reason: '重复。' })
    const reviewed = await step(central, people.lead, asked, 'approveRequest', {
      requestId: asked.request?.requestId ?? '',
      opinion: '同意。',
    })
    expect(reviewed.request?.with, 'as when it was registered').toEqual(['director', 'assistant'])
    const later = await caseIn(central, people, 'reported')
    expect((await get(central, people.lead, later.caseId)).body.profileId).toBe('standard')
  })

  it('measures the open cases anew by a calendar that is entered at a seat, and tells those who hold them', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const token = await central.tokenFor('admin')
    const limit = { value: 30, unit: 'workingDay' } as const
    const [sent, untouched] = [
      await step(central, people.dispatcher, await caseIn(central, people, 'filed'), 'dispatch', { ...dispatching, limit }),
      await caseIn(central, people, 'dispatched'),
    ]
    expect(sent.clock && chinaDate(sent.clock.dueAt), 'New Year’s Day is a Friday like any other as long as nobody said so').toBe(
      '2027-01-01',
    )
    const { body: known } = await central.call('reference.get', { token, params: { kind: 'calendar', id: '2026' } })
    const document = {
      ...known.document,
      year: 2027,
      title: '2027 年工作日历',
      holidays: [{ date: '2027-01-01', name: '元旦' }],
      shiftedWorkingDays: [],
    }
    const reader = await readEvents(await central.listen(), people.lead.token)
    const save = (changed: object) =>
      central.call('reference.save', {
        ...{ token, key: systemIds.uuid(), params: { kind: 'calendar', id: '2027' } },
        body: { document: changed, seenHash: null },
      })
    const twice = await save({ ...document, holidays: [...document.holidays, ...document.holidays] })
    expect(twice).toMatchObject({
      status: 422,
      body: { code: 'reference/unusable', title: expect.stringContaining('2027-01-01 写了两次') },
    })
    expect((await save({ ...document, year: 2028, holidays: [] })).body.title).toContain('2027 须与年份 2028 相同')
    expect((await save(document)).body).toMatchObject({ kind: 'calendar', id: '2027', origin: 'city' })
    expect((await save(document)).body.code, 'somebody else entered it first').toBe('record/stale')
    const { body } = await get(central, people.lead, sent.caseId)
    expect(chinaDate(body.row.clock.dueAt)).toBe('2027-01-04')
    expect(body.row.version, 'nothing was done to the case').toBe(sent.version)
    await reader.find(({ name }) => name === 'reference.changed')
    const told = reader.events.filter(({ name }) => name === 'case.changed').map(({ payload }) => payload.row)
    expect(told).toEqual([body.row])
    expect((await get(central, people.lead, untouched.caseId)).body.row).toEqual(untouched)
    reader.close()
  })

  it('tells a department’s operator of their department', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    const body = { accountNo: '7001', name: '操作员', roles: ['departmentOperator'], departmentCode: '101', password: 'first-password' }
    const { body: account } = await central.call('accounts.create', { token, key: systemIds.uuid(), body })
    expect(account.departmentCode).toBe('101')
    const signIn = { accountNo: '7001', password: 'first-password', seatNo: '01' }
    const { body: opened } = await central.call('sessions.open', { body: signIn })
    expect(opened.me.departmentCode).toBe('101')
    const moved = { token, key: systemIds.uuid(), version: 1, params: { accountId: account.accountId }, body: { departmentCode: '102' } }
    expect((await central.call('accounts.update', moved)).body.departmentCode).toBe('102')
    const old = await central.call('me.get', { token: opened.tokens.accessToken })
    expect(old.status, 'the old department’s session is over').toBe(401)
    const { body: again } = await central.call('sessions.open', { body: signIn })
    expect((await central.call('me.get', { token: again.tokens.accessToken })).body.departmentCode).toBe('102')
  })
})
