/** The demonstration's cases: legal, plausible, and the same every time. */
import { describe, expect, it } from 'vitest'
import { pictureOf } from '#server/demo/cases/chance'
import { casesOfDay, type GeneratedCase } from '#server/demo/cases/day'
import { dayOfDraft, drawStaged } from '#server/demo/cases/staged'
import { chinaDay } from '#shared/base/china-time'
import { handlingClock } from '#shared/domain/case/clocks'
import { progressOf } from '#shared/domain/case/progress'
import { explainCode } from '#shared/domain/grid/explain-code'
import { parseGridCode } from '#shared/domain/grid/grid-code'
import { productReference } from '../../fixtures/cases'
import { demonstrationWorld } from '../../fixtures/demo-world'

/** 2026-11-21 10:10 in China, a Saturday. */
const now = Date.UTC(2026, 10, 21, 2, 10)
const world = demonstrationWorld(12_319)
const days = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
const generate = (first: number, count: number): GeneratedCase[] => days(first, count).flatMap((day) => [...casesOfDay(world, day, now)])
const past = generate(chinaDay(now) - 90, 60)
const share = (list: readonly GeneratedCase[], holds: (one: GeneratedCase) => boolean) => list.filter(holds).length / list.length
const did = (action: string) => (one: GeneratedCase) => one.history.some((entry) => entry.action === action)

describe("the demonstration's cases", () => {
  it('are the same from the same seed, and others from another', () => {
    const day = chinaDay(now) - 3
    const text = (seed: number) => JSON.stringify([...casesOfDay(demonstrationWorld(seed), day, now)])
    expect(text(12_319)).toBe(text(12_319))
    expect(text(12_320)).not.toBe(text(12_319))
  })

  it('follow from their histories, in order of time and without gaps', () => {
    for (const { beginning, history, state } of past) {
      expect(progressOf(beginning, history)?.state).toBe(state)
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1))
      for (const [index, { at }] of history.entries()) expect(at).toBeGreaterThan(history[index - 1]?.at ?? 0)
      expect(history.at(-1)?.at).toBeLessThanOrEqual(now)
    }
  })

  it('name classes, places and components that there are', () => {
    const editions = productReference.flatMap(({ document }) =>
      (document as { kind: string }).kind === 'classification' ? [document as never] : [],
    )
    const components = past.filter(({ beginning }) => beginning.facts.componentCode !== null)
    expect(components.length).toBeGreaterThan(past.length * 0.1)
    for (const { facts } of components.map(({ beginning }) => beginning)) {
      expect(explainCode(facts.componentCode ?? '', editions, facts.standard)).toMatchObject({ ok: true })
      expect(facts.componentCode?.slice(6, 11)).toBe(facts.subclassCode)
    }
    for (const { facts } of past.map(({ beginning }) => beginning)) {
      expect(parseGridCode(facts.gridCode ?? '')).toMatchObject({
        value: { communityCode: facts.communityCode, streetCode: facts.streetCode },
      })
      expect(facts.majorName).not.toBe('')
      expect(facts.description.length).toBeLessThan(200)
    }
  })

  it('call nobody: every number is one that is given to nobody', () => {
    const numbers = past.flatMap(({ citizen }) => citizen?.number ?? [])
    expect(numbers.length).toBeGreaterThan(100)
    for (const number of numbers) expect(number).toMatch(/^1380000\d{4}$/)
  })

  it('come at the rates of the source documents', () => {
    expect(past.length / 60).toBeGreaterThan(120)
    expect(past.length / 60).toBeLessThan(180)
    expect(share(past, did('file'))).toBeCloseTo(0.955, 1)
    const filed = past.filter((one) => did('file')(one) || did('fileUrgent')(one))
    expect(filed.length / past.length).toBeGreaterThan(0.93)
    expect(filed.length / past.length).toBeLessThan(0.975)
    const byCollector = share(filed, ({ beginning }) => beginning.facts.source === 'collector')
    expect(byCollector).toBeGreaterThan(0.7)
    expect(byCollector).toBeLessThan(0.85)
    expect(share(filed, did('requestExtend'))).toBeLessThan(0.1)
    expect(share(filed, did('requestExtend'))).toBeGreaterThan(0.02)
    expect(share(filed, did('rework'))).toBeLessThan(0.06)
    expect(share(past, ({ state }) => state === 'closed')).toBeGreaterThan(0.92)
  })

  it('are handled in time as often as the sources say', () => {
    const rounds = past.flatMap(
      ({ beginning, history }) => progressOf(beginning, history)?.rounds.filter(({ endedBy }) => endedBy === 'handled') ?? [],
    )
    const inTime = rounds.filter((round) => (round.endedAt ?? 0) <= handlingClock(round, world.calendar).dueAt).length / rounds.length
    expect(inTime).toBeGreaterThan(0.945)
    expect(inTime).toBeLessThan(0.98)
  })

  it('leave most citizens satisfied, and call back before they close', () => {
    const calls = past.flatMap(({ history }) => history.flatMap(({ input }) => input.outcome ?? []))
    const reached = calls.filter((outcome) => outcome !== 'noAnswer')
    const satisfied = reached.filter((outcome) => outcome === 'satisfied').length / reached.length
    expect(satisfied).toBeGreaterThan(0.9)
    expect(satisfied).toBeLessThan(0.99)
  })

  it('show pictures of their own subject, and a signed form for papers', () => {
    for (const { photos } of past)
      for (const { photoId, picture, purpose } of photos) {
        expect(pictureOf(photoId)).toBe(picture)
        expect(picture === 0).toBe(purpose === 'document')
      }
  })

  it('stand in every stage where a visitor looks, whenever the demonstration begins', () => {
    for (const at of [now, Date.UTC(2026, 10, 22, 19, 30), Date.UTC(2026, 1, 18, 4), Date.UTC(2026, 6, 3, 23, 50)]) {
      const staged = drawStaged(world, at)
      const cases = [...new Set(staged.map(dayOfDraft))].flatMap((day) => [
        ...casesOfDay(
          world,
          day,
          at,
          staged.filter((draft) => dayOfDraft(draft) === day),
        ),
      ])
      const states = new Set(cases.map(({ state }) => state))
      expect([...states].sort(), new Date(at).toISOString()).toEqual(
        expect.arrayContaining(
          [
            'reported',
            'verifying',
            'verified',
            'deferred',
            'preFiled',
            'filed',
            'disputed',
            'dispatched',
            'suspended',
            'handled',
            'toCheck',
            'checking',
            'checked',
          ].sort(),
        ),
      )
    }
  })
})
