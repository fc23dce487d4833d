import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { MissedCallOfCentre } from '#shared/contracts/central-api/missed-calls'
import { callRecordOf } from '../../fixtures/calls'
import { type Person, staff } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const minute = 60_000
const number = '13912340826'

onEveryDatabase('missed calls of all seats', (start) => {
  async function begin() {
    const central = await start()
    return { central, people: await staff(central) }
  }
  /** A call that rang in vain so many minutes ago. */
  async function keep(central: TestCentral, who: Person, agoMinutes: number, change: Partial<CallRecord> = {}): Promise<string> {
    const callId = systemIds.uuid()
    const startedAt = central.clock.now() - agoMinutes * minute
    const missed = { cause: 'missed', answeredAt: null, answeredBy: null, endedAt: startedAt + 20_000, startedAt, number } as const
    const body = callRecordOf({ callId, ...missed, ...change })
    const { status } = await central.call('calls.keep', { token: who.token, params: { callId }, body, key: systemIds.uuid() })
    expect(status).toBe(200)
    return callId
  }
  const list = async (central: TestCentral, who: Person): Promise<readonly MissedCallOfCentre[]> =>
    (await central.call('missedCalls.list', { token: who.token })).body.items
  const claim = (central: TestCentral, who: Person, callId: string) =>
    central.call('missedCalls.claim', { token: who.token, params: { callId } })

  it('are one list for everybody, taken on by one and gone for all when that one spoke with the citizen', async () => {
    const { central, people } = await begin()
    const first = await keep(central, people.intake, 9, { seatNo: '02' })
    const last = await keep(central, people.intake2, 5, { seatNo: '03' })
    const expected = { callId: last, callIds: [last, first], count: 2, seatNos: ['02', '03'], number: '139****0826', claim: null }
    expect(await list(central, people.intake)).toMatchObject([expected])
    expect(await list(central, people.lead)).toMatchObject([expected])
    const claimed = await claim(central, people.intake, last)
    expect(claimed.body).toMatchObject({ number })
    expect((await claim(central, people.intake2, first)).body.code, 'by any of its calls').toBe('call/claimed')
    expect(await list(central, people.intake2)).toMatchObject([{ claim: { accountNo: people.intake.accountNo } }])
    await keep(central, people.intake, 1, { direction: 'outgoing', cause: 'noAnswer', endedBy: 'seat' })
    expect(await list(central, people.intake2)).toMatchObject([{ attempts: 1 }])
    await central.clock.advance(10 * minute)
    expect((await claim(central, people.intake2, last)).status, 'nothing came of it in ten minutes').toBe(200)
    const at = central.clock.now() - minute
    await keep(central, people.intake2, 2, {
      direction: 'outgoing',
      cause: 'answered',
      answeredAt: at,
      answeredBy: 'key',
      endedAt: at + 30_000,
    })
    expect(await list(central, people.intake)).toEqual([])
    expect((await claim(central, people.intake, last)).body.code).toBe('record/notFound')
  })

  it('are settled with the reason by whoever has them, and open again with the next ring', async () => {
    const { central, people } = await begin()
    const callId = await keep(central, people.intake, 5)
    await claim(central, people.intake, callId)
    const settle = (who: Person) => central.call('missedCalls.settle', { token: who.token, params: { callId }, body: { note: '骚扰电话' } })
    expect((await settle(people.intake2)).body.code).toBe('call/claimed')
    expect((await settle(people.intake)).status).toBe(200)
    expect(await list(central, people.intake2)).toEqual([])
    await central.clock.advance(minute)
    await keep(central, people.intake, 0)
    expect(await list(central, people.intake2)).toMatchObject([{ count: 1, claim: null }])
    const audit = (await central.call('audit.list', { token: people.director.token, query: {} })).body.items ?? []
    if (audit.length > 0) expect(JSON.stringify(audit)).not.toContain(number)
  })

  it('without a number cannot be taken on, and are nobody else’s business', async () => {
    const { central, people } = await begin()
    const callId = await keep(central, people.intake, 5, { number: null, isWithheld: true })
    expect((await claim(central, people.intake, callId)).body.code).toBe('call/noNumber')
    for (const who of [people.dispatcher, people.wall, people.department, people.supervisor])
      expect((await central.call('missedCalls.list', { token: who.token })).status, who.role).toBe(403)
  })
})
