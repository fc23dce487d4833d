import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { imageOf } from '#server/store/case-columns'
import { findCases } from '#server/store/case-store'
import type { ActionInput } from '#shared/domain/case/inputs'
import { type CaseProgress, progressOf } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { transitionsFrom } from '#shared/domain/case/transitions'
import { brokenRule } from '../../fixtures/case-invariants'
import { saying } from '../../fixtures/case-walks'
import { act, draft, facts, fromCamera, type Person, photoBy, productReference, register, type Staff, staff } from '../../fixtures/cases'
import type { CallAnswer, TestCentral } from '../../fixtures/central'
import { calendar, standardProfile } from '../../fixtures/profiles'
import { onEveryDatabase } from './databases'

/** What all of them know of the cases, and what came of every key. */
interface World {
  readonly central: TestCentral
  readonly people: readonly Person[]
  readonly rows: Map<string, CaseRow>
  readonly done: Map<string, string>
}

/** Numbers of steps that are tried at the same moment. */
const waves = fc.noBias(
  fc.array(fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 8, size: 'max' }), { minLength: 4, maxLength: 14, size: 'max' }),
)

onEveryDatabase('many people at a few cases at once', (start) => {
  it('break no rule, lose no step, do nothing twice, and leave rows that say what the histories say', async () => {
    let deepest = 0
    await fc.assert(
      fc.asyncProperty(waves, async (tried) => {
        const world = await openWorld(await start({ referenceFiles: productReference }))
        for (const wave of tried) {
          await Promise.all(wave.map((number) => tryStep(world, number)))
          await world.central.clock.advance(wave.length % 3 === 0 ? 2_000 : 40_000)
        }
        deepest = Math.max(deepest, await judge(world))
      }),
      { numRuns: 4, interruptAfterTimeLimit: 9_000, endOnFailure: true },
    )
    expect(deepest, 'something happened').toBeGreaterThan(4)
  })
})

async function openWorld(central: TestCentral): Promise<World> {
  const people: Staff = await staff(central)
  const drafts = [
    draft(fromCamera(), { photoIds: [await photoBy(central, people.intake)] }),
    draft(facts({ isUrgent: true })),
    draft(fromCamera({ namedAgents: ['2002'] }), { photoIds: [await photoBy(central, people.intake)] }),
  ]
  const rows = new Map<string, CaseRow>()
  for (const body of drafts) rows.set(body.caseId, (await register(central, people.intake, body)).body)
  return { central, people: Object.values(people), rows, done: new Map() }
}

async function tryStep(world: World, number: number): Promise<void> {
  const { central, people, rows } = world
  const row = pick([...rows.values()], number >> 3)
  const key = systemIds.uuid()
  const transition = pick(transitionsFrom(row.state), number >> 6)
  const named = people.filter(({ role }) => transition.roles.includes(role))
  const who = number % 8 === 0 || named.length === 0 ? pick(people, number >> 2) : pick(named, number >> 4)
  if (number % 9 === 0) return undo(world, who, row)
  if (number % 10 === 0)
    return void (await central.call('cases.lock', { token: who.token, params: { caseId: row.caseId }, body: { takeOver: true } }))
  const input = await inputOf(world, who, row, saying(transition.action, known(row), number))
  // The line was bad: the same request is sent twice at once.
  const answers = await Promise.all((number % 4 === 0 ? [1, 2] : [1]).map(() => act(central, who, row, transition.action, input, { key })))
  for (const answer of answers) note(world, answer, key)
  const done = answers.filter(({ status }) => status === 200)
  for (const { body } of done) expect(body, 'one key, one answer').toEqual(done[0]?.body)
}

async function undo(world: World, who: Person, row: CaseRow): Promise<void> {
  const key = systemIds.uuid()
  const request = { token: who.token, key, params: { caseId: row.caseId }, version: row.version, body: {} }
  note(world, await world.central.call('cases.undo', request), key)
}

/** A fault would be an answer without a code of the rules. */
function note({ rows, done }: World, { status, body }: CallAnswer, key: string): void {
  expect(status, JSON.stringify(body)).toBeLessThan(500)
  if (status !== 200) return
  done.set(key, body.caseId)
  if ((rows.get(body.caseId)?.version ?? 0) < body.version) rows.set(body.caseId, body)
}

const pick = <T>(values: readonly T[], number: number): T => values[number % values.length] as T

/** As much as `saying` looks at. */
const known = ({ request, isSensitive }: CaseRow) =>
  ({ requests: request ? [request] : [], facts: { isSensitive } }) as unknown as CaseProgress

async function inputOf({ central, rows }: World, who: Person, row: CaseRow, said: ActionInput): Promise<ActionInput> {
  const { photoIds, documentIds, photoId: _photo, annotations: _annotations, ...input } = said
  return {
    ...input,
    otherCaseId: [...rows.keys()].find((caseId) => caseId !== row.caseId) ?? row.caseId,
    ...(photoIds && { photoIds: [await photoBy(central, who)] }),
    ...(documentIds && { documentIds: [await photoBy(central, who, 'application/pdf')] }),
  }
}

/** How long the longest history became. */
async function judge({ central, rows, done }: World): Promise<number> {
  const { db } = central.central.services
  const stored = await findCases(db, [...rows.keys()])
  for (const { identity, beginning, history, row } of stored) {
    const progress = progressOf(beginning, history)
    if (!progress) throw new Error('a case lost its registration')
    expect(brokenRule(beginning, history, standardProfile)).toBeUndefined()
    const image = imageOf(identity, progress, { profile: standardProfile, calendar })
    const columns = await db.selectFrom('case_record').selectAll().where('case_id', '=', identity.caseId).executeTakeFirstOrThrow()
    expect(columns).toMatchObject(image.columns)
    expect(row).toEqual(image.row)
    expect(history.length, 'every step that was answered is there once').toBe(
      1 + [...done.values()].filter((id) => id === identity.caseId).length,
    )
    await expectSides(central, identity.caseId, image.sides)
  }
  const total = await db.selectFrom('case_history').select(['case_id', 'seq']).execute()
  expect(total).toHaveLength(stored.reduce((sum, { history }) => sum + history.length, 0))
  return Math.max(...stored.map(({ history }) => history.length))
}

async function expectSides(central: TestCentral, caseId: string, sides: ReturnType<typeof imageOf>['sides']): Promise<void> {
  const { db } = central.central.services
  const named = await db.selectFrom('case_named').select('account_no').where('case_id', '=', caseId).execute()
  const departments = await db.selectFrom('case_department').select('department_code').where('case_id', '=', caseId).execute()
  const collectors = await db.selectFrom('case_collector').select('account_no').where('case_id', '=', caseId).execute()
  expect(new Set(named.map((one) => one.account_no))).toEqual(new Set(sides.named))
  expect(new Set(departments.map((one) => one.department_code))).toEqual(new Set(sides.departments))
  expect(new Set(collectors.map((one) => one.account_no))).toEqual(new Set(sides.collectors))
}
