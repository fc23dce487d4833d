/** Cases in and out between two cut-offs, by the centre's own numbers. */
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { eventRange } from '#server/store/event-store'
import { caseIn, productReference, staff, step } from '../../fixtures/cases'
import { morning } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

onEveryDatabase('cases in and out of a shift', (start) => {
  it('are in the handover before the cut-off or in the one after it, and add up to what is open', async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const latest = async () => (await eventRange(central.central.services.db)).latestSeq
    const flow = async (fromSeq: number | undefined, untilSeq: number) => {
      const query = { ...(fromSeq !== undefined && { fromSeq: String(fromSeq) }), fromAt: String(morning), untilSeq: String(untilSeq) }
      const answer = await central.call('handovers.caseFlow', { token: people.lead.token, query })
      expect(answer.status).toBe(200)
      return answer.body
    }
    const filed = await caseIn(central, people, 'filed')
    await caseIn(central, people, 'preFiled')
    const first = await latest()
    const none = { registered: 0, reopened: 0, closed: 0, otherwiseEnded: 0, filed: 0, dispatched: 0 }
    expect(await flow(undefined, first)).toEqual({ counts: { ...none, registered: 2, filed: 1 }, open: 2, isWhole: true })

    const declined = await step(central, people.lead, await caseIn(central, people, 'preFiled'), 'decline', {
      opinion: '不属实。',
      reason: '不属实。',
    })
    await central.call('cases.undo', {
      ...{ token: people.lead.token, key: systemIds.uuid(), params: { caseId: filed.caseId }, version: filed.version, body: {} },
    })
    const second = await latest()
    expect(declined.endedAt).not.toBeNull()
    expect(await flow(first, second)).toEqual({
      ...{ counts: { ...none, registered: 1, otherwiseEnded: 1, filed: -1 }, open: 2, isWhole: true },
    })
    // Asked again later, and for both shifts at once, the figures are the same.
    await caseIn(central, people, 'reported')
    expect((await flow(first, second)).open).toBe(2)
    expect(await flow(0, second)).toMatchObject({ counts: { ...none, registered: 3, otherwiseEnded: 1 }, open: 2 })
    const refused = await central.call('handovers.caseFlow', { token: people.intake.token, query: { fromAt: '1', untilSeq: '1' } })
    expect(refused.status).toBe(403)
  })
})
