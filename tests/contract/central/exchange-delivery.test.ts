import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createDelivering } from '#server/exchange-with-others/deliver'
import { createPost } from '#server/exchange-with-others/post'
import type { HandedCaseStatus } from '#shared/contracts/central-api/exchange'
import { type Staff, staff, step } from '../../fixtures/cases'
import { morning, type TestCentral } from '../../fixtures/central'
import { handDown, handed, partner, referenceWithGrids } from '../../fixtures/exchange'
import { onEveryDatabase } from './databases'

/** Another platform's door: keeps what came, and answers as it is told. `null` never answers. */
interface Receiver {
  readonly url: string
  readonly received: { readonly headers: Record<string, string>; readonly body: string }[]
  answers: (number | null)[]
  close(): void
}

const receivers: Receiver[] = []
afterEach(() => {
  for (const receiver of receivers.splice(0)) receiver.close()
})

async function receiver(): Promise<Receiver> {
  const received: Receiver['received'] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    received.push({ headers: request.headers as Record<string, string>, body })
    const status = made.answers.shift()
    if (status === null) return
    response.writeHead(status ?? 204, status === 302 ? { location: `${made.url}/elsewhere` } : {}).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`
  const made: Receiver = {
    ...{ url, received, answers: [] },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  receivers.push(made)
  return made
}

/** As `docs/exchange.md` tells a partner to check. */
function isGenuine({ headers, body }: Receiver['received'][number], secret: string): boolean {
  const { 'x-seat-timestamp': at, 'x-seat-delivery': delivery, 'x-seat-signature': signature } = headers
  return signature === `v1=${createHmac('sha256', secret).update(`${at}.${delivery}.${body}`).digest('hex')}`
}

const delivering = (central: TestCentral, withinMs = 5_000) =>
  createDelivering({ services: central.central.services, post: createPost(withinMs), random: () => 0.999 })

async function changeTwice(central: TestCentral, people: Staff, no: string): Promise<void> {
  const { body } = await central.call('cases.list', { token: people.intake.token, query: { limit: '200' } })
  const row = body.items.find(({ caseNo }: { caseNo: string }) => caseNo === no)
  const proposed = await step(central, people.intake, row, 'proposeDecline', { reason: '不属于本区。' })
  await step(central, people.lead, proposed, 'decline', { reason: '不属于本区，已退回。' })
}

onEveryDatabase('telling the platform that handed a case down', (start) => {
  async function world(answers: (number | null)[] = []) {
    const central = await start({ referenceFiles: referenceWithGrids })
    const door = await receiver()
    door.answers = answers
    const city = await partner(central, '市级平台', door.url)
    const people = await staff(central)
    // Its own sender stands still, so that each test says when something is sent.
    await central.central.delivering.stop()
    const { body } = await handDown(central, city, handed())
    return { central, door, city, people, caseNo: body.caseNo as string }
  }
  const log = async (central: TestCentral, people: Staff) =>
    (await central.call('exchange.log.list', { token: people.director.token, query: { direction: 'out' } })).body.items

  it('sends each change of stage once, in order, signed over moment, number and body', async () => {
    const { central, door, city, people, caseNo } = await world()
    const sender = delivering(central)
    await sender.deliverDue()
    expect(door.received, 'a registration is answered, not notified').toEqual([])
    await changeTwice(central, people, caseNo)
    for (let times = 0; times < 4; times += 1) await sender.deliverDue()
    const told = door.received.map(({ body }) => JSON.parse(body) as HandedCaseStatus)
    expect(told).toMatchObject([
      { no: 'SZ-2026-000731', caseNo, stageName: '案卷建立', isEnded: false, closingOpinion: null },
      { state: 'declined', stateName: '不立案', isEnded: true, closingOpinion: '不属于本区，已退回。' },
    ])
    const [first, second] = door.received
    if (!first || !second) throw new Error('not delivered')
    expect(isGenuine(first, city.signingSecret)).toBe(true)
    expect(isGenuine({ ...first, body: second.body }, city.signingSecret), 'another body').toBe(false)
    expect(isGenuine({ ...second, headers: { ...second.headers, 'x-seat-delivery': 'x' } }, city.signingSecret)).toBe(false)
    const replayed = { ...second.headers, 'x-seat-timestamp': String(morning + 1) }
    expect(isGenuine({ ...second, headers: replayed }, city.signingSecret), 'a new moment for an old signature').toBe(false)
    expect(isGenuine(first, city.apiKey), 'another secret').toBe(false)
    expect((await log(central, people)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done'])
  })

  it('tries again under the same number after a refusal, a redirect and a stall, and lets nothing overtake', async () => {
    const { central, door, people, caseNo } = await world([500, 302, null])
    const sender = delivering(central, 200)
    await changeTwice(central, people, caseNo)
    for (let times = 0; times < 3; times += 1) {
      await sender.deliverDue()
      await sender.deliverDue()
      expect(door.received, 'not before the pause is over').toHaveLength(times + 1)
      await central.clock.advance(31_000 * 2 ** times)
    }
    for (let times = 0; times < 3; times += 1) await sender.deliverDue()
    const numbers = door.received.map(({ headers }) => headers['x-seat-delivery'])
    expect(new Set(numbers.slice(0, 4)).size, 'one change, one number').toBe(1)
    expect(numbers).toHaveLength(5)
    expect(numbers[4]).not.toBe(numbers[0])
    expect(new Set(door.received.slice(0, 4).map(({ body }) => body)).size).toBe(1)
    const lines = await log(central, people)
    expect(lines.at(-1)).toMatchObject({ outcome: 'failed', detail: '对方回应 500，第 1 次', externalNo: 'SZ-2026-000731', caseNo })
    expect(lines.at(-2)).toMatchObject({ outcome: 'done', detail: '对方回应 204，第 4 次' })
  })

  it('gives up after three days, says so, and goes on with what came after', async () => {
    const { central, door, people, caseNo } = await world([500, 500])
    const sender = delivering(central)
    await changeTwice(central, people, caseNo)
    await sender.deliverDue()
    const { services } = central.central
    const later = { ...services, clock: { ...services.clock, now: () => services.clock.now() + 3 * 86_400_000 } }
    const laterSender = createDelivering({ services: later, post: createPost(5_000), random: () => 0.999 })
    await laterSender.deliverDue()
    await laterSender.deliverDue()
    expect((await log(central, people)).map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['done', 'failed', 'givenUp'])
    expect(door.received).toHaveLength(3)
  })

  it('sends a change once when two processes look for work together', async () => {
    const { central, door, people, caseNo } = await world()
    await changeTwice(central, people, caseNo)
    await Promise.all([delivering(central), delivering(central), delivering(central)].map((sender) => sender.deliverDue()))
    const numbers = door.received.map(({ headers }) => headers['x-seat-delivery'])
    expect(numbers.length).toBeGreaterThan(0)
    expect(new Set(numbers).size, 'nothing twice').toBe(numbers.length)
  })

  it('does not wait for a platform that stalls when it is stopped, and sends it again later', async () => {
    const { central, door, people, caseNo } = await world([null])
    const sender = delivering(central, 60_000)
    await changeTwice(central, people, caseNo)
    const sending = sender.deliverDue()
    await expect.poll(() => door.received.length).toBe(1)
    await sender.stop()
    await sending
    const next = delivering(central)
    await next.deliverDue()
    expect(door.received, 'held for whoever was sending it').toHaveLength(1)
    await central.clock.advance(121_000)
    await next.deliverDue()
    expect(door.received[1]?.headers['x-seat-delivery']).toBe(door.received[0]?.headers['x-seat-delivery'])
  })

  it('queues nothing when the step itself is refused', async () => {
    const { central, door, people, caseNo } = await world()
    const { body } = await central.call('cases.list', { token: people.intake.token })
    const row = body.items.find((item: { caseNo: string }) => item.caseNo === caseNo)
    await expect(step(central, people.intake, row, 'preFile', { opinion: '属实。' })).rejects.toThrow('refused')
    await delivering(central).deliverDue()
    expect(door.received).toEqual([])
  })
})
