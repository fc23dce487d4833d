import { beforeEach, expect, it } from 'vitest'
import { createSoftwareWall, type SoftwareWall, type Told } from '#main/wall/software/software-wall'
import { gridLayout } from '#shared/domain/wall/layout'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock'
import { createFakeWallWindows, type FakeWallWindows } from '../../../fakes/fake-wall-windows'

const size = { columns: 4, rows: 2 }
const grid = gridLayout(size, 4, 2)
const camera = (id: string) => ({ kind: 'camera', id, title: `${id} 号` }) as const
const halves = [
  { screen: 1, display: 2, part: { x: 0, y: 0, width: 2, height: 2 } },
  { screen: 2, display: 3, part: { x: 2, y: 0, width: 2, height: 2 } },
]

let clock: FakeClock
let windows: FakeWallWindows
let kept: Told | null

function start(screens = halves): SoftwareWall {
  const wall = createSoftwareWall({
    ...{ setup: { product: '软件大屏', screens }, windows, clock },
    memory: {
      read: () => kept,
      write(value) {
        kept = value
      },
    },
  })
  windows.follow(wall)
  return wall
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}
const lit = async (wall: SoftwareWall) => {
  const state = await wall.getState(grid, size)
  return state.ok
    ? state.value.cells.flatMap(({ cell, content }) => (content ? [`${cell}=${content.id}`] : []))
    : state.error.detail?.reason
}

beforeEach(() => {
  clock = createFakeClock(Date.parse('2026-11-20T08:00:00+08:00'))
  windows = createFakeWallWindows()
  kept = null
})

it('opens a window on each display, and says a cell is on when every window that it lies on has painted it', async () => {
  const wall = start()
  expect(await lit(wall)).toBe('大屏窗口没有打开')
  expect((await wall.assign(1, camera('008'))).ok).toBe(false)
  wall.begin()
  await settle()
  expect([...windows.opened]).toEqual([1, 2])
  await wall.setLayout(gridLayout(size, 1, 1), size)
  // The one tile lies on both windows: as long as one of them hangs, nobody says that it is on.
  windows.hang(true)
  const asked = wall.assign(1, camera('008'))
  await settle()
  await clock.advance(4_500)
  windows.hang(false)
  windows.open(1)
  await settle()
  expect(await asked).toEqual({ ok: true, value: undefined })
  expect(await lit(wall)).toEqual(['1=008'])
})

it('does not know what lies on a window that died, and reads it again when its page is back', async () => {
  const wall = start()
  const seen: boolean[] = []
  wall.onStatus((isConnected) => seen.push(isConnected))
  wall.begin()
  await settle()
  await wall.setLayout(gridLayout(size, 4, 2), size)
  await wall.assign(1, camera('008'))
  await wall.assign(4, camera('011'))
  seen.length = 0
  windows.crash(2)
  expect(seen).toEqual([true])
  expect(await lit(wall)).toEqual(['1=008'])
  // Not even as empty: an unread cell is not named.
  const state = await wall.getState(grid, size)
  expect(state.ok && state.value.cells.some(({ cell }) => cell === 4)).toBe(false)
  expect(await wall.assign(4, camera('012'))).toMatchObject({ error: { code: 'wall/unreachable' } })
  windows.open(2)
  await settle()
  expect(seen).toEqual([true, true])
  // The wall keeps what it was told, as a decoder does: the last order is the one that was not confirmed.
  expect(await lit(wall)).toEqual(['1=008', '4=012'])
})

it('loses its windows with the display and has them again when it is plugged in', async () => {
  const wall = start()
  wall.begin()
  await settle()
  windows.unplugDisplay()
  expect(await lit(wall)).toBe('大屏窗口没有打开')
  windows.plugInDisplay()
  await settle()
  expect(await lit(wall)).toEqual([])
})

it('takes a page that says nothing for gone, and a page that left for gone at once', async () => {
  const wall = start([{ screen: 1, display: 2, part: { x: 0, y: 0, width: 4, height: 2 } }])
  wall.begin()
  await settle()
  expect(wall.look().screens[0]?.state).toBe('shown')
  windows.hang(true)
  await clock.advance(6_000)
  expect(wall.look().screens[0]?.state).toBe('silent')
  windows.hang(false)
  windows.open(1)
  await settle()
  wall.shown({ screen: 1, runId: 'another page', order: 1, isLeaving: true, cells: [] })
  expect(wall.look().screens[0]?.state).toBe('shown')
  wall.shown({ screen: 1, runId: 'run-1', order: 1, isLeaving: true, cells: [] })
  expect(wall.look().screens[0]?.state).toBe('closed')
})

it('remembers over a restart, and says in words what a window cannot show', async () => {
  const wall = start()
  wall.begin()
  await settle()
  await wall.setLayout(gridLayout(size, 4, 2), size)
  await wall.assign(2, camera('008'))
  windows.failWith('软件大屏还不能显示网页')
  expect(await wall.assign(3, { kind: 'web', id: 'http://x', title: 'x' })).toMatchObject({
    error: { code: 'wall/refused', detail: { reason: '软件大屏还不能显示网页' } },
  })
  windows.failWith(null)
  await wall.stop()
  const again = start()
  again.begin()
  await settle()
  expect(await lit(again)).toEqual(['2=008'])
})

it('has nothing to open where there is no other display, until a person opens an ordinary window', async () => {
  windows = createFakeWallWindows({ hasDisplay: false })
  const wall = start()
  wall.begin()
  expect(windows.opened.size).toBe(0)
  wall.openScreens()
  await settle()
  expect(wall.look().screens.map(({ state, display }) => [state, display])).toEqual([
    ['shown', null],
    ['shown', null],
  ])
})

it('keeps nothing of a day of switching: no timer, nobody waiting, and no more remembered than what is on', async () => {
  const wall = start([{ screen: 1, display: 2, part: { x: 0, y: 0, width: 4, height: 2 } }])
  wall.begin()
  await settle()
  await wall.setLayout(gridLayout(size, 4, 2), size)
  for (let cell = 1; cell <= 8; cell += 1) await wall.assign(cell, camera(`${cell}00`))
  const [timers, remembered] = [clock.pending(), JSON.stringify(kept).length]
  // A tour's step every ten seconds for 24 hours, and a window that dies each hour.
  for (let step = 0; step < 8_640; step += 1) {
    if (step % 360 === 359) {
      windows.crash(1)
      windows.open(1)
      await settle()
    }
    expect((await wall.assign((step % 8) + 1, camera(String(100 + (step % 900))))).ok).toBe(true)
  }
  expect(clock.pending()).toBe(timers)
  expect(Math.abs(JSON.stringify(kept).length - remembered)).toBeLessThan(10)
  expect(await lit(wall)).toHaveLength(8)
})
