import { expect, it } from 'vitest'
import { closingCheckIds } from '#shared/domain/case/closing-checks'
import type { CaseRow } from '#shared/domain/case/row'
import {
  act,
  caseIn,
  citizen,
  dispatching,
  draft,
  get,
  type Person,
  photoBy,
  productReference,
  register,
  staff,
  step,
} from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

onEveryDatabase('who sees a case', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }
  const sees = async (central: TestCentral, who: Person, row: CaseRow) => {
    const list = await central.call('cases.list', { token: who.token })
    const isListed = list.body.items.some(({ caseId }: CaseRow) => caseId === row.caseId)
    const opened = await get(central, who, row.caseId)
    const acted = await act(central, who, row, 'oversee', {})
    const locked = await central.call('cases.lock', { token: who.token, params: { caseId: row.caseId }, body: {} })
    const queues = await central.call('queues.list', { token: who.token })
    const counted = queues.body.items.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
    const answers = [isListed, opened.status === 200, acted.body.code !== 'record/notFound', locked.body.code !== 'record/notFound']
    expect(new Set(answers).size, `${who.role} ${who.accountNo} is answered alike everywhere: ${answers}`).toBe(1)
    if (!isListed) expect(counted, `${who.role} ${who.accountNo} counts what is hidden`).toBe(0)
    await central.call('cases.unlock', { token: who.token, params: { caseId: row.caseId } })
    return isListed
  }

  it('is not the agent whom it names, nor their colleagues at the telephones', async () => {
    const { central, people } = await begin()
    const { body: row } = await register(central, people.lead, draft({ namedAgents: ['2001', '2401'] }))
    const { intake, intake2, monitor, wall, supervisor, collector, department } = people
    for (const who of [intake, intake2, monitor, wall, supervisor, collector, department]) expect(await sees(central, who, row)).toBe(false)
    for (const who of [people.lead, people.dispatcher, people.director]) expect(await sees(central, who, row)).toBe(true)
  })

  it('is the director and the assistant alone when it is sensitive, and they can bring it to its end', async () => {
    const { central, people } = await begin()
    const registered = await register(central, people.intake, draft({ isSensitive: true }))
    let row: CaseRow = registered.body
    const { director, assistant, intake, lead, dispatcher, supervisor, commander } = people
    for (const who of [intake, lead, dispatcher, supervisor, commander]) expect(await sees(central, who, row)).toBe(false)
    expect(await sees(central, assistant, row)).toBe(true)
    const photo = async (who: Person) => ({ photoIds: [await photoBy(central, who)] })
    row = await step(central, director, row, 'orderVerification', { collectorNo: assistant.accountNo })
    row = await step(central, assistant, row, 'reportVerification', { conclusion: 'true', ...(await photo(assistant)) })
    row = await step(central, director, row, 'preFile', { opinion: '属实。' })
    row = await step(central, assistant, row, 'file', { opinion: '立案。' })
    row = await step(central, director, row, 'dispatch', dispatching)
    expect((await get(central, people.department, row.caseId)).body.code).toBe('record/notFound')
    row = await step(central, director, row, 'reportHandled', { opinion: '已办。', ...(await photo(director)) })
    row = await step(central, assistant, row, 'acceptHandling', { opinion: '通过。' })
    row = await step(central, assistant, row, 'orderCheck', { collectorNo: director.accountNo })
    row = await step(central, director, row, 'reportCheck', { solved: true, ...(await photo(director)) })
    row = await step(central, assistant, row, 'followUp', { outcome: 'satisfied' })
    expect(await step(central, assistant, row, 'close', { opinion: '结案。', checklist: closingCheckIds })).toMatchObject({
      state: 'closed',
    })
  })

  it('is told that it is gone when it becomes secret, and nobody else of what happens then', async () => {
    const { central, people } = await begin()
    const origin = await central.listen()
    const row = await caseIn(central, people, 'preFiled')
    const readers = await Promise.all([people.intake, people.director, people.department].map(({ token }) => readEvents(origin, token)))
    const [byIntake, byDirector, byDepartment] = readers
    const secret = await step(central, people.lead, row, 'amend', { facts: { isSensitive: true }, reason: '涉及敏感事项。' })
    const noted = await step(central, people.director, secret, 'addOpinion', { opinion: '我来办。' })
    await byDirector?.find(({ name, payload }) => name === 'case.changed' && payload.row.version === noted.version)
    const marker = await caseIn(central, people, 'reported')
    await byIntake?.find(({ name, payload }) => name === 'case.changed' && payload.row.caseId === marker.caseId)
    expect(byIntake?.events.map(({ name }) => name)).toEqual(['case.hidden', 'case.changed'])
    expect(byDirector?.events.slice(0, 3).map(({ name }) => name)).toEqual(['case.hidden', 'case.changed', 'case.changed'])
    expect(byDepartment?.events).toEqual([])
    for (const reader of readers) reader.close()
  })

  it('is not told of afterwards to somebody who was away when it became secret', async () => {
    const { central, people } = await begin()
    const origin = await central.listen()
    const before = (await central.call('queues.list', { token: people.intake.token })).body.seq
    const row = await caseIn(central, people, 'preFiled', { description: '某坐席态度恶劣。' })
    const named = await step(central, people.lead, row, 'amend', { facts: { namedAgents: ['2001'] }, reason: '投诉到人。' })
    const marker = await caseIn(central, people, 'reported')
    const [byNamed, byLead] = await Promise.all([people.intake, people.lead2].map(({ token }) => readEvents(origin, token, before)))
    for (const reader of [byNamed, byLead]) await reader?.find(({ payload }) => payload.row?.caseId === marker.caseId)
    const about = (events: readonly { name: string; payload: { caseId?: string; row?: CaseRow } }[] = []) =>
      events.filter(({ payload }) => (payload.row?.caseId ?? payload.caseId) === row.caseId).map(({ name }) => name)
    expect(about(byNamed?.events), 'only that it is gone').toEqual(['case.hidden'])
    expect(JSON.stringify(byNamed?.events)).not.toContain('态度恶劣')
    expect(about(byLead?.events)).toEqual(['case.changed', 'case.changed', 'case.hidden', 'case.changed'])
    expect(byLead?.events.at(-2)?.payload.row.version).toBe(named.version)
    for (const reader of [byNamed, byLead]) reader?.close()
  })

  it('is not even mentioned in the history of another, to those who may not see it', async () => {
    const { central, people } = await begin()
    const { body: secret } = await register(central, people.lead, draft({ namedAgents: ['2401'] }))
    const row = await caseIn(central, people, 'filed')
    await step(central, people.dispatcher, row, 'relate', { otherCaseId: secret.caseId })
    const seenBy = async (who: Person) => JSON.stringify((await get(central, who, row.caseId)).body)
    const [byNamed, byDispatcher] = [await seenBy(people.supervisor), await seenBy(people.dispatcher)]
    for (const word of [secret.caseId, secret.caseNo]) {
      expect(byNamed).not.toContain(word)
      expect(byDispatcher).toContain(word)
    }
  })

  it('is told to be gone to the one whom it comes to name, and to the department that no longer has it', async () => {
    const { central, people } = await begin()
    const origin = await central.listen()
    const named = await caseIn(central, people, 'filed')
    const moved = await caseIn(central, people, 'dispatched')
    const readers = await Promise.all([people.supervisor, people.department].map(({ token }) => readEvents(origin, token)))
    const [bySupervisor, byDepartment] = readers
    await step(central, people.lead, named, 'amend', { facts: { namedAgents: ['2401'] }, reason: '投诉到人。' })
    const asked = await step(central, people.department, moved, 'requestSendBack', { reason: '不归我们。' })
    const requestId = asked.request?.requestId ?? ''
    const back = await step(central, people.lead, asked, 'approveRequest', { requestId, opinion: '同意。' })
    await step(central, people.dispatcher, back, 'dispatch', { ...dispatching, departmentCode: '102' })
    const gone = async (reader: typeof bySupervisor) => (await reader?.find(({ name }) => name === 'case.hidden'))?.payload.caseId
    expect([await gone(bySupervisor), await gone(byDepartment)]).toEqual([named.caseId, moved.caseId])
    for (const reader of readers) reader.close()
  })

  it('is beyond the reach of those who may not see it: neither revealed, related, merged into, nor looked into by the one whom it names', async () => {
    const { central, people } = await begin()
    const { intake, lead, supervisor } = people
    const { body: secret } = await register(central, lead, draft({ namedAgents: ['2401', '2951'] }))
    const reveal = { person: 'citizen', reason: '回访' }
    const revealed = await central.call('cases.reveal', { token: intake.token, params: { caseId: secret.caseId }, body: reveal })
    expect(revealed.body.code).toBe('record/notFound')
    const open = await caseIn(central, people, 'reported')
    const merged = await act(central, intake, open, 'mergeDuplicate', { otherCaseId: secret.caseId, reason: '同一件' })
    expect(merged.body.code).toBe('request/invalid')
    const related = await step(central, lead, open, 'relate', { otherCaseId: secret.caseId })
    expect((await get(central, lead, related.caseId)).body.related).toHaveLength(1)
    expect((await get(central, supervisor, related.caseId)).body.related).toEqual([])
    const order = (collectorNo: string) => act(central, lead, secret, 'orderVerification', { collectorNo })
    expect((await order('2951')).body.code).toBe('request/invalid')
    expect((await order('2952')).status).toBe(200)
  })

  it('names a collector to nobody who only has to know what happened', async () => {
    const { central, people } = await begin()
    const reader = await readEvents(await central.listen(), people.lead.token)
    const { body: row } = await register(central, people.intake)
    const ordered = await step(central, people.intake, row, 'orderVerification', { collectorNo: '2951' })
    const photoIds = [await photoBy(central, people.collector)]
    await step(central, people.collector, ordered, 'reportVerification', { conclusion: 'true', photoIds })
    const told = await reader.find(({ payload }) => payload.action === 'reportVerification')
    expect(told.payload.byName).toBe('石***')
    const stale = await act(central, people.supervisor, ordered, 'oversee', { reason: '催办。', dueAt: central.clock.now() })
    expect(stale.body).toMatchObject({ code: 'record/stale', detail: { since: [{ byName: '石***' }] } })
    reader.close()
  })

  it('shows persons masked, and in full only for a reason that is kept', async () => {
    const { central, people } = await begin()
    const photoIds = [await photoBy(central, people.collector)]
    const own = { source: 'collector', hasCitizen: false, wantsReply: false } as const
    const { body: reported } = await register(central, people.collector, draft(own, { photoIds }))
    const nameSeenBy = async (who: Person) => (await get(central, who, reported.caseId)).body.history[0].by.name
    expect([await nameSeenBy(people.lead), await nameSeenBy(people.collector), await nameSeenBy(people.wall)]).toEqual([
      '石2951',
      '石2951',
      '石***',
    ])
    const { body: row } = await register(central, people.intake)
    expect((await get(central, people.lead, row.caseId)).body.citizen).toMatchObject({ name: '王**', number: '139****0826' })
    expect(JSON.stringify((await get(central, people.lead, row.caseId)).body)).not.toContain(citizen.number)
    const reveal = (who: Person, body: object) => central.call('cases.reveal', { token: who.token, params: { caseId: row.caseId }, body })
    expect((await reveal(people.lead, { person: 'citizen', reason: '' })).status).toBe(422)
    expect((await reveal(people.wall, { person: 'citizen', reason: '想看看' })).status).toBe(403)
    expect((await reveal(people.lead, { person: 'citizen', reason: '回访' })).body).toEqual({ name: '王小明', number: '13912340826' })
    expect((await reveal(people.lead, { person: 'reporter', reason: '核对' })).body).toEqual({ name: '测2001', number: '2001' })
    const { body: audit } = await central.call('audit.list', { token: people.director.token, query: { action: 'case.personRevealed' } })
    expect(audit.items).toMatchObject([
      { subject: row.caseId, detail: { person: 'reporter' } },
      { detail: { person: 'citizen', reason: '回访' } },
    ])
    expect(JSON.stringify(audit)).not.toContain(citizen.number)
  })

  it('gives collectors their tasks and tells who is on duty', async () => {
    const { central, people } = await begin()
    const { body: row } = await register(central, people.intake)
    await step(central, people.intake, row, 'orderVerification', { collectorNo: '2951', requirement: '看看是否积水。' })
    const duty = { isOnDuty: true, position: { lng: 126.6, lat: 45.6 } }
    await central.call('collectors.reportDuty', { token: people.collector.token, body: duty })
    await central.call('collectors.reportDuty', { token: people.collector.token, body: { isOnDuty: true, position: null } })
    const { body } = await central.call('collectors.list', { token: people.intake.token })
    expect(body.items.find(({ accountNo }: Person) => accountNo === '2951')).toMatchObject({ ...duty, openTasks: 1, name: '石2951' })
    const masked = await central.call('collectors.list', { token: people.supervisor.token })
    expect(masked.body.items.find(({ accountNo }: Person) => accountNo === '2951').name).toBe('石***')
    const tasks = await central.call('collectors.tasks', { token: people.collector.token })
    expect(tasks.body.items).toMatchObject([{ kind: 'verification', requirement: '看看是否积水。', row: { caseId: row.caseId } }])
    expect((await central.call('collectors.tasks', { token: people.collector2.token })).body.items).toEqual([])
  })
})
