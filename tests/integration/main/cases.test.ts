import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { factsOf } from '../../fixtures/case-facts'
import { productReference } from '../../fixtures/cases'
import { telephonePhoto } from '../../fixtures/photos'
import { createSeatPlace, eventually, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from './harness'

const place = { gridCode: null, streetCode: null, communityCode: null }
const facts = (description: string, told: Parameters<typeof factsOf>[0] = {}) => ({
  ...factsOf({ ...place, source: 'survey', subclassCode: '', subclassName: '', majorName: '', description, ...told }),
  namedAgents: [...(told.namedAgents ?? [])],
})

describe('cases at a seat, against the real centre', () => {
  let centre: TestCentre
  let pc: SeatPlace
  let lead: string
  beforeEach(async () => {
    centre = await startCentre({ referenceFiles: productReference })
    pc = createSeatPlace(centre.proxy.url)
    lead = await centre.signInElsewhere('0101', '11')
  })
  afterEach(async () => {
    await pc.remove()
    await centre.stop()
  })

  async function registered(description: string, told: Parameters<typeof factsOf>[0] = {}, token = lead): Promise<CaseRowSchema> {
    const body = { caseId: systemIds.uuid(), facts: facts(description, told), citizen: null, photoIds: [], registeredAt: Date.now() }
    const answer = await centre.post('/cases', token, body)
    const row = (await answer.json()) as CaseRowSchema
    if (answer.status !== 201) throw new Error(JSON.stringify(row))
    return row
  }
  async function act(row: CaseRowSchema, action: string, input: object, token = lead): Promise<CaseRowSchema> {
    const answer = await fetch(`${centre.url}/api/v1/cases/${row.caseId}/actions/${action}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': systemIds.uuid(),
        'if-match': `"${row.version}"`,
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(input),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as CaseRowSchema
  }
  async function seatOf(accountNo: string): Promise<TestSeat> {
    const seat = await pc.start()
    await seat.must('session.signIn', { accountNo, password })
    await seat.until('queues.changed', ({ queues, readAt }) => readAt !== null && queues.every(({ isComplete }) => isComplete))
    return seat
  }
  const countOf = async (seat: TestSeat, queue: string) =>
    (await seat.state('queues.changed'))?.queues.find((one) => one.queue === queue)?.count
  const summaries = async (seat: TestSeat, queue: 'toAccept' | 'deferred') =>
    (await seat.must('queues.read', { queue })).rows.map(({ summary }) => summary)

  it('reads its queues, follows what happens elsewhere, and shows its own decision at once', async () => {
    await registered('先前的一件')
    const seat = await seatOf('0201')
    expect(await summaries(seat, 'toAccept')).toEqual(['先前的一件'])
    const second = await registered('后来的一件')
    await seat.until('cases.changed', ({ changes }) => changes.some(({ caseId }) => caseId === second.caseId))
    await seat.until('queues.changed', ({ queues }) => queues.some(({ queue, count }) => queue === 'toAccept' && count === 2))

    const decision = { caseId: second.caseId, version: 1, action: 'defer' as const, actId: systemIds.uuid() }
    const row = await seat.must('cases.act', { ...decision, input: { reason: '等位置', reviewOn: '2026-12-01' } })
    expect(row).toMatchObject({ state: 'deferred', version: 2 })
    expect(await summaries(seat, 'toAccept')).toEqual(['先前的一件'])
    expect(await summaries(seat, 'deferred')).toEqual(['后来的一件'])
    // The same press again is the same decision.
    expect(await seat.must('cases.act', { ...decision, input: { reason: '等位置', reviewOn: '2026-12-01' } })).toEqual(row)
    const stale = await seat.call('cases.act', { ...decision, actId: systemIds.uuid(), input: { reason: '再缓', reviewOn: '2026-12-01' } })
    expect(stale).toMatchObject({ ok: false, error: { code: 'record/stale' } })
  })

  it('opens a case without the centre from what it read before, says how old it is, and keeps notes until they can leave', async () => {
    const row = await registered('要补充的一件')
    const seat = await seatOf('0201')
    const { caseId, caseNo } = row
    expect(await seat.must('cases.open', { caseId })).toMatchObject({ isCached: false, detail: { row: { version: 1 } }, pending: [] })
    centre.proxy.set('cut')
    await seat.until('connection.changed', ({ state }) => state === 'offline')
    for (const opinion of ['第一条', '第二条']) {
      await seat.must('drafts.save', { key: 'note', body: opinion })
      await seat.must('cases.note', { caseId, caseNo, action: 'addOpinion', input: { opinion }, draftKey: 'note' })
    }
    expect((await seat.must('drafts.get', { key: 'note' })).body).toBeNull()
    const held = await seat.must('cases.open', { caseId })
    expect(held).toMatchObject({
      isCached: true,
      pending: [{ input: { opinion: '第一条' }, byName: '林小燕' }, { input: { opinion: '第二条' } }],
    })
    expect(await seat.call('cases.open', { caseId: systemIds.uuid() })).toMatchObject({ ok: false, error: { code: 'case/notCached' } })
    expect(await seat.call('cases.act', { caseId, version: 1, action: 'preFile', input: { opinion: '好' }, actId: caseId })).toMatchObject({
      ok: false,
      error: { retryable: true },
    })

    // Somebody moves the case meanwhile, and the first note's answer is lost: each is there once, in order.
    await act(row, 'oversee', { reason: '抓紧', dueAt: Date.now() + 3_600_000 })
    centre.proxy.set('resetAfterCommit', { path: `/api/v1/cases/${caseId}/actions/addOpinion`, times: 1 })
    await seat.must('connection.retry', {})
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    const { detail } = await seat.must('cases.open', { caseId })
    expect(detail.history.map(({ action, input }) => [action, input.opinion])).toEqual([
      ['register', undefined],
      ['oversee', undefined],
      ['addOpinion', '第一条'],
      ['addOpinion', '第二条'],
    ])
  })

  it('after a gap, reads the queues anew, and what left them meanwhile is gone', async () => {
    const [stays, leaves] = [await registered('留下的'), await registered('离开的')]
    const seat = await seatOf('0201')
    expect(await countOf(seat, 'toAccept')).toBe(2)
    await seat.stop()
    const intake = await centre.signInElsewhere('0201', '12')
    await act(leaves, 'replyOnly', { answer: '已答复' }, intake)
    await registered('新来的')
    const again = await pc.start()
    // At once, as this PC last knew it; signing in elsewhere ended the session, so the person signs in anew.
    await again.must('session.signOut', {})
    await again.must('session.signIn', { accountNo: '0201', password })
    await again.until('queues.changed', ({ queues }) => queues.some(({ queue, count }) => queue === 'toAccept' && count === 2))
    await eventually(async () => !(await summaries(again, 'toAccept')).includes('离开的'), 'the one that left is gone')
    expect((await summaries(again, 'toAccept')).toSorted()).toEqual(['新来的', stays.summary].toSorted())
  })

  it('another post at the same PC sees nothing of what the one before read', async () => {
    const row = await registered('值班长看过的敏感件', { isSensitive: true })
    const seat = await seatOf('0803')
    await seat.must('cases.open', { caseId: row.caseId })
    expect((await seat.must('queues.read', { queue: 'sensitive' })).rows).toHaveLength(1)
    await seat.must('session.signOut', {})
    centre.proxy.set('cut')
    await seat.stop()

    const next = await pc.start()
    centre.proxy.set('pass')
    await next.must('session.signIn', { accountNo: '0201', password })
    centre.proxy.set('cut')
    const opened = await next.call('cases.open', { caseId: row.caseId })
    expect(opened).toMatchObject({ ok: false })
    expect((await next.must('queues.read', { queue: 'sensitive' })).rows).toEqual([])
    expect(JSON.stringify(await next.state('cases.changed'))).not.toContain('敏感件')
  })

  it('a case that is made sensitive disappears from the screen and from the disk', async () => {
    const row = await registered('后来才知道敏感')
    const seat = await seatOf('0201')
    await seat.must('cases.open', { caseId: row.caseId })
    await act(row, 'amend', { reason: '涉及隐私', facts: { isSensitive: true } })
    await seat.until('queues.changed', ({ queues }) => queues.some(({ queue, count }) => queue === 'toAccept' && count === 0))
    expect((await seat.state('cases.changed'))?.changes).toContainEqual({ caseId: row.caseId, row: null, byNo: '' })
    centre.proxy.set('cut')
    expect(await seat.call('cases.open', { caseId: row.caseId })).toMatchObject({ ok: false, error: { code: 'case/notCached' } })
  })

  it('a shift lead is told at once of a case that becomes an emergency, until it is opened', async () => {
    const row = await registered('路面塌陷')
    const seat = await seatOf('0101')
    expect((await seat.state('notices.changed'))?.notices).toEqual([])
    const intake = await centre.signInElsewhere('0201', '12')
    await act(row, 'amend', { reason: '来电补充：有人受困', facts: { isUrgent: true } }, intake)
    const { notices } = await seat.until('notices.changed', (view) => view.notices.length === 1)
    expect(notices).toMatchObject([{ title: `紧急件 ${row.caseNo}`, opens: { caseId: row.caseId } }])
    await seat.must('cases.open', { caseId: row.caseId })
    await seat.until('notices.changed', (view) => view.notices.length === 0)
  })

  it('registers offline, with a photo: once online the photo goes first, and the centre has the case once', async () => {
    const seat = await seatOf('0201')
    centre.proxy.set('cut')
    await seat.until('connection.changed', ({ state }) => state === 'offline')
    const photo = await telephonePhoto()
    const announced = { purpose: 'report' as const, fileName: '现场.jpg', mediaType: 'image/jpeg', bytes: photo.length }
    const { attachmentId } = await seat.must('attachments.begin', announced)
    const half = Math.floor(photo.length / 2)
    await seat.must('attachments.append', { attachmentId, offset: 0, base64: photo.subarray(0, half).toString('base64') })
    expect(await seat.call('attachments.append', { attachmentId, offset: 0, base64: 'AAAA' })).toMatchObject({
      error: { code: 'attachment/wrongOffset', detail: { expected: half } },
    })
    const last = await seat.must('attachments.append', { attachmentId, offset: half, base64: photo.subarray(half).toString('base64') })
    expect(last).toEqual({ received: photo.length, isComplete: true })
    const { caseId } = await seat.must('cases.register', {
      facts: facts('离线登记的一件', { source: 'hotline', hasCitizen: true }),
      citizen: { name: '赵国强', number: '13904511000', gender: 'male' },
      photoIds: [attachmentId],
    })
    const waiting = await seat.until('outbox.changed', ({ intents }) => intents.length === 2)
    expect(waiting.intents.map(({ title }) => title)).toEqual(['附件上传', '登记案卷'])
    expect(JSON.stringify(waiting)).not.toContain('13904511000')

    // Killed and started again before anything could leave.
    await seat.stop()
    const again = await pc.start()
    centre.proxy.set('pass')
    await again.must('connection.retry', {})
    await again.until('outbox.changed', ({ intents }) => intents.length === 0)
    expect(centre.proxy.requests('/api/v1/cases', 'POST'), 'the case waited for its photo').toBe(1)
    const { detail } = await again.must('cases.open', { caseId })
    expect(detail).toMatchObject({
      row: { photoCount: 1 },
      citizen: { name: '赵**' },
      attachments: [{ attachmentId, bytes: photo.length }],
    })
    const read = await again.must('attachments.read', { attachmentId, variant: 'original' })
    expect(createHash('sha256').update(Buffer.from(read.base64, 'base64')).digest('hex')).toBe(
      createHash('sha256').update(photo).digest('hex'),
    )
    expect(await again.must('attachments.read', { attachmentId, variant: 'thumb' })).toMatchObject({ fileName: '现场.jpg' })
    centre.proxy.set('cut')
    expect(await again.must('attachments.read', { attachmentId, variant: 'thumb' })).toMatchObject({ isCached: true })
    expect(readdirSync(join(pc.dataFolder, 'attachments')).toSorted()).toEqual([`${attachmentId}.original`, `${attachmentId}.thumb`])
  })

  it('fetches what is due first ahead of time, without marking it as seen', async () => {
    const row = await registered('预取的一件')
    const seat = await seatOf('0201')
    await eventually(() => centre.proxy.requests(`/api/v1/cases/${row.caseId}`, 'GET') === 1, 'the detail is fetched')
    centre.proxy.set('cut')
    await eventually(async () => (await seat.call('cases.open', { caseId: row.caseId })).ok, 'it opens without the centre')
    expect(await seat.must('cases.open', { caseId: row.caseId })).toMatchObject({ isCached: true })
  })

  it('a note refused for good is parked with the reason, corrected or withdrawn with its words', async () => {
    const row = await registered('将要办结')
    const seat = await seatOf('0201')
    const { caseId, caseNo } = row
    centre.proxy.set('cut')
    await seat.until('connection.changed', ({ state }) => state === 'offline')
    await seat.must('cases.note', { caseId, caseNo, action: 'addOpinion', input: { opinion: '写晚了' }, draftKey: 'note' })
    const director = await centre.signInElsewhere('0803', '10')
    await act(row, 'oversee', { reason: '督办', dueAt: Date.now() + 1_000_000 }, director)
    await act({ ...row, version: 2 }, 'amend', { reason: '敏感', facts: { isSensitive: true } })
    centre.proxy.set('pass')
    await seat.must('connection.retry', {})
    const { intents } = await seat.until('outbox.changed', ({ parked }) => parked === 1)
    expect(intents).toMatchObject([{ state: 'parked', editableText: '写晚了', reason: { code: 'record/notFound' } }])
    await seat.must('outbox.withdraw', { intentId: intents[0]?.intentId ?? '' })
    expect(JSON.parse((await seat.must('drafts.get', { key: 'note' })).returned?.body ?? '')).toEqual({
      caseId,
      action: 'addOpinion',
      input: { opinion: '写晚了' },
    })
  })
})
