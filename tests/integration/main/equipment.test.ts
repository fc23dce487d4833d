/** Faults of equipment, cases in and out, and reports to the managers, between whole seats and a real centre that goes away in between. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSeatPlace, eventually, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

const [lead, intake, director] = ['0101', '0201', '0803']
let centre: TestCentre
let places: SeatPlace[]
beforeEach(async () => {
  centre = await startCentre()
  places = [createSeatPlace(centre.proxy.url, '01'), createSeatPlace(centre.url, '02')]
})
afterEach(async () => {
  for (const place of places) await place.remove()
  await centre.stop()
})

async function seatOf(index: number, accountNo: string): Promise<TestSeat> {
  const seat = await (places[index] as SeatPlace).start()
  await seat.must('session.signIn', { accountNo, password })
  await seat.until('connection.changed', ({ state }) => state === 'online')
  return seat
}

it('a fault reported without the centre is in the log and the handover at once, and arrives at the others with its repair', async () => {
  const seat = await seatOf(0, lead)
  const other = await seatOf(1, intake)
  await seat.until('equipment.changed', ({ readAt }) => readAt !== null)
  centre.proxy.set('cut')
  await seat.until('connection.changed', ({ state }) => state === 'offline')
  const fault = { equipmentId: null, what: '耳麦', place: '03 号坐席', fault: '左耳无声', isUrgent: true }
  const { orderId, label } = await seat.must('repairs.report', fault)
  expect(label).toMatch(/^\d{4}-01-1$/)
  expect((await seat.must('repairs.report', { ...fault, what: '电脑' })).label).toBe(label.replace(/1$/, '2'))
  const said = `报障 ${label}：耳麦（03 号坐席），左耳无声，急。`
  await seat.until('dutyLog.changed', ({ entries }) => entries.some(({ text, origin }) => text === said && origin === 'automatic'))
  const { handoverId } = await seat.must('handover.begin', { form: 'lead' })
  const view = await seat.until('handover.changed', ({ handovers }) => handovers.length === 1)
  const facts = view.handovers[0]?.facts
  expect(facts?.items.filter(({ itemId }) => itemId === `repair/${orderId}`)).toMatchObject([{ section: 'equipment', tone: 'red' }])
  expect(
    facts?.items.some(({ title }) => title === said),
    'the order says it already',
  ).toBe(false)
  expect(facts?.flow).toMatchObject({ countedBy: 'seat', open: null })
  centre.proxy.set('pass')
  const heard = await other.until('equipment.changed', ({ orders }) => orders.length === 2)
  expect(heard.orders.find((order) => order.orderId === orderId)).toMatchObject({ label, state: 'reported', reportedNo: lead })
  await seat.must('handover.refresh', { handoverId })
  await seat.until('handover.changed', ({ handovers }) => handovers[0]?.facts.flow?.countedBy === 'centre')

  expect(await other.call('repairs.act', { orderId, deed: { did: 'accept', note: '' } })).toMatchObject({
    ...{ ok: false, error: { code: 'repair/notNow' } },
  })
  await other.must('repairs.act', { orderId, deed: { did: 'done', who: '自己', note: '插头松了' } })
  await seat.until('equipment.changed', ({ orders }) => orders.some((order) => order.orderId === orderId && order.state === 'done'))
  await seat.must('repairs.act', { orderId, deed: { did: 'accept', note: '' } })
  await other.until('equipment.changed', ({ orders }) => orders.some((order) => order.orderId === orderId && order.state === 'accepted'))
})

it('a report to the managers reaches them, and nobody else in any way', async () => {
  const seat = await seatOf(0, lead)
  centre.proxy.set('cut')
  await seat.until('connection.changed', ({ state }) => state === 'offline')
  await seat.must('morale.report', { about: '受理一组', text: '连续夜班后情绪偏低' })
  const waiting = await seat.until('outbox.changed', ({ intents }) => intents.length === 1)
  expect(JSON.stringify(waiting)).not.toContain('情绪')
  centre.proxy.set('pass')
  await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
  expect((await seat.must('morale.list', {})).items).toMatchObject([{ about: '受理一组', authorNo: lead }])
  const other = await seatOf(1, director as string)
  expect((await other.must('morale.list', {})).items).toHaveLength(1)
  await eventually(async () => (await centre.services.db.selectFrom('morale_report').selectAll().execute()).length === 1, 'one report')
  for (const table of ['server_event', 'audit_entry', 'duty_log_entry'] as const) {
    expect(JSON.stringify(await centre.services.db.selectFrom(table).selectAll().execute()), table).not.toContain('情绪')
  }
  await other.must('session.signOut', {})
  await other.must('session.signIn', { accountNo: intake as string, password })
  expect(await other.call('morale.list', {})).toMatchObject({ ok: false, error: { code: 'auth/forbidden' } })
})
