import { expect, it } from 'vitest'
import { tellMoves } from '#server/workflows/cases/field'
import { retention, sweep } from '#server/workflows/sweep'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { staff } from '../../fixtures/cases'
import { readEvents } from '../../fixtures/event-reader'
import { gridCode, referenceWithGrids, square } from '../../fixtures/exchange'
import { onEveryDatabase } from './databases'

/** One area, a square of two kilometres, which collector 2951 patrols. */
const patrolAreas: ReferenceDocument<'patrolAreas'> = {
  kind: 'patrolAreas',
  title: '测试责任网格',
  patrolAreas: [{ collectorNo: '2951', collectorName: '石一', substituteNo: '2952', gridCodes: [gridCode] }],
}
const referenceFiles = [...referenceWithGrids, { id: '230108', origin: 'demonstration' as const, document: patrolAreas }]
const inside = { lng: (square.west + square.east) / 2, lat: (square.south + square.north) / 2 }
/** 390 m east of it. */
const outside = { lng: square.east + 0.005, lat: inside.lat }
const minute = 60_000

onEveryDatabase('where collectors are', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles })
    const people = await staff(central)
    const { collector, lead, intake } = people
    const report = (items: readonly { position: typeof inside; accuracyM: number | null; at: number }[]) =>
      central.call('collectors.reportPositions', { token: collector.token, body: { items } })
    await central.call('collectors.reportDuty', { token: collector.token, body: { isOnDuty: true, position: null } })
    const now = async () => (await central.call('collectors.now', { token: intake.token })).body.items[0]
    const track = (token = lead.token) => {
      const query = { from: String(central.clock.now() - 60 * minute), until: String(central.clock.now() + minute) }
      return central.call('collectors.track', { token, params: { accountNo: '2951' }, query })
    }
    return { central, people, report, now, track }
  }

  it('is the newest position, and outside the area since the first one out there', async () => {
    const { central, report, now, track } = await begin()
    const at = central.clock.now()
    await report([{ position: inside, accuracyM: 10, at: at - 10 * minute }])
    expect(await now()).toMatchObject({ accountNo: '2951', isOnDuty: true, position: inside, outsideSince: null })
    await report([
      { position: outside, accuracyM: 10, at: at - 8 * minute },
      { position: outside, accuracyM: 10, at: at - 6 * minute },
    ])
    expect(await now()).toMatchObject({ position: outside, positionAt: at - 6 * minute, outsideSince: at - 8 * minute })
    // What a telephone had kept does not move the mark back, and is in the track.
    await report([{ position: inside, accuracyM: 10, at: at - 9 * minute }])
    expect(await now()).toMatchObject({ position: outside, outsideSince: at - 8 * minute })
    // A fix that may be 400 m off says nothing.
    await report([{ position: inside, accuracyM: 400, at: at - 5 * minute }])
    expect(await now()).toMatchObject({ outsideSince: at - 8 * minute })
    await report([{ position: inside, accuracyM: 10, at: at - 4 * minute }])
    expect(await now()).toMatchObject({ position: inside, outsideSince: null })
    expect((await track()).body.items.map((each: { isOutside: boolean }) => each.isOutside)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ])
  })

  it('takes the same report twice as one, and none from a clock that is hours ahead or a day behind', async () => {
    const { central, report, track, now } = await begin()
    const at = central.clock.now()
    const items = [{ position: inside, accuracyM: 10, at: at - minute }]
    await report(items)
    await report(items)
    await report([
      { position: outside, accuracyM: 10, at: at + 3 * 3_600_000 },
      { position: outside, accuracyM: 10, at: at - 86_400_000 },
    ])
    expect((await track()).body.items).toEqual([{ ...items[0], isOutside: false }])
    expect(await now()).toMatchObject({ position: inside })
  })

  it('is told to those who send collectors, all who moved in one event, and not while somebody stands still', async () => {
    const { central, people, report } = await begin()
    await central.call('collectors.reportDuty', { token: people.collector2.token, body: { isOnDuty: true, position: outside } })
    const origin = await central.listen()
    const heard = await readEvents(origin, people.intake.token)
    const unheard = await readEvents(origin, people.dispatcher.token)
    const at = central.clock.now()
    await report([{ position: inside, accuracyM: 10, at }])
    await tellMoves(central.central.services)
    const event = await heard.find(({ name }) => name === 'collectors.moved')
    expect(event.payload.items.map(({ accountNo }: { accountNo: string }) => accountNo).sort()).toEqual(['2951', '2952'])
    await central.clock.advance(minute)
    await report([{ position: { ...inside, lat: inside.lat + 0.00002 }, accuracyM: 10, at: at + minute }])
    await tellMoves(central.central.services)
    await central.call('collectors.reportDuty', { token: people.collector.token, body: { isOnDuty: false, position: null } })
    await tellMoves(central.central.services)
    await heard.find(({ name, payload }) => name === 'collectors.moved' && payload.items[0].isOnDuty === false)
    expect(heard.events.filter(({ name }) => name === 'collectors.moved')).toHaveLength(2)
    expect(unheard.events.filter(({ name }) => name === 'collectors.moved')).toEqual([])
    heard.close()
    unheard.close()
  })

  it('shows the way of a person to those who answer for them, with a note in the audit log, for thirty days', async () => {
    const { central, people, report, track } = await begin()
    await report([{ position: inside, accuracyM: 10, at: central.clock.now() }])
    expect((await track(people.intake.token)).status).toBe(403)
    expect((await track()).body.items).toHaveLength(1)
    const audit = await central.call('audit.list', { token: await central.tokenFor('admin'), query: { action: 'collector.trackRead' } })
    expect(audit.body.items).toMatchObject([{ accountNo: '2101', subject: '2951' }])
    const { services } = central.central
    const later = central.clock.now() + retention.tracksMs + minute
    await sweep({ ...services, clock: { ...services.clock, now: () => later } })
    expect(await services.db.selectFrom('collector_track').selectAll().execute()).toEqual([])
  })
})
