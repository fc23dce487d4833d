import type { SoftwareWall } from '#main/wall/software/software-wall'
import type { WindowChange } from '#main/wall/software/windows'

/** Windows of a software wall whose pages paint what they are told at once, and die, close or hang when the test says so. */
export interface FakeWallWindows {
  open(screen: number): { readonly display: string | null; readonly address: string | null }
  hasDisplay(): boolean
  onChanged(listener: (change: WindowChange) => void): () => void
  /** The wall whose orders these windows paint. */
  follow(wall: SoftwareWall): void
  crash(screen: number): void
  unplugDisplay(): void
  plugInDisplay(): void
  /** The page lives and says nothing more. */
  hang(isHanging: boolean): void
  failWith(problem: string | null): void
  readonly opened: ReadonlySet<number>
}

export function createFakeWallWindows({ hasDisplay = true } = {}): FakeWallWindows {
  const opened = new Set<number>()
  const listeners = new Set<(change: WindowChange) => void>()
  const painted = new Map<number, string>()
  let isThere = hasDisplay
  let isHanging = false
  let problem: string | null = null
  let wall: SoftwareWall | undefined
  const tell = (change: WindowChange) => {
    for (const listener of [...listeners]) listener(change)
  }
  function paint(): void {
    if (!wall || isHanging) return
    const { order, cells } = wall.look()
    for (const screen of opened) {
      const shown = cells.map(({ cell, content }) => {
        const isNew = content !== null && painted.get(cell) !== content.id
        if (problem === null && content) painted.set(cell, content.id)
        return { cell, content, problem: isNew ? problem : null }
      })
      wall.shown({ screen, runId: `run-${screen}`, order, isLeaving: false, cells: shown })
    }
  }
  function gone(screen: number): void {
    opened.delete(screen)
    tell({ kind: 'gone', screen })
  }
  return {
    open(screen) {
      opened.add(screen)
      queueMicrotask(paint)
      return { display: isThere ? '显示器 2' : null, address: null }
    },
    hasDisplay: () => isThere,
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(followed) {
      wall = followed
      wall.onShow(() => queueMicrotask(paint))
    },
    crash: gone,
    unplugDisplay() {
      isThere = false
      for (const screen of [...opened]) gone(screen)
    },
    plugInDisplay() {
      isThere = true
      tell({ kind: 'displays' })
    },
    hang(next) {
      isHanging = next
    },
    failWith(next) {
      problem = next
    },
    opened,
  }
}
