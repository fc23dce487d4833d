import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mayReceive } from '#server/events/event-hub'
import { systemIds } from '#server/platform/machine'
import { type PreparedCase, prepareCase } from '#server/store/case-columns'
import { matching, visibleTo } from '#server/store/case-conditions'
import { countQueues, listCases } from '#server/store/case-list-store'
import { insertCases } from '#server/store/case-store'
import { audienceOf } from '#server/workflows/cases/access'
import { roleIds } from '#shared/domain/account/role'
import { progressOf } from '#shared/domain/case/progress'
import { isInQueue, isOverdue, queueIds, queueSpec, queuesOf } from '#shared/domain/case/queues'
import { caseStateIds, isEnd } from '#shared/domain/case/states'
import { maySee, secrecyOf, type Viewer } from '#shared/domain/case/visibility'
import { lampAt } from '#shared/domain/clock/case-clock'
import { cast, walk, walkStart } from '../../fixtures/case-walks'
import type { TestCentral } from '../../fixtures/central'
import { calendar, standardProfile } from '../../fixtures/profiles'
import { secondProfile } from '../../fixtures/second-profile'
import { onEveryDatabase } from './databases'

/** A few hundred cases led by chance, half of them under another profile. */
const profiles = [standardProfile, secondProfile]
const numbers = fc.noBias(fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 40, size: 'max' }))
const walked = fc.sample(numbers, { numRuns: 1_500, seed: 20_261_121 }).map((choices, index) => {
  const profile = profiles[index % 2] ?? standardProfile
  return { profile, ...walk(choices, profile) }
})
// Suspended cases are soon resumed, so some are taken as they were when they had just been suspended.
const suspended = walked.flatMap(({ profile, beginning, history }) => {
  const at = history.findIndex(({ to, from }) => to === 'suspended' && from === 'dispatched')
  return at < 0 ? [] : [{ profile, beginning, history: history.slice(0, at + 1) }]
})
const walks = [...walked.slice(0, 250), ...suspended.slice(0, 10)]
const cases: readonly PreparedCase[] = walks.map(({ profile, beginning, history }, index) =>
  prepareCase(
    { caseId: systemIds.uuid(), caseNo: `20261118-${String(index + 1).padStart(4, '0')}`, profileId: profile.profileId },
    { beginning, history, citizen: null },
    { profile, calendar },
  ),
)
const known = cases.map(({ identity, beginning, history, image }) => {
  const progress = progressOf(beginning, history)
  if (!progress) throw new Error('a case without a registration')
  return { caseId: identity.caseId, row: image.row, progress }
})

/** Everybody of the cast in every post, and departments nobody has heard of. */
const viewers: readonly Viewer[] = [
  ...roleIds.flatMap((role) => cast.slice(0, 4).map(({ accountNo }) => ({ accountNo, role, departmentCode: null }))),
  ...cast.flatMap(({ accountNo, role, departmentCode }) =>
    role === 'system' || role === 'platform' ? [] : [{ accountNo, role, departmentCode }],
  ),
  ...['101', '103', '999', null].map((departmentCode) => ({ accountNo: '2903', role: 'departmentOperator' as const, departmentCode })),
]
const nows = [walkStart, walkStart + 3_600_000, walkStart + 5 * 86_400_000]

async function filled(start: () => Promise<TestCentral>) {
  const central = await start()
  const { db, transactor } = central.central.services
  await transactor.inTransaction(async ({ trx }) => {
    await insertCases(trx, cases)
    return { ok: true, value: undefined }
  })
  return db
}

