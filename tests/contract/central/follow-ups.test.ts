import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { isSampled } from '#shared/domain/case/follow-up'
import type { ActionInput, FollowUpOutcome } from '#shared/domain/case/inputs'
import type { Reception } from '#shared/domain/case/reception'
import { act, draft, get, type Person, productReference, register, staff } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

onEveryDatabase('follow-ups after the end', (start) => {
  const list = async (central: TestCentral, who: Person, which: 'sampled' | 'dissatisfied'): Promise<readonly string[]> =>
    (await central.call('followUps.list', { token: who.token, query: { which } })).body.items.map(
      ({ caseId }: { caseId: string }) => caseId,
    )

  it('are asked of the cases that were drawn, and what was not well is with the shift lead until it is', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const ids = Array.from({ length: 200 }, () => systemIds.uuid())
    const [drawn, other] = [ids.find((id) => isSampled(id, 0.1)), ids.find((id) => !isSampled(id, 0.1))]
    if (!drawn || !other) throw new Error('no draw')
    for (const caseId of [drawn, other]) {
      const row = (await register(central, people.intake, { ...draft(), caseId, answer: { text: '已说明。', quoted: null } })).body
      expect(row.state).toBe('answered')
    }
    expect(await list(central, people.intake, 'sampled')).toEqual([drawn])
    const say = (outcome: FollowUpOutcome, who = people.intake) =>
      act(central, who, { caseId: drawn, version: 2 }, 'followUp', { outcome, opinion: '没有人来看' })
    expect((await say('noAnswer')).status).toBe(200)
    expect(await list(central, people.intake, 'sampled'), 'nobody answered: it stays').toEqual([drawn])
    expect((await say('dissatisfied')).status).toBe(200)
    expect(await list(central, people.intake, 'sampled')).toEqual([])
    expect(await list(central, people.lead, 'dissatisfied')).toEqual([drawn])
    expect((await say('satisfied', people.lead)).status).toBe(200)
    expect(await list(central, people.lead, 'dissatisfied')).toEqual([])
  })
})

onEveryDatabase('what a caller asks the collector to look at', (start) => {
  it('goes with the order, unless whoever orders says it in their own words', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const reception: Reception = {
      callId: null,
      callClass: 'complaint',
      urgency: 'ordinary',
      callerPlace: '',
      isConfidential: false,
      replyMethod: 'phone',
      requirement: '看清是哪一家的井盖',
    }
    const orders = async (input: ActionInput) => {
      const row = (await register(central, people.intake, draft({ reception }))).body
      const ordered = await act(central, people.intake, row, 'orderVerification', { collectorNo: '2951', ...input })
      expect(ordered.status).toBe(200)
      return (await get(central, people.intake, row.caseId)).body.history.at(-1).input.requirement
    }
    expect(await orders({})).toBe('看清是哪一家的井盖')
    expect(await orders({ requirement: '拍全景' })).toBe('拍全景')
  })
})
