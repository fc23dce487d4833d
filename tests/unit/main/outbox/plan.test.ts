import { describe, expect, it } from 'vitest'
import { plan, type Situation } from '#main/outbox/plan'
import type { Intent } from '#main/workflows/ports'
import { intent } from './outbox-bench'

const situation: Situation = { now: 100, sending: new Set(), pausedAccounts: new Set(), woken: new Set(), inFlightLimit: 4 }
const later = (text: string, nextAttemptAt: number) => intent(text, { nextAttemptAt, attempts: 1 })
const idsOf = ({ toSend, nextAt }: ReturnType<typeof plan>) => [toSend.map(({ intentId }) => intentId), nextAt]

describe('the plan', () => {
  it('looks again at the earliest end of a back-off, and at nothing when only an event can help', () => {
    expect(idsOf(plan([later('a', 300), later('b', 200), later('c', 100)], situation))).toEqual([['id-c'], 200])
    expect(idsOf(plan([intent('a', { state: 'parked' })], situation))).toEqual([[], null])
    expect(idsOf(plan([later('a', 300)], { ...situation, pausedAccounts: new Set(['A01']) }))).toEqual([[], null])
  })

  it('sends what was woken whatever its back-off says', () => {
    expect(idsOf(plan([later('a', 300), later('b', 200)], { ...situation, woken: new Set(['id-a']) }))).toEqual([['id-a'], 200])
  })

  it('keeps back what is held, whatever it has waited, and everything behind it of its subject', () => {
    const isHeld = ({ kind }: Intent) => kind === 'recording.upload'
    const [held, behind] = [intent('a', { kind: 'recording.upload', subject: 's' }), intent('b', { subject: 's' })]
    expect(idsOf(plan([held, behind, intent('c')], { ...situation, isHeld, woken: new Set(['id-a']) }))).toEqual([['id-c'], null])
    expect(idsOf(plan([held, behind, intent('c')], { ...situation, isHeld: () => false }))).toEqual([['id-a', 'id-c'], null])
  })

  it('leaves room for what is already in flight, and never counts below none', () => {
    const waiting = ['a', 'b', 'c'].map((text) => intent(text))
    expect(idsOf(plan(waiting, { ...situation, sending: new Set(['x', 'y']) }))).toEqual([['id-a', 'id-b'], null])
    expect(idsOf(plan(waiting, { ...situation, sending: new Set(['v', 'w', 'x', 'y', 'z']) }))).toEqual([[], null])
  })

  it('keeps a subject in order even when its first intent waits for another account', () => {
    const [first, second] = [intent('a', { subject: 's', accountNo: 'B02' }), intent('b', { subject: 's' })]
    expect(idsOf(plan([first, second], { ...situation, pausedAccounts: new Set(['B02']) }))).toEqual([[], null])
  })

  it('holds an intent back behind earlier ones of the subjects that it names, and lets it go with them gone', () => {
    const waitsFor = ({ body }: Intent) => (body as { readonly waitsFor?: readonly string[] }).waitsFor ?? []
    const note = intent('note', { kind: 'case.note', body: { text: 'note', waitsFor: ['subject-photo'] } })
    const next = intent('next', { subject: note.subject })
    const photo = intent('photo', { kind: 'attachment.upload' })
    expect(idsOf(plan([photo, note, next], { ...situation, waitsFor }))).toEqual([['id-photo'], null])
    expect(idsOf(plan([{ ...photo, state: 'parked' }, note, next], { ...situation, waitsFor }))).toEqual([[], null])
    expect(idsOf(plan([note, next], { ...situation, waitsFor }))).toEqual([['id-note'], null])
    // Only earlier ones: nothing waits for what was written after it.
    expect(idsOf(plan([note, photo], { ...situation, waitsFor }))).toEqual([['id-note', 'id-photo'], null])
  })
})
