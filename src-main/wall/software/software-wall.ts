import type { AppError } from '#shared/base/app-error'
import type { Clock, Stop } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Layout, mostTiles, type WallSize } from '#shared/domain/wall/layout'
import { type Content, cellName, type SourceKind } from '#shared/domain/wall/wall'
import type { WallDriver, WallReading } from '../driver'
import { done } from '../line'
import { type Heard, isHeard, type ScreenPart, type ShownReport, screensOf, silentAfterMs, truthOf, wholeOf } from './shown'
import type { WallWindows } from './windows'

/**
 * The software wall: windows of this workstation that fill other displays. What it was told it keeps, as a decoder does, over restarts too; what is *on*
 * it only the windows say. A window that died, was closed or lost its display is silent, and what lies on it is not known until it reports again.
 */
export interface SoftwareWall extends WallDriver {
  /** Somebody may drive it: windows that have a display of their own are opened. */
  begin(): void
  openScreens(): readonly string[]
  shown(report: ShownReport): void
  look(): WallShow
  onShow(listener: () => void): Stop
}

/** All that its windows need. */
export interface WallShow {
  readonly order: number
  readonly isOn: boolean
  readonly size: WallSize
  readonly layout: Layout | null
  readonly cells: readonly { readonly cell: number; readonly content: Content | null }[]
  readonly screens: readonly {
    readonly screen: number
    readonly part: NonNullable<ScreenPart['part']>
    readonly state: 'shown' | 'silent' | 'closed'
    readonly display: string | null
  }[]
}

export interface SoftwareSetup {
  readonly product: string
  readonly screens: readonly ScreenPart[]
}

/** What it was told, kept beside the program's data. */
export interface WallMemory {
  read(): unknown
  write(value: Told): void
}

export interface Told {
  readonly isOn: boolean
  readonly size: WallSize
  readonly layout: Layout | null
  readonly cells: readonly { readonly cell: number; readonly content: Content }[]
  readonly scenes: readonly { readonly number: number; readonly layout: Layout | null; readonly cells: Told['cells'] }[]
}

/** A page that lives paints in a fraction of it. */
const paintWithinMs = 5_000
const kinds: readonly SourceKind[] = ['camera', 'case', 'map', 'dashboard', 'web']

