import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { prepareCase } from '#server/store/case-columns'
import { insertCases } from '#server/store/case-store'
import type { CaseRow } from '#shared/domain/case/row'
import { caseTokens, queryTerms } from '#shared/domain/case/tokens'
import { factsOf } from '../../fixtures/case-facts'
import { act, draft, fromCamera, type Person, photoBy, productReference, register, type Staff, staff, step } from '../../fixtures/cases'
import { morning, type TestCentral } from '../../fixtures/central'
import { calendar, standardProfile } from '../../fixtures/profiles'
import { onEveryDatabase } from './databases'

const search = (central: TestCentral, who: Pick<Person, 'token'>, q: string, query: Record<string, string> = {}) =>
  central.call('search.cases', { token: who.token, query: { q, ...query } })

const found = async (central: TestCentral, who: Person, q: string, query: Record<string, string> = {}): Promise<string[]> =>
  (await search(central, who, q, query)).body.items.map(({ caseId }: CaseRow) => caseId)

/** A case as a camera reports it. */
async function reported(central: TestCentral, people: Staff, change: Parameters<typeof fromCamera>[0]): Promise<CaseRow> {
  const { status, body } = await register(
    central,
    people.intake,
    draft(fromCamera(change), { photoIds: [await photoBy(central, people.intake)], registeredAt: central.clock.now() }),
  )
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

onEveryDatabase('search', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }

  it('finds a case by words, number, codes, class and place as soon as it is registered', async () => {
    const { central, people } = await begin()
    const row = await reported(central, people, {
      description: '井盖丢失，有人差点掉进去',
      address: '新疆大街 96 号Ａ座',
      subclassCode: '06010',
    })
    await reported(central, people, { description: '路灯不亮', address: '友协大街 3 号' })
    const end = row.caseNo.slice(-4)
    for (const q of ['井盖', '盖', '新疆大街96号', '井盖 a座', '暴露垃圾', row.caseNo, row.caseNo.replace('-', ''), end, '差点掉进去'])
      expect(await found(central, people.lead, q), q).toContain(row.caseId)
    expect(await found(central, people.lead, '井盖')).toEqual([row.caseId])
    for (const q of ['井盖 路灯', '盖井', '，', '§c06010', '"井盖" OR 路灯', '0000', "'", '*'])
      expect(await found(central, people.lead, q), q).toEqual([])
  })

  it('follows what is amended', async () => {
    const { central, people } = await begin()
    const row = await reported(central, people, { description: '井盖丢失', address: '新疆大街 96 号' })
    await step(central, people.intake, row, 'amend', { facts: { description: '路灯不亮' }, reason: '听错了。' })
    expect([await found(central, people.lead, '井盖'), await found(central, people.lead, '路灯')]).toEqual([[], [row.caseId]])
  })

  it('shows nobody what a list would not show them', async () => {
    const { central, people } = await begin()
    const plain = await reported(central, people, { description: '井盖丢失一处' })
    const recused = await reported(central, people, { description: '井盖丢失无人理会', namedAgents: [people.lead.accountNo] })
    const sensitive = await reported(central, people, { description: '井盖丢失被隐瞒', isSensitive: true })
    const all = [sensitive.caseId, recused.caseId, plain.caseId]
    expect(await found(central, people.director, '井盖')).toEqual(all)
    expect(await found(central, people.lead2, '井盖')).toEqual(all.slice(1))
    expect(await found(central, people.lead, '井盖')).toEqual([plain.caseId])
    expect(await found(central, people.intake, '井盖')).toEqual([plain.caseId])
    expect(await found(central, people.department, '井盖')).toEqual([])
    expect((await search(central, people.collector, '井盖')).body.code).toBe('auth/forbidden')
  })

  it('lets a department find what was dispatched to it, from then on', async () => {
    const { central, people } = await begin()
    let row = await reported(central, people, { description: '井盖丢失', subclassCode: '06010' })
    row = await step(central, people.intake, row, 'preFile', { opinion: '属实。' })
    row = await step(central, people.lead, row, 'file', { opinion: '立案。' })
    expect(await found(central, people.department, '井盖')).toEqual([])
    const limit = { value: 2, unit: 'workingDay' as const }
    await act(central, people.dispatcher, row, 'dispatch', { departmentCode: '101', limit, opinion: '请处置。', legalBasis: '条例' })
    expect(await found(central, people.department, '井盖')).toEqual([row.caseId])
    expect(await found(central, people.department2, '井盖')).toEqual([])
  })

  it('heeds the filters and refuses cursors that no page gave', async () => {
    const { central, people } = await begin()
    const one = await reported(central, people, { description: '井盖丢失', isUrgent: true })
    await central.clock.advance(60_000)
    const two = await reported(central, people, { description: '井盖破损', streetCode: null })
    expect(await found(central, people.lead, '井盖', { isUrgent: 'true' })).toEqual([one.caseId])
    expect(await found(central, people.lead, '井盖', { isOpen: 'false' })).toEqual([])
    expect(await found(central, people.lead, '井盖', { streetCode: '230108004' })).toEqual([one.caseId])
    expect(await found(central, people.lead, '井盖', { states: 'closed' })).toEqual([])
    expect(await found(central, people.lead, '井盖', { until: String(two.beganAt) })).toEqual([one.caseId])
    expect((await search(central, people.lead, '井盖', { after: 'x' })).body.code).toBe('request/invalid')
    expect((await search(central, people.lead, '井盖', { states: 'nowhere' })).body.code).toBe('request/invalid')
  })

  it('finds on generated texts exactly what holds all tokens, newest first, page by page', async () => {
    const { central, people } = await begin()
    const words = fc.constantFrom('井盖', '盖', '路灯', '新疆大街', '疆', '96', '0007', 'A座', '，', '坏')
    const texts = fc.sample(fc.array(words, { minLength: 1, maxLength: 5 }), { numRuns: 240, seed: 12_319 }).map((text) => text.join(''))
    const cases = texts.map((description, index) => {
      const facts = factsOf({ description, address: '', gridCode: null, streetCode: null })
      const by = { accountNo: '2001', name: '测', role: 'intake', departmentCode: null } as const
      // Four to a millisecond: they keep apart, too.
      const at = morning - 86_400_000 + Math.floor(index / 4)
      const history = [{ seq: 1, at, action: 'register', by, from: null, to: 'reported', input: {} }] as const
      const identity = {
        caseId: systemIds.uuid(),
        caseNo: `20261120-${String(index + 1).padStart(4, '0')}`,
        profileId: standardProfile.profileId,
      }
      return prepareCase(identity, { beginning: { facts, photoIds: [] }, history, citizen: null }, { profile: standardProfile, calendar })
    })
    await central.central.services.transactor.inTransaction(async ({ trx }) => {
      await insertCases(trx, cases)
      return { ok: true, value: undefined }
    })
    const holds = (query: string) => {
      const terms = queryTerms(query)
      return cases.filter(({ identity, beginning }) => {
        const tokens = caseTokens(identity.caseNo, beginning.facts, [])
        const isHeld = ({ token, orPrefix }: (typeof terms)[number]) =>
          tokens.some((one) => one === token || (orPrefix !== null && one.startsWith(orPrefix)))
        return terms.length > 0 && terms.every(isHeld)
      })
    }
    for (const query of fc
      .sample(fc.array(words, { minLength: 1, maxLength: 2 }), { numRuns: 60, seed: 7 })
      .map((text) => text.join(' '))) {
      const pages: CaseRow[] = []
      for (let after: string | null = ''; after !== null; ) {
        const { body }: { body: { items: CaseRow[]; next: string | null } } = await search(central, people.lead, query, {
          limit: '40',
          ...(after !== '' && { after }),
        })
        pages.push(...body.items)
        after = body.next
      }
      expect(pages.map(({ caseId }) => caseId).toSorted(), query).toEqual(
        holds(query)
          .map(({ identity }) => identity.caseId)
          .toSorted(),
      )
      expect(pages.map(({ beganAt }) => beganAt)).toEqual(pages.map(({ beganAt }) => beganAt).toSorted((a, b) => b - a))
    }
  })
})
