import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionIds } from '#shared/domain/case/actions'
import { clocksOf } from '#shared/domain/case/clocks'
import { profileMistakes } from '#shared/domain/case/profile'
import { progressOf } from '#shared/domain/case/progress'
import { isInQueue, queueSpec, queuesOf } from '#shared/domain/case/queues'
import { holdersOf } from '#shared/domain/case/roles'
import { rowOf } from '#shared/domain/case/row'
import { caseStateIds, endStates, isEnd, openStates } from '#shared/domain/case/states'
import { transitionsFrom } from '#shared/domain/case/transitions'
import { maySee, secrecyOf } from '#shared/domain/case/visibility'
import { brokenRule, extensionShares } from '../../fixtures/case-invariants'
import { cast, type Walk, walk } from '../../fixtures/case-walks'
import { calendar, standardProfile } from '../../fixtures/profiles'
import { secondProfile } from '../../fixtures/second-profile'

const numbers = fc.noBias(fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 60, size: 'max' }))
const identity = { caseId: '00000000-0000-7000-8000-000000000001', caseNo: '20261118-0001' }

describe.each([standardProfile, secondProfile])('cases under the profile $profileId', (profile) => {
  const rowAfter = ({ progress }: Walk) => rowOf(identity, progress, clocksOf(progress, profile, calendar), profile)

  it('can be used', () => expect(profileMistakes(profile)).toEqual([]))

  it('never break a rule, whatever is tried', () => {
    fc.assert(
      fc.property(numbers, (choices) => {
        const { beginning, history } = walk(choices, profile)
        expect(brokenRule(beginning, history, profile)).toBeUndefined()
        for (const share of extensionShares(history)) expect(share).toBeLessThanOrEqual(profile.extensionCap)
      }),
      { numRuns: 400 },
    )
  })

  it('stand where they stand however their history is shuffled', () => {
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.nat()), (choices, order) => {
        const { beginning, history, progress } = walk(choices, profile)
        const shuffled = history.map((entry) => ({ entry, at: order.next().value })).sort((a, b) => a.at - b.at)
        const again = progressOf(
          beginning,
          shuffled.map(({ entry }) => entry),
        )
        expect(again).toEqual(progress)
        expect(again && clocksOf(again, profile, calendar)).toEqual(clocksOf(progress, profile, calendar))
      }),
      { numRuns: 100 },
    )
  })

  it('are in a queue of somebody whose turn it is and who may see them, as long as they are open', () => {
    fc.assert(
      fc.property(numbers, (choices) => {
        const one = walk(choices, profile)
        if (isEnd(one.progress.state)) return
        const row = rowAfter(one)
        const holders = holdersOf(one.progress, profile)
        const watchers = cast.flatMap(({ role, accountNo, departmentCode }) =>
          role === 'system' || role === 'platform' ? [] : [{ role, accountNo, departmentCode }],
        )
        const finders = watchers.filter((viewer) => {
          if (!holders.includes(viewer.role) || !maySee(row, secrecyOf(one.progress), viewer)) return false
          return queuesOf(viewer.role).some((queue) => isInQueue(row, queue, viewer, one.progress.enteredAt))
        })
        // A complaint may name every holder there is in this small cast; then the others who may act have it.
        const isNamed = watchers.some(
          (viewer) => holders.includes(viewer.role) && one.progress.facts.namedAgents.includes(viewer.accountNo),
        )
        // Who looked into a case themselves while it was sensitive has the task still; they are no collector, and no queue of theirs holds it.
        const isWithDirector = secrecyOf(one.progress).collectors.some(
          (no) => cast.find(({ accountNo }) => accountNo === no)?.role === 'director',
        )
        if (!isNamed && !isWithDirector)
          expect(
            finders.map(({ role }) => role),
            `${row.state} ${JSON.stringify(holders)}`,
          ).not.toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})

describe('the table', () => {
  it('reaches every state and leads out of every state', () => {
    const reached = new Set(['reported'])
    const walked = fc.sample(numbers, { numRuns: 1_500, seed: 12_319 }).map((choices) => walk(choices, standardProfile))
    for (const { history } of walked) for (const { to } of history) reached.add(to)
    expect([...reached].sort()).toEqual([...caseStateIds].sort())
    for (const state of caseStateIds)
      expect(
        transitionsFrom(state).some(({ to }) => to !== undefined),
        state,
      ).toBe(true)
  })

  it('leads from every open state to an end', () => {
    const leads = (state: string) => transitionsFrom(state as (typeof caseStateIds)[number]).flatMap(({ to }) => (to ? [to as string] : []))
    for (const start of openStates) {
      const seen = new Set<string>([start])
      for (const state of seen) for (const next of leads(state)) seen.add(next)
      expect(
        endStates.some((end) => seen.has(end)),
        start,
      ).toBe(true)
    }
  })

  it('uses every action and shows every open state in a queue of its holder', () => {
    const used = new Set(caseStateIds.flatMap((state) => transitionsFrom(state).map(({ action }) => action)))
    expect([...used].sort()).toEqual([...actionIds].sort())
    const queued = new Set(
      ['intake', 'shiftLead', 'dispatcher', 'supervisor', 'commander', 'departmentOperator', 'collector'].flatMap((role) =>
        queuesOf(role as 'intake').flatMap((queue) => queueSpec(queue).filter.states ?? []),
      ),
    )
    for (const state of openStates) expect(queued.has(state), state).toBe(true)
  })
})
