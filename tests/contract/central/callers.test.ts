import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CallerCase } from '#shared/contracts/caller-shapes'
import type { CaseRow } from '#shared/domain/case/row'
import { callRecordOf } from '../../fixtures/calls'
import { citizen, draft, type Person, productReference, register, staff } from '../../fixtures/cases'
import { morning, type TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const number = '+8613912340826'

onEveryDatabase('callers', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }
  const lookUp = async (central: TestCentral, who: Person, dialled = number, callId = systemIds.uuid()) =>
    (await central.call('callers.lookUp', { token: who.token, body: { callId, number: dialled } })).body
  const ids = (rows: readonly Pick<CaseRow, 'caseId'>[]) => rows.map(({ caseId }) => caseId)

  it('are known by their line however it was written, with their cases, calls and the last follow-up', async () => {
    const { central, people } = await begin()
    const first = (await register(central, people.intake, draft({}, { registeredAt: morning - 7_200_000 }))).body
    const written = draft({}, { citizen: { ...citizen, number: '139-1234 0826' }, registeredAt: morning - 3_600_000 })
    const second = (await register(central, people.intake, written)).body
    await register(central, people.intake, draft({}, { citizen: { ...citizen, number: '13912340827' } }))
    const earlier = callRecordOf({ callId: systemIds.uuid(), number, wrapUpCode: 'registered', wrapUpNote: '只给审听的人看' })
    await central.call('calls.keep', {
      token: people.intake.token,
      params: { callId: earlier.callId },
      body: earlier,
      key: systemIds.uuid(),
    })
    const known = await lookUp(central, people.intake2)
    expect(new Set(ids(known.cases))).toEqual(new Set([first.caseId, second.caseId]))
    expect(known).toMatchObject({ total: 2, callTotal: 1, lastFollowUp: null, maybes: [] })
    expect(known.names).toEqual([{ name: '王小明', gender: 'male', times: 2, lastAt: morning - 3_600_000 }])
    expect(known.calls).toMatchObject([{ callId: earlier.callId, wrapUpCode: 'registered' }])
    expect(JSON.stringify(known)).not.toContain('只给审听的人看')
  })

  it('do not show a complaint to whom it names, nor a sensitive one to who may not know of it, not even as a count', async () => {
    const { central, people } = await begin()
    const open = (await register(central, people.intake)).body
    const recused = (await register(central, people.lead, draft({ namedAgents: [people.intake.accountNo] }))).body
    const sensitive = (await register(central, people.lead, draft({ isSensitive: true }))).body
    const seen = async (who: Person) => {
      const { cases, total, names } = await lookUp(central, who)
      expect(total).toBe(cases.length)
      expect(names[0]?.times).toBe(cases.length)
      return new Set(ids(cases))
    }
    expect(await seen(people.intake)).toEqual(new Set([open.caseId]))
    expect(await seen(people.lead)).toEqual(new Set([open.caseId, recused.caseId]))
    expect(await seen(people.director)).toEqual(new Set([open.caseId, recused.caseId, sensitive.caseId]))
  })

  it('with the same landline without its area code are only guesses, and said to be', async () => {
    const { central, people } = await begin()
    const told = (await register(central, people.intake, draft({}, { citizen: { ...citizen, number: '8652 0110' } }))).body
    const known = await lookUp(central, people.intake, '+8645186520110')
    expect(known).toMatchObject({ cases: [], total: 0, names: [] })
    expect(known.maybes).toMatchObject([{ row: { caseId: told.caseId }, reason: 'withoutAreaCode' }])
  })

  it('leave a line in the audit for every look, with the number masked', async () => {
    const { central, people } = await begin()
    await register(central, people.intake)
    const callId = systemIds.uuid()
    await lookUp(central, people.intake, number, callId)
    const admin = await central.central.services.db.selectFrom('audit_entry').selectAll().where('action', '=', 'caller.lookUp').execute()
    expect(admin).toMatchObject([{ account_no: people.intake.accountNo, subject: callId }])
    expect(admin[0]?.detail).toContain('139****0826')
    expect(admin[0]?.detail).not.toContain('1234')
  })

  it('are told to seats page by page without any number, and go on where the last page ended', async () => {
    const { central, people } = await begin()
    for (let at = 3; at > 0; at -= 1) await register(central, people.intake, draft({}, { registeredAt: morning - at * 60_000 }))
    await register(central, people.lead, draft({ isSensitive: true }))
    const read = async (who: Person, query: Record<string, string>) =>
      (await central.call('callers.list', { token: who.token, query })).body
    const first = await read(people.intake, { limit: '2' })
    expect(first).toMatchObject({ isLast: false })
    const rest = await read(people.intake, { limit: '2', after: first.place })
    const items: CallerCase[] = [...first.items, ...rest.items]
    expect(rest.isLast).toBe(true)
    expect(items).toHaveLength(3)
    expect(new Set(ids(items.map(({ row }) => row))).size).toBe(3)
    const lineKey = createHmac('sha256', first.salt).update('13912340826').digest('hex').slice(0, 32)
    expect(items.map((item) => [item.lineKey, item.name])).toEqual(items.map(() => [lineKey, '王**']))
    expect(JSON.stringify(items)).not.toContain('13912340826')
    expect((await read(people.director, {})).items).toHaveLength(4)
    expect(await read(people.intake, { after: rest.place })).toMatchObject({ items: [], place: rest.place, isLast: true, salt: first.salt })
  })
})
