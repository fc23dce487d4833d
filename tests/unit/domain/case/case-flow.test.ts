/** Cases in and out between two cut-offs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFlow, type CaseStep, flowOf, netOf, noFlow, openBefore } from '#shared/domain/case/case-flow'
import { type CaseState, caseStateIds, isEnd } from '#shared/domain/case/states'

const counted = (steps: readonly CaseStep[]) => steps.reduce((counts, step) => addFlow(counts, flowOf(step)), noFlow)

describe('one case', () => {
  it('counts as come in, filed, handed to a department and closed, each once', () => {
    const steps: readonly CaseStep[] = [
      { action: 'register', from: null, to: 'reported' },
      { action: 'preFile', from: 'reported', to: 'preFiled' },
      { action: 'file', from: 'preFiled', to: 'filed' },
      { action: 'dispatch', from: 'filed', to: 'dispatched' },
      { action: 'urge', from: 'dispatched', to: 'dispatched' },
      { action: 'approveRequest', from: 'dispatched', to: 'suspended' },
      { action: 'resume', from: 'suspended', to: 'dispatched' },
      { action: 'reportHandled', from: 'dispatched', to: 'handled' },
      { action: 'rework', from: 'handled', to: 'filed' },
      { action: 'dispatch', from: 'filed', to: 'dispatched' },
      { action: 'close', from: 'checked', to: 'closed' },
      { action: 'followUp', from: 'closed', to: 'closed' },
    ]
    expect(counted(steps)).toEqual({ ...noFlow, registered: 1, filed: 1, dispatched: 2, closed: 1 })
  })

  it('that was closed by mistake and taken back was not closed; reopened, it counts as open again', () => {
    const closing: CaseStep = { action: 'close', from: 'checked', to: 'closed' }
    expect(counted([closing, { action: 'undo', from: 'closed', to: 'checked' }])).toEqual(noFlow)
    expect(counted([closing, { action: 'reopen', from: 'closed', to: 'filed' }])).toEqual({ ...noFlow, closed: 1, reopened: 1 })
  })

  it('that is declined, merged or answered ends otherwise', () => {
    const end = (to: CaseState): CaseStep => ({ action: 'x', from: 'reported', to })
    expect(counted([end('declined'), end('merged'), end('answered'), end('voided')])).toEqual({ ...noFlow, otherwiseEnded: 4 })
  })
})

/** A hall: each step takes a case from where it is to any state, now and then back. */
const hall = fc
  .array(fc.record({ which: fc.nat(5), to: fc.constantFrom(...caseStateIds), isUndo: fc.boolean() }), { maxLength: 120 })
  .map((moves) => {
    const trails = new Map<number, (CaseState | null)[]>()
    const steps: CaseStep[] = []
    for (const { which, to, isUndo } of moves) {
      const trail = trails.get(which) ?? [null]
      trails.set(which, trail)
      const from = trail.at(-1) ?? null
      const before = trail.at(-2)
      if (isUndo && before && from !== null) {
        steps.push({ action: 'undo', from, to: before })
        trail.pop()
      } else {
        steps.push({ action: from === null ? 'register' : 'move', from, to: from === null ? 'reported' : to })
        trail.push(from === null ? 'reported' : to)
      }
    }
    const open = [...trails.values()].filter((trail) => !isEnd(trail.at(-1) ?? 'closed')).length
    return { steps, open }
  })

describe('cut-offs', () => {
  it('at any numbers put every step into exactly one handover, and what each hands on is what the next takes over', () => {
    fc.assert(
      fc.property(hall, fc.array(fc.nat(120), { maxLength: 6 }), ({ steps, open }, cuts) => {
        const places = [0, ...[...new Set(cuts)].filter((at) => at > 0 && at < steps.length).sort((a, b) => a - b), steps.length]
        const parts = places.slice(1).map((until, index) => counted(steps.slice(places[index], until)))
        const whole = counted(steps)
        expect(
          parts.reduce(
            (sum, part) =>
              addFlow(
                sum,
                Object.entries(part).map(([kind, count]) => ({ kind, count }) as never),
              ),
            noFlow,
          ),
        ).toEqual(whole)
        expect(netOf(whole)).toBe(open)
        let standing = open
        for (const counts of [...parts].reverse()) {
          standing = openBefore({ countedBy: 'centre', isWhole: true, since: 0, counts, open: standing }) as number
        }
        expect(standing).toBe(0)
      }),
    )
  })
})
