import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

/** A shift lead and a seat of the hall, each a whole core at one centre: what is said at one is heard at the other, now. */
let centre: TestCentre
let places: SeatPlace[]
let seat: TestSeat
let lead: TestSeat

beforeAll(async () => {
  centre = await startCentre()
  places = [createSeatPlace(centre.url, '02'), createSeatPlace(centre.url, '12')]
  const exchange = { name: '不通的交换机', domain: 'hotline.test', account: '8002', proxy: '127.0.0.1:9', localAddress: '127.0.0.1' }
  seat = await (places[0] as SeatPlace).start({
    telephone: { exchange: { ...exchange, registerForS: 60, optionsEveryS: 5 }, password: 'pw' },
  })
  lead = await (places[1] as SeatPlace).start()
  await seat.must('session.signIn', { accountNo: '0201', password })
  await lead.must('session.signIn', { accountNo: '0101', password })
})
afterAll(async () => {
  for (const place of places) await place.remove()
  await centre.stop()
})

it('a shift lead makes a seat not ready with the reason, takes it back, and says a word to it alone', async () => {
  await lead.until('agents.changed', ({ agents }) => agents.some(({ accountNo }) => accountNo === '0201'))
  await lead.must('agents.direct', { accountNo: '0201', direction: { kind: 'notReady', note: '请到一号台' } })
  const forced = await seat.until('telephone.changed', ({ agent }) => agent.forced?.by === 'shiftLead')
  expect(forced.agent).toMatchObject({ phase: 'notReady', forced: { accountNo: '0101', note: '请到一号台' } })
  // The person cannot undo it, and is told why.
  const asked = await seat.call('agent.showReady', {})
  expect(asked).toMatchObject({ ok: false, error: { code: 'agent/forcedByLead', message: expect.stringContaining('请到一号台') } })
  await lead.until('agents.changed', ({ agents }) => agents.some(({ accountNo, reason }) => accountNo === '0201' && reason === 'shiftLead'))

  await lead.must('agents.direct', { accountNo: '0201', direction: { kind: 'release' } })
  await seat.until('telephone.changed', ({ agent }) => agent.forced?.by !== 'shiftLead')

  await lead.must('agents.direct', { accountNo: '0201', direction: { kind: 'say', words: '问清门牌号' } })
  const { notices } = await seat.until('notices.changed', (view) => view.notices.some(({ text }) => text === '问清门牌号'))
  expect(notices.find(({ text }) => text === '问清门牌号')).toMatchObject({ level: 'warning', title: expect.stringContaining('值班长') })
})

it('nobody else may, and whoever is not there is not told', async () => {
  expect(await seat.call('agents.direct', { accountNo: '0101', direction: { kind: 'release' } })).toMatchObject({ ok: false })
  const gone = await lead.call('agents.direct', { accountNo: '0202', direction: { kind: 'say', words: '在吗' } })
  expect(gone).toMatchObject({ ok: false, error: { code: 'agent/notAtSeat' } })
})
