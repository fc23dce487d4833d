import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { urgeLateCases } from '#server/workflows/cases/urge-late'
import { sweep } from '#server/workflows/sweep'
import type { ActionId } from '#shared/domain/case/actions'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { act, caseIn, dispatching, get, type Person, photoBy, productReference, type Staff, staff, step } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { secondProfileFile } from '../../fixtures/second-profile'
import { onEveryDatabase } from './databases'

const opinion = { opinion: '同意。' }
const reason = { reason: '理由充分。' }

onEveryDatabase('requests', (start) => {
  const begin = async (options: Parameters<typeof start>[0] = {}) => {
    const central = await start({ referenceFiles: productReference, ...options })
    return { central, people: await staff(central) }
  }
  const ask = async (central: TestCentral, who: Person, row: CaseRow, action: ActionId, input: ActionInput) => {
    const asked = await step(central, who, row, action, { ...reason, ...input })
    return { asked, requestId: asked.request?.requestId ?? '' }
  }
  const paper = (central: TestCentral, { department }: Staff) => photoBy(central, department, 'application/pdf')

  it('to extend lengthen the limit once granted, up to its cap, and change nothing when refused', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    const first = await ask(central, people.department, row, 'requestExtend', { extraValue: 1 })
    expect(first.asked).toMatchObject({
      state: 'dispatched',
      request: { kind: 'extend', state: 'pending', with: ['shiftLead', 'commander'] },
    })
    const refused = await step(central, people.lead, first.asked, 'refuseRequest', { requestId: first.requestId, ...reason })
    expect(refused).toMatchObject({ request: null, clock: { dueAt: row.clock?.dueAt } })
    const second = await ask(central, people.department, refused, 'requestExtend', { extraValue: 2 })
    const granted = await step(central, people.lead, second.asked, 'approveRequest', { requestId: second.requestId, ...opinion })
    expect(granted.clock?.dueAt).toBeGreaterThan(row.clock?.dueAt ?? 0)
    const third = await act(central, people.department, granted, 'requestExtend', { ...reason, extraValue: 1 })
    expect(third).toMatchObject({ status: 422, body: { code: 'case/extensionTooLong', detail: { most: 0 } } })
  })

  it('to suspend stop the clock until the case goes on', async () => {
    const { central, people } = await begin()
    const limit = { value: 4, unit: 'urgentHour' } as const
    const row = await step(central, people.dispatcher, await caseIn(central, people, 'filed'), 'dispatch', { ...dispatching, limit })
    const input = { reviewOn: '2026-12-01', documentIds: [await paper(central, people)] }
    const { asked, requestId } = await ask(central, people.department, row, 'requestSuspend', input)
    expect((await act(central, people.lead, asked, 'approveRequest', { requestId, ...opinion })).body.code).toBe('case/wrongRole')
    const stopped = await step(central, people.director, asked, 'approveRequest', { requestId, ...opinion })
    expect(stopped).toMatchObject({ state: 'suspended', clock: { of: 'handling', pausedSince: central.clock.now() } })
    await central.clock.advance(3_600_000)
    const resumed = await step(central, people.department, stopped, 'resume', reason)
    expect(resumed.clock).toMatchObject({ pausedSince: null, pausedMs: 3_600_000, dueAt: (row.clock?.dueAt ?? 0) + 3_600_000 })
  })

  it('to send back bring the case to the dispatcher, and the next department’s eyes only', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    const { asked, requestId } = await ask(central, people.department, row, 'requestSendBack', { suggestedDepartmentCode: '102' })
    expect(
      (await act(central, people.department, asked, 'reportHandled', { ...opinion, photoIds: [await photoBy(central, people.department)] }))
        .body.code,
    ).toBe('case/requestPending')
    const back = await step(central, people.lead, asked, 'approveRequest', { requestId, ...opinion })
    expect(back).toMatchObject({ state: 'filed', sentBacks: 1 })
    const again = await step(central, people.dispatcher, back, 'dispatch', { ...dispatching, departmentCode: '102' })
    expect((await get(central, people.department, again.caseId)).body.code).toBe('record/notFound')
    expect((await get(central, people.department2, again.caseId)).status).toBe(200)
  })

  it('to void need two people', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    const { asked, requestId } = await ask(central, people.department, row, 'requestVoid', {})
    expect((await act(central, people.director, asked, 'consentVoid', { requestId, ...opinion })).body.code).toBe('case/wrongRole')
    const reviewed = await step(central, people.lead, asked, 'approveRequest', { requestId, ...opinion })
    expect(reviewed).toMatchObject({ state: 'dispatched', request: { state: 'reviewed', with: ['director', 'assistant'] } })
    expect((await act(central, people.lead, reviewed, 'consentVoid', { requestId, ...opinion })).body.code).toBe('case/wrongRole')
    const voided = await step(central, people.director, reviewed, 'consentVoid', { requestId, ...opinion })
    expect(voided).toMatchObject({ state: 'voided', clock: null })
    expect(await step(central, people.lead, voided, 'reopen', reason)).toMatchObject({ state: 'filed' })
  })

  it('to close without a check go to the shift lead, and can be withdrawn', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    const input = { approvalNote: '已有批复。', documentIds: [await paper(central, people)] }
    const first = await ask(central, people.department, row, 'requestCloseWithoutCheck', input)
    const other = await act(central, people.lead, first.asked, 'withdrawRequest', { requestId: first.requestId })
    expect(other.body.code).toBe('case/notYourRequest')
    const withdrawn = await step(central, people.department, first.asked, 'withdrawRequest', { requestId: first.requestId })
    const second = await ask(central, people.department, withdrawn, 'requestCloseWithoutCheck', input)
    const checked = await step(central, people.lead2, second.asked, 'approveRequest', { requestId: second.requestId, ...opinion })
    expect(checked).toMatchObject({ state: 'checked', isWithoutCheck: true })
    expect(await step(central, people.lead, checked, 'close', opinion)).toMatchObject({ state: 'closed' })
  })

  it('are decided by whom another profile names, and a case stays with the profile it was registered with', async () => {
    const { central, people } = await begin({ referenceFiles: [...productReference, secondProfileFile], profileId: 'second' })
    const row = await caseIn(central, people, 'dispatched')
    const { asked, requestId } = await ask(central, people.department, row, 'requestExtend', { extraValue: 1 })
    expect((await act(central, people.lead, asked, 'approveRequest', { requestId, ...opinion })).body.code).toBe('case/wrongRole')
    const granted = await step(central, people.commander, asked, 'approveRequest', { requestId, ...opinion })
    expect((await act(central, people.department, granted, 'requestExtend', { ...reason, extraValue: 0.5 })).body.code).toBe(
      'case/extensionTooLong',
    )
    const handled = await step(central, people.department, granted, 'reportHandled', {
      ...opinion,
      photoIds: [await photoBy(central, people.department)],
    })
    expect((await act(central, people.supervisor, handled, 'acceptHandling', opinion)).body.code).toBe('case/wrongRole')
    expect(await step(central, people.dispatcher, handled, 'acceptHandling', opinion)).toMatchObject({ state: 'toCheck' })
    const voidAsked = await ask(central, people.lead, await caseIn(central, people, 'filed'), 'requestVoid', {})
    expect(voidAsked.asked.request, 'here the shift lead reviews no void').toMatchObject({ state: 'pending', with: ['commander'] })
  })
})

