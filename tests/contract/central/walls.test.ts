import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { tickWalls } from '#server/workflows/walls/tick-walls'
import type { Report } from '#shared/domain/wall/answer'
import { focusLayout } from '#shared/domain/wall/layout'
import type { Change, Entry, Rule, Wall } from '#shared/domain/wall/wall'
import { draft, type Person, person, productReference, register } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

const wallId = 'hall'
const params = { wallId }
const size = { columns: 4, rows: 3 }
const camera = (id: string) => ({ kind: 'camera', id, title: `${id} 号` }) as const
const assign = (cell: number, id: string): Change => ({ type: 'assign', cell, content: camera(id) })

async function hall(central: TestCentral) {
  const [one, other, lead] = [
    await person(central, '2001', 'wallOperator'),
    await person(central, '2002', 'wallOperator'),
    await person(central, '2003', 'shiftLead'),
  ]
  const configured = await central.call('walls.configure', {
    token: lead.token,
    params,
    body: { name: '指挥大厅', size, driverSeatNo: '01' },
  })
  expect(configured.status).toBe(200)
  const driver = await central.signIn('wallOperator', '01')
  const report = (body: Report) => central.call('walls.report', { token: driver.token, params, body: { report: body } })
  expect((await report({ type: 'observed', product: '软件大屏', isOn: true, cells: dark })).body).toEqual({})
  return { one, other, lead, report }
}

const dark = Array.from({ length: 12 }, (_, index) => ({ cell: index + 1, content: null }))

async function read(central: TestCentral, who: Person): Promise<{ readonly wall: Wall; readonly entries: readonly Entry[] }> {
  return (await central.call('walls.list', { token: who.token })).body.items[0]
}

async function change(central: TestCentral, who: Person, asked: Change, seenRevision: number, key: string = systemIds.uuid()) {
  return central.call('walls.change', { token: who.token, params, body: { change: asked, seenRevision, why: null }, key })
}

