/**
 * Where a window was, and where it may appear now. Pure: displays come in as rectangles, in Electron's device-independent pixels. A display
 * that was unplugged, moved or made smaller must never leave a window out of reach.
 */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  readonly bounds: Rectangle
  readonly isMaximised: boolean
}

/** The smallest screen that the product is drawn for. */
export const smallestWindow = { width: 1366, height: 768 } as const
export const smallestPane = { width: 480, height: 360 } as const
/** How large a pane is when it is popped out for the first time. */
const firstPane = { width: 960, height: 700 } as const

type Size = Pick<Rectangle, 'width' | 'height'>

/** The minimum where the work area allows it: a taskbar on a 1366×768 screen leaves less. */
export function minimumSize(smallest: Size, workArea: Size): Size {
  return { width: Math.min(smallest.width, workArea.width), height: Math.min(smallest.height, workArea.height) }
}

export interface Placement extends WindowState {
  readonly minimum: Size
}

/**
 * Fits a remembered window to the displays that are there: on the one it overlaps most, wholly inside its work area. Without a memory, or
 * when its display is gone, it is centred on the first display. `workAreas` lists the primary display first.
 */
export function placeWindow(
  remembered: WindowState | undefined,
  workAreas: readonly [Rectangle, ...Rectangle[]],
  smallest: Size,
): Placement {
  const [primary] = workAreas
  const best = remembered
    ? workAreas.reduce((left, right) => (overlap(right, remembered.bounds) > overlap(left, remembered.bounds) ? right : left))
    : primary
  const minimum = minimumSize(smallest, best)
  // A first start fills the screen of an office PC; a popped-out pane starts small.
  if (!remembered) {
    const isPane = smallest === smallestPane
    return { bounds: centred(isPane ? firstPane : smallest, best), isMaximised: !isPane, minimum }
  }
  const { bounds, isMaximised } = remembered
  const size = { width: clamp(bounds.width, minimum.width, best.width), height: clamp(bounds.height, minimum.height, best.height) }
  if (overlap(best, bounds) === 0) return { bounds: centred(size, best), isMaximised, minimum }
  const x = clamp(bounds.x, best.x, best.x + best.width - size.width)
  const y = clamp(bounds.y, best.y, best.y + best.height - size.height)
  return { bounds: { x, y, ...size }, isMaximised, minimum }
}

/** Undefined for anything that is not a window's state: the file may be from another version or half-written. */
export function parseWindowState(value: unknown): WindowState | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { bounds, isMaximised } = value as { readonly bounds?: Partial<Rectangle> | null; readonly isMaximised?: unknown }
  const { x, y, width, height } = bounds ?? {}
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || width < 1 || height < 1) return undefined
  return { bounds: { x, y, width, height }, isMaximised: isMaximised === true }
}

function centred({ width, height }: Size, area: Rectangle): Rectangle {
  const size = { width: Math.min(width, area.width), height: Math.min(height, area.height) }
  return { x: area.x + Math.floor((area.width - size.width) / 2), y: area.y + Math.floor((area.height - size.height) / 2), ...size }
}

function overlap(area: Rectangle, window: Rectangle): number {
  const width = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x)
  const height = Math.min(area.y + area.height, window.y + window.height) - Math.max(area.y, window.y)
  return Math.max(0, width) * Math.max(0, height)
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high))

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