export function createSoftwareWall(parts: {
  readonly setup: SoftwareSetup
  readonly windows: WallWindows
  readonly memory: WallMemory
  readonly clock: Clock
}): SoftwareWall {
  const { setup, windows, memory, clock } = parts
  let told = readTold(memory.read())
  let order = 1
  /** The order that last changed a cell or its place: what a window said before it counts for nothing. */
  const changedBy = new Map<number, number>()
  const heard = new Map<number, Heard>()
  const displays = new Map<number, string | null>()
  const statusListeners = new Set<(isConnected: boolean) => void>()
  const showListeners = new Set<() => void>()
  /** Those who wait for a window to say something. */
  const waiting = new Set<() => void>()
  let isBegun = false
  let known = ''

  const now = () => clock.monotonicMs()
  const heardScreens = () => setup.screens.filter(({ screen }) => isHeard(heard.get(screen), now()))
  const show = () => {
    for (const listener of [...showListeners]) listener()
  }
  function tell(next: Partial<Told>, cells: readonly number[]): void {
    told = { ...told, ...next }
    order += 1
    for (const cell of cells) changedBy.set(cell, order)
    memory.write(told)
    show()
  }
  /** Word of what windows live: the wall is read anew whenever that changes. */
  function review(): void {
    for (const wake of [...waiting]) wake()
    const present = heardScreens()
      .map(({ screen }) => screen)
      .join()
    if (present === known) return
    known = present
    show()
    for (const listener of [...statusListeners]) listener(present !== '')
  }
  const stopLooking = clock.every(silentAfterMs / 5, review)
  const stopWindows = windows.onChanged((change) => {
    if (change.kind === 'gone') {
      heard.delete(change.screen)
      displays.delete(change.screen)
      return review()
    }
    if (isBegun) openOnDisplays()
  })

  /** The display of a screen that names none is the first other one. */
  function openOnDisplays(): void {
    for (const { screen, display } of setup.screens) {
      if (windows.hasDisplay(display) && !isHeard(heard.get(screen), now())) displays.set(screen, windows.open(screen, display).display)
    }
  }
  const contentOf = (cell: number): Content | null => told.cells.find((one) => one.cell === cell)?.content ?? null
  const truth = (cell: number) => {
    const tile = told.layout?.tiles.find((one) => one.cell === cell)
    return truthOf(
      { cell, wanted: contentOf(cell), order: changedBy.get(cell) ?? 0 },
      tile ? screensOf(tile, setup.screens) : [],
      heard,
      now(),
    )
  }
  const noWindow = () => err(appError('wall/unreachable', { reason: '大屏窗口没有打开' }))

  /** Resolves when every window that the cell lies on says that it shows what it was told. */
  function painted(cell: number): Promise<Result<void, AppError>> {
    return new Promise((resolve) => {
      const finish = (result: Result<void, AppError>) => {
        waiting.delete(look)
        stopWaiting()
        resolve(result)
      }
      const look = () => {
        const found = truth(cell)
        if (found.kind === 'shown') finish(done)
        if (found.kind === 'problem') finish(err(appError('wall/refused', { reason: found.words })))
        if (found.kind === 'unknown' && found.why === 'silent') finish(noWindow())
      }
      const stopWaiting = clock.after(paintWithinMs, () =>
        finish(err(appError('wall/refused', { reason: `大屏窗口 ${paintWithinMs / 1_000} 秒内没有显示格 ${cellName(cell)}` }))),
      )
      waiting.add(look)
      look()
    })
  }
  const keep = (cell: number, content: Content | null) =>
    tell({ cells: [...told.cells.filter((one) => one.cell !== cell), ...(content ? [{ cell, content }] : [])] }, [cell])
  async function put(cell: number, content: Content | null): Promise<Result<void, AppError>> {
    if (heardScreens().length === 0) return noWindow()
    if (!told.layout?.tiles.some((tile) => tile.cell === cell))
      return content ? err(appError('wall/refused', { reason: `现在的布局没有格 ${cellName(cell)}` })) : done
    const former = contentOf(cell)
    keep(cell, content)
    const answer = await painted(cell)
    // What cannot be shown leaves what was there.
    if (!answer.ok && answer.error.code === 'wall/refused' && contentOf(cell) === content) keep(cell, former)
    return answer
  }

  return {
    product: setup.product,
    capabilities: () => ({ mostTiles, hasFreeLayouts: true, hasScenes: true, hasPower: true, kinds }),
    listOutputs: async () => ok(setup.screens.map(({ screen }) => ({ number: screen, name: displays.get(screen) ?? `窗口 ${screen}` }))),
    // Whatever the centre names can be shown: it has no list of its own.
    listSources: async () => ok([]),
    async getState(): Promise<Result<WallReading, AppError>> {
      if (heardScreens().length === 0) return noWindow()
      const cells = Array.from({ length: mostTiles }, (_, index) => index + 1).flatMap((cell) => {
        if (!told.layout?.tiles.some((tile) => tile.cell === cell)) return [{ cell, content: null }]
        const found = truth(cell)
        return found.kind === 'shown' ? [{ cell, content: found.content }] : []
      })
      return ok({ isOn: told.isOn, cells })
    },
    async setLayout(layout, size) {
      if (heardScreens().length === 0) return noWindow()
      const kept = told.cells.filter(({ cell }) => layout.tiles.some((tile) => tile.cell === cell))
      tell(
        { layout, size, cells: kept },
        layout.tiles.map(({ cell }) => cell),
      )
      return done
    },
    assign: put,
    clear: (cell) => put(cell, null),
    async saveScene(number) {
      const { layout, cells } = told
      tell({ scenes: [...told.scenes.filter((one) => one.number !== number), { number, layout, cells }] }, [])
      return done
    },
    async recallScene(number) {
      const scene = told.scenes.find((one) => one.number === number)
      if (!scene) return err(appError('wall/refused', { reason: `没有存过场景 ${number}` }))
      if (heardScreens().length === 0) return noWindow()
      const cells = scene.layout?.tiles.map(({ cell }) => cell) ?? []
      tell({ layout: scene.layout, cells: scene.cells }, cells)
      for (const cell of cells) {
        const answer = await painted(cell)
        if (!answer.ok) return answer
      }
      return done
    },
    async power(isOn) {
      if (heardScreens().length === 0) return noWindow()
      tell({ isOn }, [])
      return done
    },
    onStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    async stop() {
      stopLooking()
      stopWindows()
    },
    begin() {
      isBegun = true
      openOnDisplays()
    },
    openScreens() {
      const opened = setup.screens.map(({ screen, display }) => ({ screen, ...windows.open(screen, display) }))
      for (const { screen, display } of opened) displays.set(screen, display)
      show()
      return opened.flatMap(({ address }) => (address === null ? [] : [address]))
    },
    shown(report) {
      if (!setup.screens.some(({ screen }) => screen === report.screen)) return
      if (!report.isLeaving) heard.set(report.screen, { ...report, at: now() })
      // A page that leaves says so of itself, not of the one that has taken its place.
      else if (heard.get(report.screen)?.runId === report.runId) heard.delete(report.screen)
      review()
    },
    look: () => ({
      ...{ order, isOn: told.isOn, size: told.size, layout: told.layout },
      cells: told.layout?.tiles.map(({ cell }) => ({ cell, content: contentOf(cell) })) ?? [],
      screens: setup.screens.map(({ screen, part }) => ({
        ...{ screen, part: part ?? wholeOf(told.size), display: displays.get(screen) ?? null },
        state: isHeard(heard.get(screen), now()) ? 'shown' : heard.has(screen) ? 'silent' : 'closed',
      })),
    }),
    onShow(listener) {
      showListeners.add(listener)
      return () => showListeners.delete(listener)
    },
  }
}

const nothingTold: Told = { isOn: true, size: { columns: 1, rows: 1 }, layout: null, cells: [], scenes: [] }

/** What was kept, or nothing when it is not what this program keeps. */
function readTold(value: unknown): Told {
  const kept = value as Partial<Told> | null | undefined
  const isWhole =
    typeof kept === 'object' && kept !== null && Array.isArray(kept.cells) && Array.isArray(kept.scenes) && typeof kept.size === 'object'
  return isWhole ? { ...nothingTold, ...kept } : nothingTold
}