onEveryDatabase('the wall', (start) => {
  it('keeps every change that people make at once, and refuses by name only what nobody saw', async () => {
    const central = await start()
    const { one, other, lead } = await hall(central)
    const { revision } = (await read(central, lead)).wall
    const asked = Array.from({ length: 12 }, (_, index) =>
      change(central, index % 2 ? one : other, assign(index + 1, String(index)), revision),
    )
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    const { wall, entries } = await read(central, lead)
    expect(wall.cells.map(({ wanted }) => wanted?.id)).toEqual(Array.from({ length: 12 }, (_, index) => String(index)))
    expect(new Set(entries.map((entry) => entry.revision)).size).toBe(entries.length)
    const late = await change(central, one, assign(1, '99'), revision)
    expect(late.body).toMatchObject({ code: 'wall/cellChanged', title: expect.stringContaining('格 01 刚由 测2002 改为“0 号”') })
    expect((await change(central, one, assign(1, '99'), wall.revision)).status).toBe(200)
  })

  it('does a change once, however often it is sent', async () => {
    const central = await start()
    const { one } = await hall(central)
    const { revision } = (await read(central, one)).wall
    const key = systemIds.uuid()
    const first = await change(central, one, assign(1, '7'), revision, key)
    expect((await change(central, one, assign(1, '7'), revision, key)).body).toEqual(first.body)
    expect((await read(central, one)).wall.revision).toBe(first.body.revision)
  })

  it('tells every seat of it, and takes the answers of the driving seat alone', async () => {
    const central = await start()
    const { one, report } = await hall(central)
    const presenter = await person(central, '2010', 'presenter')
    const events = await readEvents(await central.listen(), presenter.token, 0)
    const { body } = await change(central, one, assign(3, '33'), 100)
    const news = await events.find((event) => event.name === 'wall.changed' && event.payload.head.revision === body.revision)
    expect(news.payload).toMatchObject({ wallId, before: body.revision - 1, cells: [{ cell: 3, phase: 'requested' }] })
    events.close()
    const foreign = await central.call('walls.report', { token: one.token, params, body: { report: { type: 'alive' } } })
    expect(foreign.body.code).toBe('wall/notDriver')
    await report({ type: 'answered', cells: [{ cell: 3, revision: body.revision, reason: '解码通道已满' }] })
    const { wall, entries } = await read(central, presenter)
    expect(wall.cells[2]).toMatchObject({ phase: 'failed', reason: '解码通道已满', shown: null })
    expect(entries[0]).toMatchObject({ revision: body.revision, outcome: 'failed', reason: '解码通道已满', by: { id: '2001' } })
  })

  it('takes back what one did, and says in the log who took back whose', async () => {
    const central = await start()
    const { one, other } = await hall(central)
    const undo = (who: Person, revision: number | null) =>
      central.call('walls.undo', { token: who.token, params, body: { revision }, key: systemIds.uuid() })
    const { body } = await change(central, one, { type: 'setLayout', layout: focusLayout(size) }, 100)
    expect((await undo(other, null)).body.code).toBe('wall/entryUnknown')
    expect((await undo(other, body.revision)).status).toBe(200)
    const { wall, entries } = await read(central, one)
    expect(wall.layout.name).toBe('4×3')
    expect(entries[0]).toMatchObject({ action: 'undo', subject: '测2001 的更改', by: { id: '2002' } })
    expect(entries[1]).toMatchObject({ revision: body.revision, undoneBy: '测2002' })
    expect((await undo(one, null)).body.code).toBe('wall/entryUnknown')
    expect((await undo(one, body.revision)).body.code).toBe('wall/notUndoable')
  })

  it('gives an urgent case its cell by rule, and the cell back when the wall has shown it long enough', async () => {
    const central = await start({ referenceFiles: productReference })
    const { one, report } = await hall(central)
    const rule: Rule = {
      ...{ ruleId: systemIds.uuid(), name: '紧急案卷上屏', isEnabled: true, trigger: { kind: 'urgentCase' }, cells: [12], holdMs: 60_000 },
    }
    const saved = await central.call('walls.save', {
      token: one.token,
      params: { wallId, itemId: rule.ruleId },
      body: { item: { kind: 'rule', rule } },
    })
    expect(saved.status).toBe(200)
    const before = await change(central, one, assign(12, '5'), 100)
    const intake = await person(central, '2020', 'intake')
    const registered = await register(central, intake, draft({ isUrgent: true }))
    expect(registered.status).toBe(201)
    const later = async (ms: number) => {
      await central.clock.advance(ms)
      await report({ type: 'alive' })
      await tickWalls(central.central.services)
    }
    for (let s = 0; s < 4; s += 1) await later(10_000)
    const taken = await read(central, one)
    expect(taken.wall.cells[11]).toMatchObject({ wanted: { kind: 'case', id: registered.body.caseId }, by: { name: '紧急案卷上屏' } })
    expect(taken.entries[0]?.revision).toBeGreaterThan(before.body.revision)
    for (let s = 0; s < 7; s += 1) await later(10_000)
    expect((await read(central, one)).wall.cells[11]).toMatchObject({ wanted: { kind: 'camera', id: '5' }, taken: null })
  })

  it('refuses a scene that does not fit, and seats that do not exist', async () => {
    const central = await start()
    const { one, lead } = await hall(central)
    const sceneId = systemIds.uuid()
    const layout = { ...focusLayout({ columns: 5, rows: 3 }), name: '另一面墙' }
    const scene = {
      ...{ sceneId, name: '早高峰', key: 'Q', layout, schedule: null, recalledAt: null },
      cells: [{ cell: 1, content: null }],
    }
    const save = await central.call('walls.save', {
      token: one.token,
      params: { wallId, itemId: sceneId },
      body: { item: { kind: 'scene', scene } },
    })
    expect(save.body.code).toBe('wall/layoutUnusable')
    const configure = (body: unknown) => central.call('walls.configure', { token: lead.token, params, body })
    expect((await configure({ name: '厅', size, driverSeatNo: '77' })).body.code).toBe('seat/unknown')
    expect((await configure({ name: '厅', size: { columns: 16, rows: 16 }, driverSeatNo: null })).body.code).toBe('wall/tooManyScreens')
  })
})
