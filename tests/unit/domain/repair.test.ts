/** Repair orders from steps that seats wrote without hearing of each other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { warrantyAt } from '#shared/domain/equipment/equipment'
import { foldRepairs, logWordsOf, type RepairStep, type RepairWords, refusalOfRepair } from '#shared/domain/equipment/repair'

const words = {
  report: { did: 'report', label: '1120-03-1', equipmentId: null, what: '耳麦', place: '03 号坐席', fault: '无声', isUrgent: true },
} as const
let count = 0
const step = (at: number, byNo: string, said: RepairWords, orderId = 'a'): RepairStep => ({
  ...{ stepId: `s${++count}`, orderId, at, byNo, byName: byNo, seatNo: '03', words: said },
})
const assign: RepairWords = { did: 'assign', who: '赵工', note: '' }
const done: RepairWords = { did: 'done', who: '赵工', note: '' }
const plain = (did: 'accept' | 'return' | 'withdraw'): RepairWords => ({ did, note: '' })

describe('a repair order', () => {
  it('goes from the fault over whoever repairs it to acceptance, and back when it is not repaired', () => {
    const steps = [step(1, 'yang', words.report), step(2, 'lead', assign), step(3, 'lead', done), step(4, 'yang', plain('return'))]
    expect(foldRepairs(steps)[0]).toMatchObject({ state: 'reported', who: '赵工', doneNo: null })
    const again = [...steps, step(5, 'lead', done), step(6, 'yang', plain('accept'))]
    expect(foldRepairs(again)[0]).toMatchObject({ state: 'accepted', endedAt: 6 })
  })

  it('is accepted by nobody who wrote that it is repaired, and decided by nobody whose it is not', () => {
    const [order] = foldRepairs([step(1, 'yang', words.report), step(3, 'lead', done)])
    if (!order) throw new Error('no order')
    expect(refusalOfRepair(order, 'accept', { accountNo: 'lead', role: 'shiftLead' })).toBe('repair/ownWork')
    expect(refusalOfRepair(order, 'accept', { accountNo: 'wang', role: 'intake' })).toBe('repair/notYours')
    expect(refusalOfRepair(order, 'accept', { accountNo: 'yang', role: 'intake' })).toBeUndefined()
    expect(refusalOfRepair(order, 'assign', { accountNo: 'lead', role: 'shiftLead' })).toBe('repair/notNow')
    const [fresh] = foldRepairs([step(1, 'yang', words.report)])
    expect(fresh && refusalOfRepair(fresh, 'assign', { accountNo: 'yang', role: 'intake' })).toBe('repair/notYours')
  })

  it('comes to one state from any order of arrival, steps that came twice among them', () => {
    const steps = [
      step(1, 'yang', words.report),
      step(2, 'lead', assign),
      step(3, 'lead', done),
      step(3, 'wang', done),
      step(4, 'yang', plain('accept')),
    ]
    const wanted = foldRepairs(steps)
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2 }), (arrived) => {
        expect(foldRepairs(arrived)).toEqual(wanted)
      }),
    )
  })

  it('stands before the others while it is open and urgent; without its report it is none', () => {
    const calm = { ...words.report, isUrgent: false }
    const orders = foldRepairs([
      step(9, 'y', calm, 'b'),
      step(1, 'y', words.report),
      step(5, 'y', words.report, 'c'),
      step(6, 'y', plain('withdraw'), 'c'),
      step(7, 'l', done, 'd'),
    ])
    expect(orders.map(({ orderId }) => orderId)).toEqual(['a', 'b', 'c'])
  })

  it('tells the log of the fault and of its end, and not of every step', () => {
    const [order] = foldRepairs([step(1, 'yang', words.report)])
    if (!order) throw new Error('no order')
    expect(logWordsOf(order, words.report)).toBe('报障 1120-03-1：耳麦（03 号坐席），无声，急。')
    expect(logWordsOf(order, assign)).toBeUndefined()
    expect(logWordsOf(order, { did: 'return', note: '仍有杂音' })).toBe('报障 1120-03-1 验收不过，退回重修：耳麦（03 号坐席）：仍有杂音。')
  })
})

describe('the warranty', () => {
  it.each([
    ['2026-11-19', 'over'],
    ['2026-11-20', 'ending'],
    ['2026-12-20', 'ending'],
    ['2026-12-21', 'valid'],
    [null, 'none'],
  ] as const)('until %s is %s on 2026-11-20', (warrantyUntil, stands) => {
    expect(warrantyAt({ warrantyUntil }, '2026-11-20')).toBe(stands)
  })
})
