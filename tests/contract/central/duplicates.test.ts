import { expect, it } from 'vitest'
import type { CaseRow } from '#shared/domain/case/row'
import { metresPerDegree } from '#shared/domain/geo/position'
import { draft, fromCamera, type Person, photoBy, productReference, register, type Staff, staff, step } from '../../fixtures/cases'
import { morning, type TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const dayMs = 86_400_000
const place = { lng: 126.62, lat: 45.6 }
const north = (metres: number) => ({ lng: place.lng, lat: place.lat + metres / metresPerDegree })
const manhole = {
  kind: 'component',
  subclassCode: '01002',
  description: '友协大街12号门前井盖丢失，有人差点掉进去',
  position: place,
} as const

async function reported(
  central: TestCentral,
  people: Staff,
  change: Parameters<typeof fromCamera>[0],
  registeredAt: number = morning,
): Promise<CaseRow> {
  const photoIds = [await photoBy(central, people.intake)]
  const { status, body } = await register(central, people.intake, draft(fromCamera(change), { photoIds, registeredAt }))
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

const duplicates = (central: TestCentral, who: Pick<Person, 'token'>, query: Record<string, string>) =>
  central.call('cases.duplicates', { token: who.token, query })
const found = async (central: TestCentral, who: Person, query: Record<string, string>): Promise<string[]> =>
  (await duplicates(central, who, query)).body.items.map(({ row }: { row: CaseRow }) => row.caseId)

onEveryDatabase('likely duplicates', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }

  it('are found for a report that is being written, likest first, with reasons', async () => {
    const { central, people } = await begin()
    const far = await reported(central, people, { ...manhole, position: north(60) })
    const near = await reported(central, people, { ...manhole, position: north(9) }, morning - 7_200_000)
    await reported(central, people, { subclassCode: '09005', description: '友协大街14号小卖部店外经营', position: north(12) })
    await reported(central, people, { ...manhole, position: north(400) })
    const query = { subclassCode: '01002', lng: String(place.lng), lat: String(place.lat), text: '下水道的盖子没了' }
    const { body } = await duplicates(central, people.intake, query)
    expect(body.items.map(({ row }: { row: CaseRow }) => row.caseId)).toEqual([near.caseId, far.caseId])
    expect(body.items[0].reasons).toEqual(['同小类', '相距 9 m', '2 小时前'])
    expect(await found(central, people.intake, { ...query, limit: '1' })).toEqual([near.caseId])
    expect(await found(central, people.intake, { subclassCode: '01002', text: '井盖丢失' })).toEqual([])
  })

  it('of a case are never itself, nor what was merged away, nor what the asker may not see', async () => {
    const { central, people } = await begin()
    const first = await reported(central, people, manhole)
    const again = await reported(central, people, { ...manhole, position: north(5) })
    const hidden = await reported(central, people, { ...manhole, position: north(6), isSensitive: true })
    expect(await found(central, people.intake, { caseId: again.caseId })).toEqual([first.caseId])
    expect(await found(central, people.director, { caseId: again.caseId })).toEqual(expect.arrayContaining([first.caseId, hidden.caseId]))
    expect((await duplicates(central, people.intake, { caseId: hidden.caseId })).body.code).toBe('record/notFound')
    await step(central, people.intake, again, 'mergeDuplicate', {
      otherCaseId: first.caseId,
      otherCaseNo: first.caseNo,
      reason: '同一处。',
    })
    expect(await found(central, people.intake, { caseId: first.caseId })).toEqual([])
  })

  it('are old only while they are open', async () => {
    const { central, people } = await begin()
    const old = morning - 30.5 * dayMs
    const open = await reported(central, people, manhole, old)
    const ended = await reported(central, people, { ...manhole, position: north(4) }, old)
    await step(central, people.intake, ended, 'replyOnly', { answer: '已告知由产权单位处理。' })
    const recent = await reported(central, people, { ...manhole, position: north(8) }, morning - 29.5 * dayMs)
    await step(central, people.intake, recent, 'replyOnly', { answer: '已告知由产权单位处理。' })
    const query = { subclassCode: '01002', lng: String(place.lng), lat: String(place.lat), text: manhole.description }
    expect((await found(central, people.intake, query)).toSorted()).toEqual([open.caseId, recent.caseId].toSorted())
  })
})
