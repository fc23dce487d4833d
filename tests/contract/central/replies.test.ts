import { afterEach, expect, it } from 'vitest'
import { createDelivering } from '#server/exchange-with-others/deliver'
import { createPost } from '#server/exchange-with-others/post'
import type { CaseRow } from '#shared/domain/case/row'
import type { CaseSource } from '#shared/domain/case/states'
import { type FakeSourcePlatform, startFakeSourcePlatform } from '../../fakes/fake-source-platform'
import { act, draft, get, type Person, photoBy, productReference, register, type Staff, staff, step } from '../../fixtures/cases'
import { morning, type TestCentral } from '../../fixtures/central'
import { partner } from '../../fixtures/exchange'
import { onEveryDatabase } from './databases'

const hourMs = 3_600_000
const open: FakeSourcePlatform[] = []
afterEach(() => {
  for (const platform of open.splice(0)) platform.close()
})

const answer = '您反映的积水已由市政部门疏通，感谢监督。'

onEveryDatabase('replies to the sources of cases', (start) => {
  async function begin() {
    const central = await start({ referenceFiles: productReference })
    await central.central.delivering.stop()
    return { central, people: await staff(central) }
  }
  async function letter(central: TestCentral, people: Staff, source: CaseSource = 'mayorMailbox', replyBy = morning + 24 * hourMs) {
    const external = { platform: '市长信箱', no: `XX-${source}-${replyBy}`, replyBy }
    const { status, body } = await register(central, people.monitor, draft({ source, external }))
    expect(status, JSON.stringify(body)).toBe(201)
    return body as CaseRow
  }
  const listed = async (central: TestCentral, who: Person, which: 'due' | 'sent' = 'due'): Promise<readonly CaseRow[]> =>
    (await central.call('replies.list', { token: who.token, query: { which } })).body.items
  const idsOf = async (...of: Parameters<typeof listed>) => (await listed(...of)).map(({ caseId }) => caseId)
  async function approved(central: TestCentral, people: Staff, row: CaseRow) {
    const proposed = await step(central, people.monitor, row, 'proposeReply', { answer })
    return step(central, people.lead, proposed, 'approveReply')
  }
  const sender = (central: TestCentral, afterMs = 0) => {
    const { services } = central.central
    const clock = { ...services.clock, now: () => services.clock.now() + afterMs }
    return createDelivering({ services: { ...services, clock }, post: createPost(5_000), random: () => 0.999 })
  }
  async function mailbox(central: TestCentral, name = '市长信箱平台') {
    const platform = await startFakeSourcePlatform()
    open.push(platform)
    platform.signWith((await partner(central, name, platform.url, ['mayorMailbox'])).signingSecret)
    platform.setNow(central.clock.now())
    return platform
  }

  it('are due by their day, written by one, approved by another, and may be given back with the reason', async () => {
    const { central, people } = await begin()
    const later = await letter(central, people, 'media', morning + 48 * hourMs)
    const soon = await letter(central, people)
    await register(central, people.intake, draft())
    expect(await idsOf(central, people.monitor)).toEqual([soon.caseId, later.caseId])
    const proposed = await step(central, people.lead, soon, 'proposeReply', { answer: '已疏通' })
    expect((await act(central, people.lead, proposed, 'approveReply')).body.code).toBe('case/ownReply')
    expect((await act(central, people.assistant, proposed, 'returnReply')).body.code).toBe('case/inputMissing')
    const returned = await step(central, people.assistant, proposed, 'returnReply', { reason: '写明哪一天疏通的' })
    expect(returned.reply).toMatchObject({ state: 'returned' })
    expect((await act(central, people.director, returned, 'approveReply')).body.code, 'nothing waits').toBe('case/replyUnknown')
    const again = await step(central, people.monitor, returned, 'proposeReply', { answer })
    expect((await step(central, people.director, again, 'approveReply')).reply).toMatchObject({ state: 'approved', via: null })
    const { history } = (await get(central, people.monitor, soon.caseId)).body
    expect(history.map(({ action }: { action: string }) => action)).toEqual([
      ...['register', 'proposeReply', 'returnReply', 'proposeReply', 'approveReply'],
    ])
  })

  it('can be written, approved and brought there by those posts alone, and of no case that came from nowhere else', async () => {
    const { central, people } = await begin()
    const row = await letter(central, people)
    const own = (await register(central, people.intake, draft())).body as CaseRow
    expect((await act(central, people.intake, own, 'proposeReply', { answer })).body.code).toBe('case/noSourceToAnswer')
    for (const who of [people.dispatcher, people.supervisor, people.wall, people.department, people.director])
      expect((await act(central, who, row, 'proposeReply', { answer })).status, who.role).toBeGreaterThanOrEqual(403)
    const proposed = await step(central, people.intake, row, 'proposeReply', { answer })
    for (const who of [people.intake2, people.monitor, people.dispatcher, people.commander])
      expect((await act(central, who, proposed, 'approveReply')).body.code, who.role).toBe('case/wrongRole')
    // The program's own steps are nobody's.
    const done = await step(central, people.lead, proposed, 'approveReply')
    for (const action of ['deliverReply', 'giveUpReply'] as const)
      expect((await act(central, people.lead, done, action)).body.code).toBe('case/wrongRole')
    expect((await central.call('replies.list', { token: people.dispatcher.token, query: { which: 'due' } })).status).toBe(403)
  })

  it('are brought by hand where no platform was made known, with way, moment and proof; late ones are seen to be late', async () => {
    const { central, people } = await begin()
    const row = await approved(central, people, await letter(central, people, 'mayorMailbox', morning + 600_000))
    const bring = (input: object) => act(central, people.monitor, row, 'returnToSource', { replyWay: 'site', ...input })
    expect((await bring({})).body.code, 'no proof').toBe('case/inputMissing')
    const photoIds = [await photoBy(central, people.monitor)]
    expect((await bring({ photoIds, returnedAt: morning - hourMs })).body.code).toBe('case/returnedTooEarly')
    // Nobody says that the program is at it.
    await central.clock.advance(1_200_000)
    const done = (await bring({ photoIds, replyVia: '假平台' })).body as CaseRow
    expect(done.reply).toMatchObject({ state: 'delivered', via: null, deliveredAt: central.clock.now() })
    expect(done.reply?.deliveredAt).toBeGreaterThan(done.replyBy ?? 0)
    expect(await idsOf(central, people.monitor)).toEqual([])
    expect(await idsOf(central, people.monitor, 'sent')).toEqual([row.caseId])
    expect((await act(central, people.monitor, done, 'proposeReply', { answer })).body.code).toBe('case/replySent')
  })

  it('go by themselves to the platform of the source, signed, once, and the case says when they arrived', async () => {
    const { central, people } = await begin()
    const platform = await mailbox(central)
    platform.answers.push(500, 'lost')
    const row = await approved(central, people, await letter(central, people))
    expect(row.reply).toMatchObject({ state: 'approved', via: '市长信箱平台' })
    expect((await act(central, people.monitor, row, 'returnToSource', { replyWay: 'site' })).body.code).toBe('case/replyUnderWay')
    for (let times = 0; times < 3; times += 1) {
      await sender(central).deliverDue()
      if (times < 2) expect(await idsOf(central, people.monitor), 'not before a yes').toEqual([row.caseId])
      await central.clock.advance(200_000)
      platform.setNow(central.clock.now())
    }
    expect(platform.requests).toBe(3)
    expect(platform.refused).toBe(0)
    expect(platform.replies, 'told twice, kept once').toHaveLength(1)
    expect(platform.replies[0]).toMatchObject({
      no: `XX-mayorMailbox-${row.replyBy}`,
      caseNo: row.caseNo,
      reply: { text: answer, replyBy: row.replyBy, isLate: false, source: 'mayorMailbox', sourceName: '市长信箱', platform: '市长信箱' },
    })
    expect(await idsOf(central, people.monitor)).toEqual([])
    const { history, row: now } = (await get(central, people.monitor, row.caseId)).body
    expect(history.at(-1)).toMatchObject({ action: 'deliverReply', by: { role: 'system' }, input: { replyVia: '市长信箱平台' } })
    expect(now.reply.deliveredAt).toBe(history.at(-1).at)
    const log = (await central.call('exchange.log.list', { token: people.director.token, query: { direction: 'out' } })).body.items
    expect(log.map(({ operation, outcome }: { operation: string; outcome: string }) => `${operation} ${outcome}`)).toEqual([
      ...['sendReply done', 'sendReply failed'],
    ])
  })

  it('come back to a person when the platform takes nothing for three days', async () => {
    const { central, people } = await begin()
    const platform = await mailbox(central)
    platform.answers.push(500)
    const row = await approved(central, people, await letter(central, people))
    await sender(central, 73 * hourMs).deliverDue()
    const [waiting] = await listed(central, people.monitor)
    expect(waiting?.reply).toMatchObject({ state: 'approved', isUndelivered: true })
    const photoIds = [await photoBy(central, people.monitor)]
    const done = await step(central, people.monitor, waiting ?? row, 'returnToSource', { replyWay: 'letter', photoIds })
    expect(done.reply?.state).toBe('delivered')
    expect(await idsOf(central, people.monitor)).toEqual([])
  })

  it('are still due after the case ended, until they were given', async () => {
    const { central, people } = await begin()
    const row = await letter(central, people)
    const ended = await step(central, people.monitor, row, 'replyOnly', { answer })
    expect(ended.state).toBe('answered')
    expect(await idsOf(central, people.monitor)).toEqual([row.caseId])
    expect((await approved(central, people, ended)).state).toBe('answered')
  })
})