onEveryDatabase('what SQL and the domain say of the same case', (start) => {
  it('is the same of who may see it, and lists each of those once', async () => {
    const db = await filled(start)
    for (const viewer of viewers) {
      const rows = await db.selectFrom('case_record').select('case_id').where(visibleTo(viewer)).execute()
      const expected = known.filter(({ row, progress }) => maySee(row, secrecyOf(progress), viewer)).map(({ caseId }) => caseId)
      expect(rows.map(({ case_id }) => case_id).sort(), JSON.stringify(viewer)).toEqual(expected.sort())
    }
    const viewer: Viewer = { accountNo: '9999', role: 'director', departmentCode: null }
    for (const part of ['open', 'ended'] as const) {
      const ids: string[] = []
      let after: Parameters<typeof listCases>[1]['after']
      for (;;) {
        const page = await listCases(db, { viewer, conditions: [], part, after, limit: 7 })
        ids.push(...page.map(({ row }) => row.caseId))
        if (page.length < 7) break
        after = page.at(-1)?.place
      }
      const expected = known.filter(({ row }) => isEnd(row.state) === (part === 'ended')).map(({ caseId }) => caseId)
      expect(new Set(ids)).toEqual(new Set(expected))
      expect(ids).toHaveLength(expected.length)
    }
    expect(known.some(({ row }) => row.isSensitive) && known.some(({ row }) => row.isRecused), 'both kinds occur').toBe(true)
  })

  it('is the same of what is in one state or two, page by page over both parts of a list', async () => {
    const central = await start()
    await filled(async () => central)
    const token = await central.tokenFor('director')
    const viewer: Viewer = { accountNo: '9999', role: 'director', departmentCode: null }
    const mine = known.filter(({ row, progress }) => maySee(row, secrecyOf(progress), viewer))
    const asked = caseStateIds.flatMap((state, index) => [[state], [state, caseStateIds[(index + 5) % caseStateIds.length] ?? state]])
    for (const states of asked) {
      const ids: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const query: Record<string, string> = { states: states.join(','), limit: '9', ...(next && { after: next }) }
        const { body } = await central.call('cases.list', { token, query })
        ids.push(...body.items.map(({ caseId }: { caseId: string }) => caseId))
        next = body.next
      }
      const expected = mine.filter(({ row }) => (states as readonly string[]).includes(row.state)).map(({ caseId }) => caseId)
      expect(ids.sort(), states.join(',')).toEqual(expected.sort())
    }
  })

  it('is the same of what is in a queue at any time, and how late it is', async () => {
    const db = await filled(start)
    const found = new Set<string>()
    for (const viewer of viewers) {
      for (const queue of queueIds) {
        for (const now of nows) {
          const filter = matching(queueSpec(queue).filter, viewer, now)
          const rows = await db.selectFrom('case_record').select('case_id').where(filter).execute()
          const expected = known.filter(({ row }) => isInQueue(row, queue, viewer, now)).map(({ caseId }) => caseId)
          expect(rows.map(({ case_id }) => case_id).sort(), `${queue} ${JSON.stringify(viewer)}`).toEqual(expected.sort())
          if (expected.length > 0) found.add(queue)
        }
      }
    }
    expect([...found].sort(), 'every queue has something in it at some time').toEqual([...queueIds].sort())
    for (const viewer of viewers.slice(-20)) {
      for (const now of nows) {
        const counts = await countQueues(db, queuesOf(viewer.role), viewer, now)
        const expected = queuesOf(viewer.role).map((queue) => {
          const rows = known.filter(({ row, progress }) => maySee(row, secrecyOf(progress), viewer) && isInQueue(row, queue, viewer, now))
          const clocks = rows.flatMap(({ row }) => (row.clock && row.clock.pausedSince === null ? [row.clock] : []))
          return {
            queue,
            count: rows.length,
            oldestEnteredAt: rows.length === 0 ? null : Math.min(...rows.map(({ row }) => row.enteredAt)),
            red: rows.filter(({ row }) => isOverdue(row, now)).length,
            amber: clocks.filter((clock) => lampAt(clock, now) === 'amber').length,
          }
        })
        expect(counts).toEqual(expected)
      }
    }
  })
})

it('the audience of a case’s events is whoever may see it', () => {
  for (const { row, progress } of known) {
    const audience = audienceOf(progress)
    for (const viewer of viewers) {
      const isTold = mayReceive({ ...viewer, seatNo: '01' }, { audience })
      expect(isTold, `${JSON.stringify(viewer)} ${JSON.stringify(audience)}`).toBe(maySee(row, secrecyOf(progress), viewer))
    }
  }
})
