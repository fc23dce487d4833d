/**
 * Layouts 布局 of a wall: which tiles 窗口 lie where. A wall is `columns` × `rows` screens; each screen counts `unitsPerScreen` units in both
 * directions, so halves, thirds and quarters of a screen are whole numbers. Positions are from the top left.
 */
export interface WallSize {
  readonly columns: number
  readonly rows: number
}

export interface Tile {
  /** 1–64, the number that people type. */
  readonly cell: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type LayoutKind = 'grid' | 'focus' | 'free'

export interface Layout {
  readonly kind: LayoutKind
  readonly name: string
  readonly tiles: readonly Tile[]
}

export const unitsPerScreen = 12
export const mostTiles = 64
const leastUnits = 3

export const widthOf = (size: WallSize): number => size.columns * unitsPerScreen
export const heightOf = (size: WallSize): number => size.rows * unitsPerScreen

/** `columns` × `rows` tiles of (as nearly as whole units allow) the same size, numbered line by line. */
export function gridLayout(size: WallSize, columns: number, rows: number): Layout {
  const edge = (index: number, of: number, length: number) => Math.round((index * length) / of)
  const tiles = Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const [x, y] = [edge(column, columns, widthOf(size)), edge(row, rows, heightOf(size))]
    return {
      cell: index + 1,
      x,
      y,
      width: edge(column + 1, columns, widthOf(size)) - x,
      height: edge(row + 1, rows, heightOf(size)) - y,
    }
  })
  return { kind: 'grid', name: `${columns}×${rows}`, tiles }
}

/**
 * One big tile at the top left, the other screens one by one. Tiles keep the numbers of their screens, so that a small one has the same number
 * whether or not its neighbours were joined.
 */
export function focusLayout(size: WallSize): Layout {
  const across = Math.max(1, Math.ceil(size.columns / 2))
  const down = Math.max(1, Math.ceil(size.rows / 2))
  const whole = gridLayout(size, size.columns, size.rows)
  const tiles = whole.tiles.flatMap((tile) => {
    const [column, row] = [(tile.cell - 1) % size.columns, Math.floor((tile.cell - 1) / size.columns)]
    if (tile.cell === 1) return [{ ...tile, width: across * unitsPerScreen, height: down * unitsPerScreen }]
    return column < across && row < down ? [] : [tile]
  })
  return { kind: 'focus', name: `大 1 小 ${tiles.length - 1}`, tiles }
}

/** What every wall of this size offers without being told. */
export function usualLayouts(size: WallSize): readonly Layout[] {
  const own = gridLayout(size, size.columns, size.rows)
  const offered = [own, focusLayout(size), gridLayout(size, 3, 3), gridLayout(size, 2, 2), gridLayout(size, 1, 1)]
  return offered.filter(
    (layout, index) =>
      layout.tiles.length <= mostTiles &&
      offered.findIndex((other) => sameTiles(other, layout)) === index &&
      layoutFaults(layout, size).length === 0,
  )
}

export type LayoutFault =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'number'; readonly cell: number }
  | { readonly kind: 'small'; readonly cell: number }
  | { readonly kind: 'outside'; readonly cell: number }
  | { readonly kind: 'overlap'; readonly cell: number; readonly other: number }

/** Everything that keeps a layout from being shown; empty: it can be. */
export function layoutFaults({ tiles }: Pick<Layout, 'tiles'>, size: WallSize): readonly LayoutFault[] {
  if (tiles.length === 0 || tiles.length > mostTiles) return [{ kind: 'count', count: tiles.length }]
  const faults: LayoutFault[] = []
  for (const [index, tile] of tiles.entries()) {
    const { cell, x, y, width, height } = tile
    const isDouble = tiles.findIndex((other) => other.cell === cell) < index
    if (!Number.isInteger(cell) || cell < 1 || cell > mostTiles || isDouble) faults.push({ kind: 'number', cell })
    if (![x, y, width, height].every(Number.isInteger) || width < leastUnits || height < leastUnits) faults.push({ kind: 'small', cell })
    else if (x < 0 || y < 0 || x + width > widthOf(size) || y + height > heightOf(size)) faults.push({ kind: 'outside', cell })
    for (const other of tiles.slice(0, index)) {
      if (overlap(tile, other)) faults.push({ kind: 'overlap', cell: other.cell, other: cell })
    }
  }
  return faults
}

export function overlap(a: Tile, b: Tile): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** The faults in words, for the person who drew it. */
export function faultWords(faults: readonly LayoutFault[]): string {
  const words = faults.slice(0, 4).map((fault) => {
    if (fault.kind === 'count') return `窗口应为 1–${mostTiles} 个，现为 ${fault.count} 个`
    if (fault.kind === 'number') return `格号 ${fault.cell} 不可用或重复`
    if (fault.kind === 'small') return `格 ${fault.cell} 太小，边长至少四分之一屏`
    return fault.kind === 'outside' ? `格 ${fault.cell} 超出大屏` : `格 ${fault.cell} 与格 ${fault.other} 重叠`
  })
  return words.join('；')
}

export const sameTile = (a: Tile, b: Tile): boolean =>
  a.cell === b.cell && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

export function sameTiles(a: Layout, b: Layout): boolean {
  return a.tiles.length === b.tiles.length && a.tiles.every((tile) => b.tiles.some((other) => sameTile(tile, other)))
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The cell that an arrow key leads to: the nearest tile that begins beyond the edge, first those beside the present one, then by how far their
 * middles lie apart. The same cell when there is none.
 */
export function neighbour({ tiles }: Pick<Layout, 'tiles'>, cell: number, direction: Direction): number {
  const from = tiles.find((tile) => tile.cell === cell)
  if (!from) return tiles[0]?.cell ?? cell
  const isAcross = direction === 'left' || direction === 'right'
  const best = tiles
    .filter((tile) => isBeyond(from, tile, direction))
    .map((tile) => ({ tile, cost: distance(from, tile, isAcross) }))
    .sort((a, b) => a.cost - b.cost || a.tile.cell - b.tile.cell)[0]
  return best?.tile.cell ?? cell
}

function isBeyond(from: Tile, tile: Tile, direction: Direction): boolean {
  if (direction === 'left') return tile.x + tile.width <= from.x
  if (direction === 'right') return tile.x >= from.x + from.width
  if (direction === 'up') return tile.y + tile.height <= from.y
  return tile.y >= from.y + from.height
}

/** A tile that does not lie beside the other costs as if it lay a whole wall away. */
function distance(from: Tile, tile: Tile, isAcross: boolean): number {
  const gap = (a: number, aLength: number, b: number, bLength: number) => Math.max(0, b - (a + aLength), a - (b + bLength))
  const gapX = gap(from.x, from.width, tile.x, tile.width)
  const gapY = gap(from.y, from.height, tile.y, tile.height)
  const offset = isAcross ? Math.abs(from.y - tile.y) / 1_000 : Math.abs(from.x - tile.x) / 1_000
  const isBeside = isAcross
    ? tile.y < from.y + from.height && from.y < tile.y + tile.height
    : tile.x < from.x + from.width && from.x < tile.x + tile.width
  return (isAcross ? gapX + gapY * 2 : gapY + gapX * 2) + offset + (isBeside ? 0 : 1_000)
}
