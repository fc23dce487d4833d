import { afterEach, expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { findCell, type Wall } from '#shared/domain/wall/wall'
import { startFakeTextWall, textWallSetup } from '../../fakes/fake-text-wall'
import { createSeatPlace, password, startCentre, type TestSeat } from './harness'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type View = StateOfTopic<'wall.changed'>
const wallOf = (view: View): Wall | undefined => view.walls[0]?.wall as Wall | undefined
const camera = (id: string) => ({ kind: 'camera', id, title: `${id} 号` }) as const
const cellIs = (cell: number, phase: string, id: string | undefined) => (view: View) => {
  const wall = wallOf(view)
  const found = wall && findCell(wall, cell)
  return found?.phase === phase && found.shown?.id === id
}

async function signedIn(seat: TestSeat, accountNo: string): Promise<void> {
  await seat.must('session.signIn', { accountNo, password })
}

it('two operators and a rule change one wall at once; the device goes and comes back; all see one truth', async () => {
  const device = await startFakeTextWall()
  cleanups.push(() => device.unplug())
  const centre = await startCentre()
  cleanups.push(() => centre.stop())
  const [hall, desk] = [createSeatPlace(centre.url, '02'), createSeatPlace(centre.url, '03')]
  cleanups.push(
    () => hall.remove(),
    () => desk.remove(),
  )
  const operator = await hall.start({ wall: textWallSetup(device.port) })
  const lead = await desk.start()
  await signedIn(lead, '0101')
  await lead.must('wall.configure', { wallId: 'hall', name: '指挥大厅', size: { columns: 4, rows: 3 }, driverSeatNo: '02' })
  await signedIn(operator, '0601')
  const connected = await lead.until('wall.changed', (view) => wallOf(view)?.driver.status === 'connected')
  const seenRevision = wallOf(connected)?.revision ?? 0

  const rule = {
    ruleId: systemIds.uuid(),
    name: '告警上屏',
    isEnabled: true,
    trigger: { kind: 'alarm', alarmKind: null },
    cells: [12],
    holdMs: null,
  } as const
  await lead.must('wall.save', { wallId: 'hall', itemId: rule.ruleId, item: { kind: 'rule', rule } })
  const token = await centre.signInElsewhere('0102', '09')
  const alarm = { occurrenceId: 'a1', kind: 'alarm', alarmKind: null, content: camera('1011'), why: '烟火告警' }
  const ask = (seat: TestSeat, cell: number, id: string) =>
    seat.call('wall.change', { wallId: 'hall', change: { type: 'assign', cell, content: camera(id) }, seenRevision, why: null })
  const [one, two, same] = await Promise.all([
    ask(operator, 1, '1008'),
    ask(lead, 2, '1011'),
    ask(lead, 1, '1011'),
    centre.post('/walls/hall/alarms', token, { alarm, isOver: false }),
  ])
  expect(two.ok).toBe(true)
  // Of two who change the same cell unseen, exactly one is refused.
  expect([one.ok, same.ok].filter(Boolean)).toHaveLength(1)
  const winner = one.ok ? '1008' : '1011'
  for (const seat of [operator, lead]) {
    await seat.until('wall.changed', cellIs(1, 'confirmed', winner))
    await seat.until('wall.changed', cellIs(2, 'confirmed', '1011'))
    await seat.until('wall.changed', cellIs(12, 'confirmed', '1011'))
  }
  expect(Object.fromEntries(device.tiles)).toEqual({ 1: winner === '1008' ? 'IN1' : 'IN2', 2: 'IN2', 12: 'IN2' })

  await device.unplug()
  await lead.until('wall.changed', (view) => wallOf(view)?.driver.status === 'lost')
  device.put(2, 'IN1')
  expect((await ask(lead, 3, '1008')).ok).toBe(false)
  await device.plugIn()
  // What was changed by hand meanwhile is read, not assumed.
  await lead.until('wall.changed', cellIs(2, 'failed', '1008'), 20_000)
  expect(device.tiles.has(3)).toBe(false)
}, 60_000)
