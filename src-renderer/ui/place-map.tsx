import { type ComponentType, createContext, type Ref, Suspense, useContext } from 'react'
import type { Position } from '#shared/domain/geo/position'

/**
 * A small map inside another feature: where a case is, or where a report puts its pin. Features know neither OpenLayers nor each other: the frame
 * provides the map (`PlaceMapProvider`), and whoever needs one writes `<PlaceMap>`. Where none is provided, nothing is shown.
 */
export interface PlaceMapProps {
  /** Name of the map for a screen reader: 案卷位置, 落点. */
  readonly label: string
  readonly pin: Position | undefined
  /** Moves the pin: by a click, by search, by arrow keys. Without it the map is only looked at. */
  onPick?(picked: PickedPlace): void
  /** Marks of the feature's own: photos, likely duplicates, a caller. */
  readonly marks?: readonly PlaceMark[] | undefined
  /** Not drawn among the open cases around: the case that the pin stands for. */
  readonly exceptCaseId?: string | undefined
  /** The key that leads into the search, to be shown there; whoever shows the map takes it and calls `focusSearch`. */
  readonly searchKeys?: string
  readonly ref?: Ref<PlaceMapHandle>
}

export interface PlaceMapHandle {
  focusSearch(): void
  /** Shows a position without moving the pin. */
  look(position: Position): void
}

export interface PickedPlace {
  /** Degrees, six decimals: a decimetre. */
  readonly position: Position
  /** The unit grid around it, or undefined outside all known ones. */
  readonly gridCode: string | undefined
  /** What was searched for and chosen; undefined for a click or a key. */
  readonly name: string | undefined
  /** The named place that is nearest, at most 120 m away: 友协大街 118 号. A proposal for the address, nothing more. */
  readonly near: { readonly name: string; readonly metres: number } | undefined
}

export interface PlaceMark {
  readonly key: string
  readonly kind: 'photo' | 'duplicate' | 'call'
  readonly position: Position
  /** A few characters beside the mark: 处置前, 疑似 1. */
  readonly title: string
  /** Opened by a click on the mark. */
  readonly caseId?: string
}

const PlaceMapContext = createContext<ComponentType<PlaceMapProps> | undefined>(undefined)

export const PlaceMapProvider = PlaceMapContext.Provider

/** Whether there is a map to be shown here. */
export const useHasPlaceMap = (): boolean => useContext(PlaceMapContext) !== undefined

/** Fills its parent, which gives it a height. */
export function PlaceMap(props: PlaceMapProps) {
  const SmallMap = useContext(PlaceMapContext)
  if (!SmallMap) return null
  return (
    <Suspense fallback={<p className="ui-empty">正在打开地图…</p>}>
      <SmallMap {...props} />
    </Suspense>
  )
}
