import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { Layout, WallSize } from '#shared/domain/wall/layout'
import type { Content, SourceKind } from '#shared/domain/wall/wall'

/**
 * One interface to every wall product. Nothing is remembered on this side of it: `getState` reads the device. Every call ends within its time limit, and
 * every failure is a value in words; after one of `wall/unreachable` the caller reads the state again before it assumes anything.
 */
export interface WallDriver {
  /** As people call it, e.g. 解码墙. */
  readonly product: string
  capabilities(): WallCapabilities
  listOutputs(): Promise<Result<readonly WallOutput[], AppError>>
  listSources(): Promise<Result<readonly WallSource[], AppError>>
  /** By the layout that is wanted: some devices know windows only by their place. */
  getState(layout: Layout, size: WallSize): Promise<Result<WallReading, AppError>>
  setLayout(layout: Layout, size: WallSize): Promise<Result<void, AppError>>
  assign(cell: number, content: Content): Promise<Result<void, AppError>>
  clear(cell: number): Promise<Result<void, AppError>>
  /** In the device's own memory, by number. */
  saveScene(number: number): Promise<Result<void, AppError>>
  recallScene(number: number): Promise<Result<void, AppError>>
  power(isOn: boolean): Promise<Result<void, AppError>>
  /** Told when the device comes or goes by itself. */
  onStatus(listener: (isConnected: boolean) => void): Stop
  stop(): Promise<void>
}

export interface WallCapabilities {
  readonly mostTiles: number
  readonly hasFreeLayouts: boolean
  readonly hasScenes: boolean
  readonly hasPower: boolean
  readonly kinds: readonly SourceKind[]
}

export interface WallOutput {
  readonly number: number
  readonly name: string
}

export interface WallSource {
  readonly content: Content
}

/** What the device says of itself. A cell that it does not name could not be read. */
export interface WallReading {
  /** Null: the device does not say. */
  readonly isOn: boolean | null
  readonly cells: readonly { readonly cell: number; readonly content: Content | null }[]
}
