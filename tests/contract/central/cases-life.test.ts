import { expect, it } from 'vitest'
import { closingCheckIds } from '#shared/domain/case/closing-checks'
import { act, dispatching, get, photoBy, productReference, register, staff, step } from '../../fixtures/cases'
import { onEveryDatabase } from './databases'

onEveryDatabase('the life of a case', (start) => {
  it('goes through all seven stages by seven posts', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const registered = await register(central, people.intake)
    expect(registered, JSON.stringify(registered.body)).toMatchObject({
      status: 201,
      body: { caseNo: '20261121-0001', version: 1, state: 'reported', stage: 'collect', clock: { of: 'node' } },
    })
    let row = registered.body
    row = await step(central, people.intake, row, 'orderVerification', { collectorNo: '2951', requirement: '请看看。' })
    expect(row).toMatchObject({ state: 'verifying', collectorNo: '2951', version: 2 })
    row = await step(central, people.collector, row, 'reportVerification', {
      conclusion: 'true',
      photoIds: [await photoBy(central, people.collector)],
    })
    row = await step(central, people.intake, row, 'preFile', { opinion: '属实。' })
    row = await step(central, people.lead, row, 'file', { opinion: '立案。' })
    row = await step(central, people.dispatcher, row, 'dispatch', dispatching)
    expect(row).toMatchObject({ state: 'dispatched', stage: 'handle', departmentCode: '101', clock: { of: 'handling' } })
    row = await step(central, people.department, row, 'reportHandled', {
      opinion: '已清。',
      photoIds: [await photoBy(central, people.department)],
    })
    row = await step(central, people.supervisor, row, 'acceptHandling', { opinion: '通过。' })
    row = await step(central, people.intake, row, 'orderCheck', { collectorNo: '2951' })
    row = await step(central, people.collector, row, 'reportCheck', { solved: true, photoIds: [await photoBy(central, people.collector)] })
    expect((await act(central, people.lead, row, 'close', { opinion: '结案。' })).body.code).toBe('case/followUpDue')
    row = await step(central, people.intake, row, 'followUp', { outcome: 'satisfied' })
    const unchecked = await act(central, people.lead, row, 'close', { opinion: '结案。', checklist: ['closingMet'] })
    expect(unchecked.body).toMatchObject({ code: 'case/checksDue', title: expect.stringContaining('没有勾：现场已清理，围挡已撤。') })
    row = await step(central, people.lead, row, 'close', { opinion: '结案。', checklist: closingCheckIds })
    expect(row).toMatchObject({ state: 'closed', stage: 'assess', clock: null, version: 12 })
    const { body } = await get(central, people.lead, row.caseId)
    expect(body.history.map((entry: { action: string }) => entry.action)).toEqual([
      ...['register', 'orderVerification', 'reportVerification', 'preFile', 'file', 'dispatch', 'reportHandled', 'acceptHandling'],
      ...['orderCheck', 'reportCheck', 'followUp', 'close'],
    ])
    expect(body).toMatchObject({ row, citizen: { name: '王**', number: '139****0826' }, profileId: 'standard', lock: null })
    expect(body.attachments).toHaveLength(3)
  })
})
