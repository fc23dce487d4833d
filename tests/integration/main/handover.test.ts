/** Handovers between whole seats and a real centre: over the network, at one seat without it, by a code read aloud; and who may leave. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Handover } from '#shared/domain/shift/handover'
import { createSeatPlace, eventually, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

const lead = '0101'
const other = '0102'
const now = Date.now()
const shift = { shiftId: '2026-11-20/morning', name: '上午班', startsAt: now - 6 * 3_600_000, endsAt: now + 60_000 }

describe('a handover', () => {
  let centre: TestCentre
  let places: SeatPlace[]
  beforeEach(async () => {
    centre = await startCentre()
    places = [createSeatPlace(centre.proxy.url, '01'), createSeatPlace(centre.proxy.url, '02')]
  })
  afterEach(async () => {
    for (const place of places) await place.remove()
    await centre.stop()
  })

  async function seatOf(index: number, accountNo: string): Promise<TestSeat> {
    const seat = await (places[index] as SeatPlace).start()
    await seat.must('session.signIn', { accountNo, password, shift })
    await seat.until('connection.changed', ({ state }) => state === 'online')
    return seat
  }
  const until = async (seat: TestSeat, isWanted: (handover: Handover | undefined) => boolean): Promise<Handover> => {
    const view = await seat.until('handover.changed', ({ handovers }) => isWanted(handovers[0]))
    return view.handovers[0] as Handover
  }
  const words = { judgement: '午后回暖，先盯排水。', focus: '', reminder: '' }
  const takeAll = async (seat: TestSeat, { handoverId, points }: Handover) => {
    for (const { pointId } of points) await seat.must('handover.point', { handoverId, pointId, did: 'take', text: '' })
  }

  it('goes from one seat to another over the centre, with a question on the way; nobody leaves before it is accepted', async () => {
    const [outgoing, incoming] = [await seatOf(0, lead), await seatOf(1, other)]
    await outgoing.must('dutyLog.append', { kind: 'event', text: '采集员 2 人支援联盟街道' })
    await incoming.must('dutyLog.append', { kind: 'equipment', text: '格 11 通道满，已报修' })
    await outgoing.until(
      'dutyLog.changed',
      ({ entries }) => entries.filter(({ sync, isSealed }) => sync === 'sent' && isSealed).length === 2,
    )
    const { handoverId } = await outgoing.must('handover.begin', { form: 'lead' })
    expect(await outgoing.call('session.signOut', {})).toMatchObject({ ok: false, error: { code: 'handover/unrelieved' } })
    await outgoing.must('handover.noteItem', { handoverId, section: 'special', title: '井盖 13:30 复位', ownerName: '杨雪' })
    expect(await outgoing.call('handover.seal', { handoverId, ...words, judgement: ' ' })).toMatchObject({
      ok: false,
      error: { code: 'handover/writtenFormDue' },
    })
    await outgoing.must('handover.seal', { handoverId, ...words })

    const seen = await until(incoming, (one) => one?.stage === 'sealed')
    const titles = seen.facts.items.map(({ section, title }) => `${section} ${title}`)
    expect(titles).toContain('dutyLog 采集员 2 人支援联盟街道')
    expect(titles).toContain('equipment 格 11 通道满，已报修')
    expect(titles).toContain('special 井盖 13:30 复位')
    const special = seen.points.find(({ section }) => section === 'special')?.pointId ?? ''
    await incoming.must('handover.point', { handoverId, pointId: special, did: 'ask', text: '若未复位，谁留守？' })
    await until(outgoing, (one) => one?.points.some(({ talk }) => talk.length === 1) ?? false)
    await outgoing.must('handover.point', { handoverId, pointId: special, did: 'answer', text: '杨雪不下岗' })
    await until(incoming, (one) => one?.points.some(({ talk }) => talk.length === 2) ?? false)
    expect(await incoming.call('handover.accept', { handoverId })).toMatchObject({ ok: false, error: { code: 'handover/pointsDue' } })
    await takeAll(incoming, seen)
    await incoming.must('handover.accept', { handoverId })
    const done = await until(outgoing, (one) => one?.stage === 'accepted')
    expect(done).toMatchObject({ accepted: { via: 'centre', by: { accountNo: other } }, conflicts: [] })
    await outgoing.must('session.signOut', {})
    await eventually(async () => {
      const steps = await centre.services.db.selectFrom('handover_step').selectAll().execute()
      return steps.length === done.points.length + 7
    }, 'every step is at the centre')
  })

  it('works at one seat without the centre: both sign there, and the centre has all of it afterwards', async () => {
    const first = await seatOf(0, other)
    await first.must('handover.begin', { form: 'post' })
    await first.must('handover.abandon', { handoverId: (await until(first, (one) => one !== undefined)).handoverId })
    const gone = await first.must('handover.begin', { form: 'lead' })
    await first.must('handover.seal', { ...gone, ...words })
    await first.must('handover.leave', { ...gone, reason: '换岗', consentBy: '马国栋' })
    await first.must('session.signOut', {})
    await first.must('session.signIn', { accountNo: lead, password, shift })
    centre.proxy.set('cut')
    await first.must('connection.retry', {})
    await first.until('connection.changed', ({ state }) => state === 'offline')
    const { handoverId } = await first.must('handover.begin', { form: 'lead' })
    await first.must('handover.seal', { handoverId, ...words })
    const wrong = await first.call('handover.enter', { handoverId, accountNo: other, password: 'nicht-das-wort' })
    expect(wrong).toMatchObject({ ok: false, error: { code: 'auth/wrongPassword' } })
    await first.must('handover.enter', { handoverId, accountNo: other, password })
    await takeAll(first, await until(first, (one) => one?.handoverId === handoverId && one.stage === 'sealed'))
    await first.must('handover.accept', { handoverId })
    expect(await until(first, (one) => one?.stage === 'accepted')).toMatchObject({
      accepted: { via: 'sameSeat', by: { accountNo: other } },
    })
    await first.must('session.signOut', {})
    centre.proxy.set('pass')
    await first.must('connection.retry', {})
    await eventually(async () => {
      const steps = await centre.services.db.selectFrom('handover_step').select('step').execute()
      return steps.some(({ step }) => step.includes('"sameSeat"'))
    }, 'the acceptance is at the centre')
  })

  it('is accepted by codes read aloud between two seats that do not hear of each other', async () => {
    const [outgoing, incoming] = [await seatOf(0, lead), await seatOf(1, other)]
    centre.proxy.set('cut')
    const { handoverId } = await outgoing.must('handover.begin', { form: 'lead' })
    await outgoing.must('handover.seal', { handoverId, ...words })
    const { codes } = await outgoing.until('handover.changed', (view) => view.codes.length === 1)
    const { reply } = await incoming.must('handover.reply', { code: codes[0]?.code ?? '' })
    const answer = { handoverId, incomingNo: other, incomingName: '韩志远' }
    const wrong = reply === '000000' ? '000001' : '000000'
    expect(await outgoing.call('handover.acceptByCode', { ...answer, reply: wrong })).toMatchObject({
      error: { code: 'handover/wrongCode' },
    })
    await outgoing.must('handover.acceptByCode', { ...answer, reply })
    await outgoing.must('session.signOut', {})
    centre.proxy.set('pass')
    await outgoing.must('connection.retry', {})
    await incoming.must('connection.retry', {})
    expect(await until(incoming, (one) => one?.stage === 'accepted')).toMatchObject({ accepted: { via: 'code' }, conflicts: [] })
  })

  it('lets nobody leave unrelieved without a reason, and hands over what is known with it', async () => {
    const seat = await seatOf(0, lead)
    await seat.must('dutyLog.append', { kind: 'event', text: '独自写的一条' })
    expect(await seat.call('session.signOut', {})).toMatchObject({ error: { code: 'handover/unrelieved' } })
    expect(await seat.call('handover.leavePost', { reason: ' ', consentBy: null })).toMatchObject({
      error: { code: 'handover/reasonMissing' },
    })
    await seat.must('handover.leavePost', { reason: '接班人路上车祸', consentBy: '马国栋' })
    const left = await until(seat, (one) => one?.stage === 'left')
    expect(left).toMatchObject({ left: { reason: '接班人路上车祸', consentBy: '马国栋' }, conflicts: [] })
    expect(left.facts.items.map(({ title }) => title)).toContain('独自写的一条')
    await seat.must('session.signOut', {})
    const incoming = await seatOf(1, other)
    const seen = await until(incoming, (one) => one?.stage === 'left')
    await takeAll(incoming, seen)
    await incoming.must('handover.accept', { handoverId: seen.handoverId })
    expect(await until(incoming, (one) => one?.stage === 'accepted')).toMatchObject({ accepted: { by: { accountNo: other } } })
  })

  it('survives the program’s death with every step, and takes no entry twice into the next one', async () => {
    const seat = await seatOf(0, lead)
    await seat.must('dutyLog.append', { kind: 'event', text: '第一班写的' })
    const first = await seat.must('handover.begin', { form: 'lead' })
    await seat.must('handover.seal', { ...first, ...words })
    await seat.stop()
    const again = await (places[0] as SeatPlace).start()
    const resumed = await until(again, (one) => one?.stage === 'sealed')
    expect(resumed.words).toEqual(words)
    await again.must('handover.leave', { ...first, reason: '接班人未到', consentBy: null })
    await again.must('dutyLog.append', { kind: 'event', text: '第二班写的' })
    await again.must('handover.begin', { form: 'lead' })
    const second = await until(again, (one) => one?.stage === 'drafting')
    const texts = second.facts.items.filter(({ section }) => section === 'dutyLog').map(({ title }) => title)
    expect(texts).toEqual(['第二班写的'])
  })
})
