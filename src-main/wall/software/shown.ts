import { overlap, type Tile, unitsPerScreen, type WallSize } from '#shared/domain/wall/layout'
import type { Content } from '#shared/domain/wall/wall'

/** What the windows of the software wall say they show, and what follows from it. Pure: nothing is assumed of a window that says nothing. */
export interface ShownReport {
  readonly screen: number
  readonly runId: string
  /** Number of the order that it shows. */
  readonly order: number
  readonly isLeaving: boolean
  readonly cells: readonly ShownCell[]
}

export interface ShownCell {
  readonly cell: number
  readonly content: Pick<Content, 'kind' | 'id'> | null
  readonly problem: string | null
}

/** A window as it was last heard, monotonic ms. */
export interface Heard extends ShownReport {
  readonly at: number
}

/** The part of the wall that a window shows, in screens. Null: all of it. */
export interface ScreenPart {
  readonly screen: number
  readonly display: number | null
  readonly part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null
}

/** A window reports every two seconds; one that missed two is silent. */
export const reportEveryMs = 2_000
export const silentAfterMs = 5_000

export const isHeard = (heard: Heard | undefined, now: number): heard is Heard => heard !== undefined && now - heard.at <= silentAfterMs

/** Which windows show (a piece of) this tile. */
export function screensOf(tile: Tile, parts: readonly ScreenPart[]): readonly number[] {
  const unit = unitsPerScreen
  return parts
    .filter(
      ({ part }) =>
        part === null ||
        overlap(tile, { cell: 0, x: part.x * unit, y: part.y * unit, width: part.width * unit, height: part.height * unit }),
    )
    .map(({ screen }) => screen)
}

export const wholeOf = (size: WallSize) => ({ x: 0, y: 0, width: size.columns, height: size.rows })

export type CellTruth =
  | { readonly kind: 'shown'; readonly content: Content | null }
  /** A window that it lies on was not heard, or has not painted the order yet. */
  | { readonly kind: 'unknown'; readonly why: 'silent' | 'behind' }
  | { readonly kind: 'problem'; readonly words: string }

/** What a cell shows, by all windows that it lies on. `wanted` is what they were told; they must say the same of it. */
export function truthOf(
  { cell, wanted, order }: { readonly cell: number; readonly wanted: Content | null; readonly order: number },
  screens: readonly number[],
  heard: ReadonlyMap<number, Heard>,
  now: number,
): CellTruth {
  if (screens.length === 0) return { kind: 'problem', words: '这一格不在任何一块屏上' }
  for (const screen of screens) {
    const report = heard.get(screen)
    if (!isHeard(report, now)) return { kind: 'unknown', why: 'silent' }
    const said = report.cells.find((one) => one.cell === cell)
    const isSame = said !== undefined && (said.content?.id ?? null) === (wanted?.id ?? null) && said.content?.kind === wanted?.kind
    if (report.order < order || !isSame) return { kind: 'unknown', why: 'behind' }
    if (said.problem !== null) return { kind: 'problem', words: said.problem }
  }
  return { kind: 'shown', content: wanted }
}
