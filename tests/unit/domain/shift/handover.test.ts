/** The handover: its cut-off, its steps, and what becomes of steps that were made without hearing of each other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { cutBehind, entriesBetween, noCut, overlapOf } from '#shared/domain/shift/cut-off'
import {
  digestOf,
  foldHandover,
  type Handover,
  isRelieved,
  type Person,
  replyTo,
  type Step,
  type StepWords,
  spokenCode,
  standingOf,
} from '#shared/domain/shift/handover'
import { carryOver, type HandoverItem, handoverForms, readingPoints } from '#shared/domain/shift/handover-facts'
import { stepsOfLeaving } from '#shared/domain/shift/leave-post'
import { createLogSeat, proving } from '../../../fakes/log-seat'

const { sha256 } = proving
const noon = Date.parse('2026-11-20T12:47:00+08:00')
const shen: Person = { accountNo: '0107', name: '沈玉梅', role: 'shiftLead' }
const han: Person = { accountNo: '0112', name: '韩志远', role: 'shiftLead' }
const tian: Person = { accountNo: '0113', name: '田露', role: 'shiftLead' }
const shift = { shiftId: '2026-11-20/morning', name: '上午班', startsAt: noon - 20_820_000, endsAt: noon + 780_000 }
const item = (itemId: string, section: HandoverItem['section']): HandoverItem => {
  return {
    itemId,
    section,
    tone: 'red',
    title: '联盟大街 118 号燃气井盖缺失',
    detail: '警示已设',
    ownerName: '杨雪',
    since: noon - 3_600_000,
    dueAt: null,
    carried: 0,
  }
}
const facts = (items: HandoverItem[]) => ({ cut: { at: noon, log: {}, eventSeq: 9 }, cases: [], items })

/** A script of steps with stamps one after the other, as one seat would make them. */
function script(items: HandoverItem[]) {
  const steps: Step[] = []
  const push = (by: Person, words: StepWords, at = noon + steps.length * 1000): Step => {
    const step = {
      stepId: `s${String(steps.length).padStart(3, '0')}`,
      handoverId: 'h',
      by,
      seatNo: by === shen ? '01' : '03',
      at,
      stamp: { ms: at, count: 0 },
      words,
    }
    steps.push(step)
    return step
  }
  const state = () => foldHandover(steps, sha256) as Handover
  push(shen, { did: 'begin', form: 'lead', shift, next: null, previousId: null, facts: facts(items) })
  return {
    steps,
    push,
    state,
    judge: (judgement = '午后回暖，先盯排水。') => push(shen, { did: 'judge', judgement, focus: '', reminder: '' }),
    seal: () => push(shen, { did: 'seal', digest: digestOf(state(), sha256) }),
    takeAll: (by = han) => {
      for (const { pointId } of state().points) push(by, { did: 'take', pointId })
    },
    accept: (by = han, at?: number) => push(by, { did: 'accept', digest: state().digest ?? '', via: 'centre', code: null }, at),
  }
}
const faults = (state: Handover) => state.conflicts.map(({ did, code }) => `${did}: ${code}`)

