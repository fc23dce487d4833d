import type { AppError } from '#shared/base/app-error'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Result } from '#shared/base/result'
import type { Report } from '#shared/domain/wall/answer'
import { type Layout, sameTiles } from '#shared/domain/wall/layout'
import { type Content, sameContent, type Wall } from '#shared/domain/wall/wall'
import type { Central } from '../ports'
import type { WallKeeper } from './keep-walls'

/**
 * The hand at the wall: the one seat that speaks with the device carries out what the centre's wall asks for, one thing after the other, and tells the
 * centre what became of it. It starts, and starts again after the device was away, by reading: nothing is assumed and nothing is repeated by itself.
 */
export interface DrivenWall {
  readonly product: string
  getState(
    layout: Layout,
    size: Wall['size'],
  ): Promise<Result<{ readonly isOn: boolean | null; readonly cells: readonly { cell: number; content: Content | null }[] }, AppError>>
  setLayout(layout: Layout, size: Wall['size']): Promise<Result<void, AppError>>
  assign(cell: number, content: Content): Promise<Result<void, AppError>>
  clear(cell: number): Promise<Result<void, AppError>>
  power(isOn: boolean): Promise<Result<void, AppError>>
  /** Told when the device comes or goes by itself. */
  onStatus(listener: () => void): Stop
}

export interface WallHand {
  /** Somebody whose post may report is signed in and the centre answers. */
  begin(): void
  end(): void
}

const lookEveryMs = 5_000

export function createWallHand(parts: {
  readonly wallId: string
  readonly driver: DrivenWall
  readonly walls: Pick<WallKeeper, 'wall' | 'onChanged' | 'setDrives'>
  readonly central: Pick<Central, 'call'>
  readonly clock: Clock
  readonly log: Log
}): WallHand {
  const { wallId, driver, walls, central, clock, log } = parts
  const { product } = driver
  let isActive = false
  let isConnected = false
  let isBusy = false
  let isAgain = false
  let lastLookMs = Number.NEGATIVE_INFINITY
  /** The layout that this side gave the device since it was last read anew. */
  let given: Layout | undefined
  let stopTimer: Stop = () => {}
  let stopListening: Stop = () => {}
  let stopStatus: Stop = () => {}

  async function report(body: Report): Promise<void> {
    const answer = await central.call('walls.report', { params: { wallId }, body: { report: body } })
    if (!answer.ok) log.warn('wall not reported', { code: answer.error.code, type: body.type })
  }

  async function look(wall: Wall): Promise<void> {
    lastLookMs = clock.monotonicMs()
    const state = await driver.getState(wall.layout, wall.size)
    if (!state.ok) return lost(state.error)
    const cells = state.value.cells.filter(({ cell }) => wall.layout.tiles.some((tile) => tile.cell === cell))
    const isNews = !isConnected || cells.some(({ cell, content }) => differs(wall, cell, content)) || wall.driver.status !== 'connected'
    if (!isConnected) given = undefined
    isConnected = true
    walls.setDrives({ wallId, product, isConnected, message: null })
    await report(isNews ? { type: 'observed', product, isOn: state.value.isOn, cells: [...cells] } : { type: 'alive' })
  }

  const differs = (wall: Wall, cell: number, content: Content | null): boolean => {
    const known = wall.cells.find((one) => one.cell === cell)
    return known !== undefined && known.phase !== 'requested' && !sameContent(known.shown, content)
  }

  async function lost({ message }: AppError): Promise<void> {
    isConnected = false
    walls.setDrives({ wallId, product, isConnected, message })
    await report({ type: 'lost', product, message: message.slice(0, 200) })
  }

  /** Everything that waits, in the order of the cells. */
  async function carryOut(wall: Wall): Promise<void> {
    const waiting = wall.cells.filter(({ phase }) => phase === 'requested')
    if (wall.power.phase === 'requested') {
      const answer = await driver.power(wall.power.isOn)
      await report({ type: 'powered', revision: wall.power.revision, reason: answer.ok ? null : answer.error.message })
    }
    if (waiting.length === 0) return
    if (!given || !sameTiles(given, wall.layout)) {
      const laid = await driver.setLayout(wall.layout, wall.size)
      if (!laid.ok) {
        const reason = laid.error.message.slice(0, 200)
        await report({ type: 'answered', cells: waiting.map(({ cell, revision }) => ({ cell, revision, reason })) })
        if (laid.error.code === 'wall/unreachable') await lost(laid.error)
        return
      }
      given = wall.layout
      // Another layout begins dark: what was on stays on only when it is put there again.
      for (const { cell, wanted, phase } of wall.cells) if (phase === 'confirmed' && wanted) await driver.assign(cell, wanted)
    }
    for (const { cell, wanted, revision } of waiting) {
      const answer = wanted ? await driver.assign(cell, wanted) : await driver.clear(cell)
      await report({ type: 'answered', cells: [{ cell, revision, reason: answer.ok ? null : answer.error.message.slice(0, 200) }] })
      if (!answer.ok && answer.error.code === 'wall/unreachable') return lost(answer.error)
    }
  }

  async function turn(): Promise<void> {
    if (isBusy) {
      isAgain = true
      return
    }
    isBusy = true
    do {
      isAgain = false
      const wall = isActive ? walls.wall(wallId) : undefined
      if (!wall) break
      if (!isConnected || clock.monotonicMs() - lastLookMs >= lookEveryMs) await look(wall)
      const now = walls.wall(wallId)
      if (isActive && isConnected && now?.driver.status === 'connected') await carryOut(now)
    } while (isAgain)
    isBusy = false
  }

  return {
    begin() {
      if (isActive) return
      isActive = true
      isConnected = false
      lastLookMs = Number.NEGATIVE_INFINITY
      stopListening = walls.onChanged(() => {
        // The first look waits for the wall to be read from the centre.
        if (isConnected || lastLookMs === Number.NEGATIVE_INFINITY) void turn()
      })
      // Something of it came or went: what it shows is read anew.
      stopStatus = driver.onStatus(() => {
        isConnected = false
        void turn()
      })
      stopTimer = clock.every(lookEveryMs, () => void turn())
      void turn()
    },
    end() {
      isActive = false
      stopTimer()
      stopListening()
      stopStatus()
    },
  }
}
