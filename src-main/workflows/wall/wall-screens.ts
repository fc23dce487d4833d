import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand, StateOfTopic } from '#shared/contracts/seat-api/table'
import type { Layout, WallSize } from '#shared/domain/wall/layout'
import type { Content } from '#shared/domain/wall/wall'
import type { CameraWatcher } from '../cameras/watch-camera'
import type { Publish } from '../ports'
import type { WallKeeper } from './keep-walls'

type View = NonNullable<StateOfTopic<'wallScreens.changed'>>

/** What the workflow needs of the software wall (`src-main/wall/software`). */
export interface ScreensOfWall {
  begin(): void
  openScreens(): readonly string[]
  shown(report: InputOfCommand<'wallScreens.shown'>): void
  look(): {
    readonly order: number
    readonly isOn: boolean
    readonly size: WallSize
    readonly layout: Layout | null
    readonly cells: readonly { readonly cell: number; readonly content: Content | null }[]
    readonly screens: readonly View['screens'][number][]
  }
  onShow(listener: () => void): void
}

/**
 * The windows of the software wall at this workstation: what they are to show goes out to them as one topic, what they show comes back. They show it
 * while somebody is signed in who may drive the wall, the seat being locked or not: the hall looks at them. Signed out, they are dark.
 */
export interface WallScreens {
  begin(): void
  end(): void
  open(): Result<OutputOfCommand<'wallScreens.open'>, AppError>
  shown(report: InputOfCommand<'wallScreens.shown'>): void
  watch(input: InputOfCommand<'wallScreens.watch'>): Promise<Result<OutputOfCommand<'wallScreens.watch'>, AppError>>
  leave(watchId: string): void
  /** What a cell tells may have changed. */
  refresh(): void
}

export function createWallScreens(parts: {
  readonly wallId: string
  readonly isDemonstration: boolean
  readonly screens: ScreensOfWall
  readonly walls: Pick<WallKeeper, 'wall' | 'onChanged'>
  readonly cameras: Pick<CameraWatcher, 'watchOnWall' | 'leave'>
  factsOf(content: Content): View['cells'][number]['facts']
  readonly publish: Publish
}): WallScreens {
  const { wallId, isDemonstration, screens, walls, cameras, factsOf, publish } = parts
  let isActive = false
  let said = ''

  function show(): void {
    const view = isActive ? viewNow() : null
    const words = JSON.stringify(view)
    if (words === said) return
    said = words
    publish('wallScreens.changed', view)
  }
  function viewNow(): View {
    const { order, isOn, size, layout, cells, screens: all } = screens.look()
    const wall = walls.wall(wallId)
    return {
      ...{ wallId, name: wall?.name ?? '大屏', size: layout ? size : (wall?.size ?? size), order, isOn, isDemonstration, layout },
      cells: cells.map(({ cell, content }) => ({ cell, content, facts: content && factsOf(content) })),
      screens: all.map((one) =>
        layout || !wall ? one : { ...one, part: { x: 0, y: 0, width: wall.size.columns, height: wall.size.rows } },
      ),
    }
  }
  screens.onShow(show)
  walls.onChanged(show)

  return {
    begin() {
      isActive = true
      show()
      screens.begin()
    },
    end() {
      isActive = false
      show()
    },
    open() {
      const addresses = [...screens.openScreens()]
      return ok({ addresses })
    },
    shown: screens.shown,
    async watch(input) {
      const isShown = isActive && screens.look().cells.some(({ content }) => content?.kind === 'camera' && content.id === input.cameraNo)
      return isShown ? cameras.watchOnWall(input) : err(appError('wall/notSupported', { what: '显示没有上屏的探头' }))
    },
    leave: cameras.leave,
    refresh: show,
  }
}

/** At a workstation without a software wall. */
export const noWallScreens: WallScreens = {
  begin: () => {},
  end: () => {},
  open: () => err(appError('wall/notSupported', { what: '打开大屏窗口：本工作站没有配置软件大屏' })),
  shown: () => {},
  watch: async () => err(appError('wall/notSupported', { what: '大屏窗口' })),
  leave: () => {},
  refresh: () => {},
}