describe('from prefill to acceptance', () => {
  it('is sealed by the one, read back item by item by the other, and accepted by both signatures', () => {
    const day = script([item('case/1', 'special'), item('case/2', 'openItems')])
    day.judge()
    day.seal()
    day.takeAll()
    day.accept()
    const state = day.state()
    expect(state).toMatchObject({ stage: 'accepted', sealed: { by: shen }, accepted: { by: han, via: 'centre' }, conflicts: [] })
    expect(state.points.map(({ pointId }) => pointId)).toEqual([
      'cases',
      'attendance',
      'equipment',
      'dutyLog',
      'case/1',
      'case/2',
      'missedCalls',
      'offline',
    ])
  })

  it('demands the written form for special matters', () => {
    const day = script([item('case/1', 'special')])
    day.seal()
    expect(faults(day.state())).toEqual(['seal: handover/writtenFormDue'])
    const calm = script([item('case/1', 'openItems')])
    calm.seal()
    expect(calm.state().stage).toBe('sealed')
  })

  it('is not accepted with an item not taken, a question open, other facts, or by the outgoing person', () => {
    const day = script([])
    day.push(han, { did: 'take', pointId: 'cases' })
    day.seal()
    day.accept()
    day.push(han, { did: 'ask', pointId: 'equipment', text: '格 11 谁报修？' })
    day.push(han, { did: 'take', pointId: 'equipment' })
    day.push(han, { did: 'answer', pointId: 'equipment', text: '我' })
    day.push(shen, { did: 'take', pointId: 'cases' })
    expect(faults(day.state())).toEqual([
      'take: handover/notSealed',
      'accept: handover/pointsDue',
      'take: handover/questionOpen',
      'answer: handover/notYours',
      'take: handover/ownAcceptance',
    ])
    day.push(shen, { did: 'answer', pointId: 'equipment', text: '丁一凡，11:06 已报' })
    day.takeAll()
    day.push(shen, { did: 'accept', digest: day.state().digest ?? '', via: 'sameSeat', code: null })
    day.push(han, { did: 'accept', digest: 'f'.repeat(64), via: 'centre', code: null })
    expect(day.state().stage).toBe('sealed')
    day.push(han, { did: 'object', pointId: 'cases', text: '待派遣少一件' })
    day.accept()
    expect(day.state().stage).toBe('accepted')
  })

  it('hands over signed what is known when somebody leaves without relief, whatever was done of the handover before', () => {
    const leaving = { reason: '接班人路上车祸', consentBy: '马国栋' }
    const none = { judgement: '', focus: '', reminder: '' }
    const begin = {
      did: 'begin' as const,
      form: 'lead' as const,
      shift,
      next: null,
      previousId: null,
      facts: facts([item('c', 'special')]),
    }
    const before = { handoverId: 'h', by: shen, seatNo: '01', at: noon, begin }
    const leftBy = (words: readonly StepWords[], day: ReturnType<typeof script>) => {
      for (const one of words) day.push(shen, one)
      return day.state()
    }
    const fresh = stepsOfLeaving(before, none, leaving, sha256)
    expect(fresh.map(({ did }) => did)).toEqual(['begin', 'judge', 'seal', 'leave'])
    const day = script([item('c', 'special')])
    expect(leftBy(fresh.slice(1), day)).toMatchObject({ stage: 'left', words: { judgement: '未接班离岗：接班人路上车祸' }, conflicts: [] })
    const drafted = script([item('c', 'special')])
    const written = stepsOfLeaving(drafted.state(), { ...none, judgement: '先盯井盖' }, leaving, sha256)
    expect(leftBy(written, drafted)).toMatchObject({ stage: 'left', words: { judgement: '先盯井盖' }, left: leaving, conflicts: [] })
    const sealed = script([])
    sealed.seal()
    expect(stepsOfLeaving(sealed.state(), none, leaving, sha256)).toEqual([{ did: 'leave', ...leaving }])
  })

  it('says why a post was left unrelieved, and can still be accepted after that', () => {
    const day = script([])
    day.seal()
    expect(isRelieved(day.state())).toBe(false)
    day.push(shen, { did: 'leave', reason: ' ', consentBy: null })
    expect(faults(day.state())).toEqual(['leave: handover/reasonMissing'])
    day.push(shen, { did: 'leave', reason: '接班人路上车祸，指挥长同意', consentBy: '马国栋' })
    expect(day.state()).toMatchObject({ stage: 'left', left: { reason: '接班人路上车祸，指挥长同意' } })
    expect(isRelieved(day.state())).toBe(true)
    day.takeAll()
    day.accept()
    expect(day.state().stage).toBe('accepted')
  })

  it('is accepted by a code read aloud, which fits this handover and this person alone', () => {
    const day = script([])
    day.seal()
    const digest = day.state().digest as string
    const code = spokenCode('sealed', digest, han.accountNo, sha256)
    expect(code).toMatch(/^\d{6}$/)
    expect(replyTo(code, han.accountNo, sha256)).toBe(spokenCode('reply', digest, han.accountNo, sha256))
    expect(replyTo(code, tian.accountNo, sha256)).not.toBe(spokenCode('reply', digest, han.accountNo, sha256))
    day.push(han, { did: 'accept', digest: '', via: 'code', code: code === '000000' ? '000001' : '000000' })
    expect(faults(day.state())).toEqual(['accept: handover/wrongCode'])
    day.push(han, { did: 'accept', digest: '', via: 'code', code })
    expect(day.state()).toMatchObject({ stage: 'accepted', accepted: { via: 'code' } })
  })
})

