import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { mostViews } from '#server/workflows/views/saved-views'
import { type Person, person } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const viewOf = (name: string, viewId = systemIds.uuid()) => ({
  viewId,
  name,
  queue: 'toAccept',
  settings: { columns: ['caseNo'], 排序: { 按: '时限' } },
})
const save = (central: TestCentral, who: Person, view: ReturnType<typeof viewOf>) =>
  central.call('views.save', { token: who.token, params: { viewId: view.viewId }, body: view })
const list = async (central: TestCentral, who: Person) => (await central.call('views.list', { token: who.token })).body.items

onEveryDatabase('saved views', (start) => {
  it('are kept, changed and removed, by name, each account for itself', async () => {
    const central = await start()
    const [one, other] = [await person(central, '2001', 'intake'), await person(central, '2002', 'intake')]
    const [first, second] = [viewOf('B 夜班'), viewOf('A 早班')]
    expect((await save(central, one, first)).body).toEqual(first)
    await save(central, one, second)
    expect(await list(central, one)).toEqual([second, first])
    await save(central, one, { ...first, name: '0 夜班', settings: { columns: [], 排序: { 按: '案卷号' } } })
    expect((await list(central, one)).map(({ name }: { name: string }) => name)).toEqual(['0 夜班', 'A 早班'])
    expect(await list(central, other)).toEqual([])
    // The same id and the same name are free for another person.
    expect((await save(central, other, second)).status).toBe(200)
    const remove = () => central.call('views.remove', { token: one.token, params: { viewId: second.viewId } })
    expect([(await remove()).status, (await remove()).body.code]).toEqual([200, 'record/notFound'])
    expect([(await list(central, one)).length, (await list(central, other)).length]).toEqual([1, 1])
  })

  it('have a name of their own, and the id of their address', async () => {
    const central = await start()
    const who = await person(central, '2001', 'intake')
    const view = viewOf('我的早班')
    await save(central, who, view)
    expect((await save(central, who, viewOf('我的早班'))).body).toMatchObject({ code: 'view/nameTaken', detail: { name: '我的早班' } })
    expect((await save(central, who, view)).status).toBe(200)
    const elsewhere = await central.call('views.save', { token: who.token, params: { viewId: systemIds.uuid() }, body: viewOf('另一个') })
    expect(elsewhere.body.code).toBe('request/invalid')
  })

  it(`are at most ${mostViews}, however many are saved at once`, async () => {
    const central = await start()
    const who = await person(central, '2001', 'intake')
    const answers = await Promise.all(Array.from({ length: mostViews + 5 }, (_, number) => save(central, who, viewOf(`视图 ${number}`))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(mostViews)
    expect(answers.find(({ status }) => status !== 200)?.body).toMatchObject({ code: 'view/tooMany', detail: { limit: mostViews } })
    expect(await list(central, who)).toHaveLength(mostViews)
  })
})
