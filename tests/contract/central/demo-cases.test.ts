import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createActors } from '#server/demo/actors/actors'
import { seedDemonstrationCases, startFillingYear } from '#server/demo/cases/seed-cases'
import { seedDemonstration } from '#server/demo/seed-accounts'
import { imageOf } from '#server/store/case-columns'
import { countQueues } from '#server/store/case-list-store'
import { findCases } from '#server/store/case-store'
import type { RoleId } from '#shared/domain/account/role'
import { progressOf } from '#shared/domain/case/progress'
import { queuesOf } from '#shared/domain/case/queues'
import type { TestCentral } from '../../fixtures/central'
import { demonstrationReference } from '../../fixtures/demo-world'
import { onEveryDatabase } from './databases'

/** A centre with the demonstration in it. */
async function seeded(start: (options: { referenceFiles: typeof demonstrationReference; isPeopled: boolean }) => Promise<TestCentral>) {
  const central = await start({ referenceFiles: demonstrationReference, isPeopled: false })
  await seedDemonstration(central.central.services)
  const added = await seedDemonstrationCases(central.central.services, central.filesFolder)
  return { central, added, services: central.central.services }
}

const count = async ({ central: { services } }: TestCentral) => {
  const rows = await services.db.selectFrom('case_record').select(['is_open']).execute()
  return { all: rows.length, open: rows.filter(({ is_open }) => is_open === 1).length }
}

onEveryDatabase("the demonstration's cases", (start) => {
  it('fill every queue of every role, and follow from their histories', async () => {
    const { central, added, services } = await seeded(start)
    const { all, open } = await count(central)
    expect(all).toBe(added)
    expect(all).toBeGreaterThan(1_200)
    expect(open).toBeGreaterThan(180)
    expect(open).toBeLessThan(400)
    const people: [string, RoleId, string | null][] = [
      ['0201', 'intake', null],
      ['0101', 'shiftLead', null],
      ['0301', 'dispatcher', null],
      ['0401', 'supervisor', null],
      ['0501', 'opinionMonitor', null],
      ['0601', 'wallOperator', null],
      ['0801', 'commander', null],
      ['0802', 'assistant', null],
      ['0803', 'director', null],
      ['0901', 'departmentOperator', '104'],
      ['1001', 'collector', null],
    ]
    for (const [accountNo, role, departmentCode] of people) {
      const counts = await countQueues(services.db, queuesOf(role), { accountNo, role, departmentCode }, central.clock.now())
      for (const { queue, count: many } of counts) expect(many, `${queue} of ${role}`).toBeGreaterThan(0)
    }
    const ids = await services.db.selectFrom('case_record').select('case_id').limit(400).execute()
    const { profile, calendar } = await services.caseSettings.read(services.db)
    if (!profile) throw new Error('no profile')
    for (const { identity, beginning, history, row } of await findCases(
      services.db,
      ids.map(({ case_id }) => case_id),
    )) {
      const progress = progressOf(beginning, history)
      expect(progress && imageOf(identity, progress, { profile, calendar }).row).toEqual(row)
    }
  })

  it('are added once, however often the server starts', async () => {
    const { central, services } = await seeded(start)
    const before = await count(central)
    const again = await seedDemonstration(services)
    expect(await seedDemonstrationCases(services, central.filesFolder)).toBe(0)
    expect(await count(central)).toEqual(before)
    expect(again.accounts).toHaveLength(12)
    const { total } = await services.db
      .selectFrom('account')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    // 12 posts, 3 second people, 38 further departments, 58 collectors.
    expect(Number(total)).toBe(12 + 3 + 38 + 58)
  })

  // Two hours in twelve seconds.
  it('are played by simulated people without a refusal, and without growing', { timeout: 60_000 }, async () => {
    const { central, services } = await seeded(start)
    const actors = await createActors(services, central.filesFolder, 600)
    if (!actors) throw new Error('nobody acts')
    const { open } = await count(central)
    for (let turn = 0; turn < 12; turn += 1) {
      await central.clock.advance(1_000)
      await actors.turn()
    }
    expect(actors.counts.arrived).toBeGreaterThan(5)
    expect(actors.counts.acted).toBeGreaterThan(40)
    expect(actors.counts.refused).toBe(0)
    expect(actors.counts.planned).toBeLessThan(open + actors.counts.arrived)
    const handled = await services.db.selectFrom('case_record').select('case_id').where('state', '=', 'handled').execute()
    expect(handled.length).toBeGreaterThan(10)
  })
})

onEveryDatabase('a year of the demonstration', (start) => {
  it('is filled from the newest day backwards, and stops when it is told to', async () => {
    const { central, services } = await seeded(start)
    const before = await count(central)
    const filling = startFillingYear(services, central.filesFolder)
    let turns = 0
    while ((await count(central)).all < before.all + 300 && turns < 400) {
      turns += 1
      await central.clock.advance(100)
      await delay(5)
    }
    filling.stop()
    let isDone = false
    void filling.done.then(() => {
      isDone = true
    })
    // The database answers in real time: turns of the clock alone may all be over before it has.
    while (!isDone) {
      await central.clock.advance(100)
      await delay(5)
    }
    const after = await count(central)
    expect(after.all).toBeGreaterThanOrEqual(before.all + 300)
    expect(after.open - before.open).toBeLessThan(40)
  })
})