describe('steps made without hearing of each other', () => {
  it('lets the earlier acceptance stand and shows the other', () => {
    const day = script([])
    day.seal()
    day.takeAll()
    day.accept(han, noon + 100_000)
    day.accept(tian, noon + 90_000)
    expect(day.state().accepted?.by).toEqual(tian)
    expect(faults(day.state())).toEqual(['accept: handover/acceptedBefore'])
  })

  it('comes to one state from any order of arrival, with repetitions, and is never half accepted on the way', () => {
    const words = fc.oneof(
      fc.constantFrom<StepWords[]>(
        { did: 'judge', judgement: '先盯排水', focus: '', reminder: '' },
        { did: 'leave', reason: '等不到接班人', consentBy: null },
        { did: 'abandon' },
        { did: 'accept', digest: 'x', via: 'centre', code: null },
      ),
      fc
        .constantFrom('cases', 'attendance', 'equipment', 'dutyLog', 'special')
        .chain((pointId) =>
          fc.constantFrom<StepWords[]>(
            { did: 'take', pointId },
            { did: 'read', pointId },
            { did: 'ask', pointId, text: '?' },
            { did: 'answer', pointId, text: '!' },
          ),
        ),
    )
    const extra = fc.record({ words, by: fc.constantFrom(shen, han, tian), at: fc.integer({ min: noon, max: noon + 40_000 }) })
    fc.assert(
      fc.property(fc.array(extra, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (extras, random) => {
        const day = script([item('case/1', 'special')])
        day.judge()
        day.seal()
        day.takeAll()
        day.accept()
        for (const one of extras) day.push(one.by, one.words, one.at)
        const whole = day.state()
        const mixed = [...day.steps, ...day.steps.slice(0, 4)]
        for (let i = mixed.length - 1; i > 0; i--) {
          const j = (random.next().value ?? 0) % (i + 1)
          ;[mixed[i], mixed[j]] = [mixed[j] as Step, mixed[i] as Step]
        }
        expect(foldHandover(mixed, sha256)).toEqual(whole)
        for (let known = 1; known <= mixed.length; known++) {
          const part = foldHandover(mixed.slice(0, known), sha256)
          if (!part) continue
          const isAccepted = part.stage === 'accepted'
          expect(part.accepted !== null).toBe(isAccepted)
          if (isAccepted) {
            expect(part.sealed).not.toBeNull()
            expect(part.points.every(({ takenAt }) => takenAt !== null)).toBe(true)
            expect(part.accepted?.by.accountNo).not.toBe(part.outgoing.accountNo)
          }
        }
        // No step disappears: it changed the state, or it is a conflict.
        expect(whole.conflicts.every(({ stepId }) => day.steps.some((step) => step.stepId === stepId))).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('lets of two handovers of one post the accepted, then the one sealed first stand', () => {
    const [one, two] = [script([]), script([])]
    two.push(shen, { did: 'seal', digest: digestOf(two.state(), sha256) }, noon + 5000)
    one.push(shen, { did: 'seal', digest: digestOf(one.state(), sha256) }, noon + 9000)
    const states = [one.state(), { ...two.state(), handoverId: 'g' }]
    expect(standingOf(states).standing?.handoverId).toBe('g')
    expect(standingOf(states).beside.map(({ handoverId }) => handoverId)).toEqual(['h'])
  })
})

describe('the cut-off', () => {
  it('puts every entry into exactly one handover, whenever it arrives', () => {
    const steps = fc.array(
      fc.record({ seat: fc.constantFrom(0, 1), what: fc.constantFrom('write', 'write', 'write', 'arrive', 'handOver') }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(steps, (script) => {
        const seats = [createLogSeat('01'), createLogSeat('02')] as const
        const all: SealedEntry[] = []
        const known: SealedEntry[] = []
        const handed: SealedEntry[] = []
        let cut = noCut
        const handOver = (at: number) => {
          const next = cutBehind(known, cut, at, null)
          handed.push(...entriesBetween(known, cut, next))
          cut = next
        }
        script.forEach(({ seat, what }, i) => {
          if (what === 'write') all.push(seats[seat].write(noon + i, `${i}`))
          // Of one seat something arrives, the newest first: what lies behind the gap waits for the next handover.
          else if (what === 'arrive') known.push(...seats[seat].written.filter((row) => !known.includes(row)).slice(-2))
          else handOver(noon + i)
        })
        known.push(...all.filter((row) => !known.includes(row)))
        handOver(noon + 1000)
        expect(handed.map(({ words }) => words.entryId).sort()).toEqual(all.map(({ words }) => words.entryId).sort())
      }),
      { numRuns: 200 },
    )
  })

  it('names what two handovers behind the same one would count twice', () => {
    expect(overlapOf({ ...noCut, log: { a: 3 } }, { ...noCut, log: { a: 7, b: 2 } }, { ...noCut, log: { a: 5 } })).toEqual({ a: [4, 5] })
  })
})

describe('what is handed over', () => {
  it('carries open items with their age, counts the handovers, and drops what is over', () => {
    const before = [{ ...item('case/1', 'openItems'), carried: 3 }, item('case/2', 'openItems'), item('case/3', 'openItems')]
    const after = carryOver(
      before,
      [{ ...item('case/1', 'openItems'), since: noon }, item('case/4', 'openItems')],
      ({ itemId }) => itemId === 'case/2',
    )
    expect(after.map(({ itemId, carried, since }) => [itemId, carried, since])).toEqual([
      ['case/1', 4, noon - 3_600_000],
      ['case/4', 0, noon - 3_600_000],
      ['case/3', 1, noon - 3_600_000],
    ])
  })

  it('reads an empty section back too, and a short form for other posts', () => {
    expect(readingPoints('lead', facts([])).map(({ pointId }) => pointId)).toEqual([...handoverForms.lead])
    expect(readingPoints('post', facts([])).map(({ pointId }) => pointId)).toEqual([...handoverForms.post])
  })
})