onEveryDatabase('acting on a case', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }

  it('refuses a stale version and says what changed, but takes a note that was written offline', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    await step(central, people.supervisor, row, 'urge', reason)
    const stale = await act(central, people.department, row, 'requestSendBack', reason)
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'record/stale', detail: { current: row.version + 1, seen: row.version, since: [{ title: '催办', byName: '测2401' }] } },
    })
    expect((await act(central, people.department, row, 'addOpinion', opinion)).body.version).toBe(row.version + 2)
  })

  it('keeps when a note was written at its seat beside when it came, and gives a repeat the first answer', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'dispatched')
    const madeAt = central.clock.now() + 60_000
    await central.clock.advance(2 * 3_600_000)
    const send = (key: string, at: number) => act(central, people.department, row, 'reportArrival', { madeAt: at }, { key })
    const key = systemIds.uuid()
    const [first, again] = [await send(key, madeAt), await send(key, madeAt)]
    expect([first.status, again.body]).toEqual([200, first.body])
    expect((await send(systemIds.uuid(), central.clock.now() + 3_600_000)).status, 'a clock that is ahead').toBe(200)
    const { history } = (await get(central, people.lead, row.caseId)).body
    const arrivals = history.filter(({ action }: { action: string }) => action === 'reportArrival')
    expect(arrivals).toMatchObject([
      { at: central.clock.now(), input: { madeAt } },
      { at: central.clock.now(), input: {} },
    ])
    expect(arrivals[1].input.madeAt).toBeUndefined()
  })

  it('does a keyed request once, however often and closely it is repeated', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'filed')
    const key = systemIds.uuid()
    const answers = await Promise.all([1, 2, 3, 4].map(() => act(central, people.dispatcher, row, 'dispatch', dispatching, { key })))
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: answers[0]?.body })
    expect((await get(central, people.dispatcher, row.caseId)).body.history).toHaveLength(row.version + 1)
  })

  it('lets a step be taken back until somebody whose turn it is has looked', async () => {
    const { central, people } = await begin()
    const undo = (who: Person, row: CaseRow) =>
      central.call('cases.undo', {
        token: who.token,
        key: systemIds.uuid(),
        params: { caseId: row.caseId },
        version: row.version,
        body: {},
      })
    const filed = await caseIn(central, people, 'filed')
    await get(central, people.lead, filed.caseId)
    await get(central, people.dispatcher, filed.caseId, { peek: 'true' })
    expect((await undo(people.lead2, filed)).body.code).toBe('case/undoNotYours')
    const back = await undo(people.lead, filed)
    expect(back).toMatchObject({ status: 200, body: { state: 'preFiled', version: filed.version + 1 } })
    expect((await undo(people.lead, back.body)).body.code).toBe('case/undoNotPossible')
    const again = await step(central, people.lead, back.body, 'file', opinion)
    const before = await step(central, people.lead, (await undo(people.lead, again)).body, 'file', opinion)
    await get(central, people.dispatcher, before.caseId)
    const returned = await step(central, people.dispatcher, before, 'sendBack', reason)
    const unseen = await undo(people.lead, await step(central, people.lead, returned, 'file', opinion))
    expect(unseen.status, 'they saw it before, and not as it is now').toBe(200)
    const seen = await step(central, people.lead, unseen.body, 'file', opinion)
    await get(central, people.dispatcher, seen.caseId)
    expect((await undo(people.lead, seen)).body).toMatchObject({ code: 'case/undoSeen', detail: { name: '测2301' } })
    const sent = await step(central, people.dispatcher, seen, 'dispatch', dispatching)
    await central.clock.advance(11_000)
    expect((await undo(people.dispatcher, sent)).body.code).toBe('case/undoTooLate')
  })

  it('lets no step be taken back that a collector has on their list, or whoever decides has opened', async () => {
    const { central, people } = await begin()
    const undo = (who: Person, { caseId, version }: CaseRow) =>
      central.call('cases.undo', { token: who.token, key: systemIds.uuid(), params: { caseId }, version, body: {} })
    const order = async () =>
      step(central, people.intake, await caseIn(central, people, 'reported'), 'orderVerification', { collectorNo: '2951' })
    expect((await undo(people.intake, await order())).status, 'nobody has looked').toBe(200)
    const ordered = await order()
    await central.call('collectors.tasks', { token: people.collector.token })
    expect((await undo(people.intake, ordered)).body).toMatchObject({ code: 'case/undoSeen', detail: { name: '石2951' } })
    const asked = await step(central, people.dispatcher, await caseIn(central, people, 'filed'), 'requestVoid', reason)
    const reviewed = await step(central, people.lead, asked, 'approveRequest', { requestId: asked.request?.requestId ?? '', ...opinion })
    await get(central, people.director, reviewed.caseId)
    expect((await undo(people.lead, reviewed)).body).toMatchObject({ code: 'case/undoSeen', detail: { name: '测2803' } })
  })

  it('keeps one editor at a time, until the lock ends, is given back or taken over', async () => {
    const { central, people } = await begin()
    const row = await caseIn(central, people, 'reported')
    const params = { caseId: row.caseId }
    const lock = (who: Person, body: object = {}) => central.call('cases.lock', { token: who.token, params, body })
    expect((await lock(people.intake)).body).toMatchObject({ accountNo: '2001', until: central.clock.now() + 300_000 })
    expect(await lock(people.intake2)).toMatchObject({
      status: 423,
      body: { code: 'case/locked', detail: { name: '测2001', until: '09:05' } },
    })
    expect((await act(central, people.intake2, row, 'preFile', opinion)).body.code).toBe('case/locked')
    expect((await lock(people.intake2, { takeOver: true })).body.code).toBe('case/locked')
    expect((await lock(people.lead, { takeOver: true })).status).toBe(200)
    expect((await get(central, people.intake, row.caseId)).body.lock).toMatchObject({ accountNo: '2101' })
    await central.call('cases.unlock', { token: people.lead.token, params })
    await lock(people.intake)
    await central.clock.advance(300_000)
    expect((await lock(people.intake2)).status).toBe(200)
    const moved = await step(central, people.intake2, row, 'preFile', opinion)
    expect((await get(central, people.lead, moved.caseId)).body.lock, 'whoever hands it on is done').toBeNull()
  })

  it('urges a late department by itself, once in a round', async () => {
    const { central, people } = await begin()
    const limit = { value: 4, unit: 'urgentHour' } as const
    const row = await caseIn(central, people, 'filed')
    const sent = await step(central, people.dispatcher, row, 'dispatch', { ...dispatching, limit })
    const { services } = central.central
    const urges = async () => (await get(central, people.lead, row.caseId)).body.row.urges
    const sweepAfter = (ms: number) => sweep({ ...services, clock: { ...central.clock, now: () => sent.enteredAt + ms } })
    await sweepAfter(3 * 3_600_000 - 1)
    expect(await urges()).toBe(0)
    await Promise.all([sweepAfter(3 * 3_600_000), sweepAfter(3 * 3_600_000 + 1)])
    await sweepAfter(4 * 3_600_000)
    expect(await urges()).toBe(1)
    const { body } = await get(central, people.lead, row.caseId)
    expect(body.history.at(-1)).toMatchObject({ action: 'urge', by: { accountNo: 'system', name: '系统' }, input: { method: 'platform' } })
  })

  it('urges past cases that have no usable profile', async () => {
    const { central, people } = await begin()
    const { services } = central.central
    const late: CaseRow[] = []
    for (const value of [4, 5, 6]) {
      const row = await caseIn(central, people, 'filed')
      late.push(await step(central, people.dispatcher, row, 'dispatch', { ...dispatching, limit: { value, unit: 'urgentHour' } }))
    }
    const [first, second, usable] = late.map(({ caseId }) => caseId)
    const lost = [first ?? '', second ?? '']
    await services.db.updateTable('case_record').set({ profile_id: 'gone' }).where('case_id', 'in', lost).execute()
    await urgeLateCases({ ...services, clock: { ...central.clock, now: () => central.clock.now() + 10 * 3_600_000 } }, 1)
    expect((await get(central, people.lead, usable ?? '')).body.row.urges).toBe(1)
  })
})
