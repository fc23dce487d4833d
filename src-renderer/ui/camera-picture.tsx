import { type ComponentType, createContext, type ReactNode, Suspense, useContext } from 'react'
import type { PictureTruth } from '#shared/domain/camera/truth'

/**
 * The picture of a camera inside another feature: a tile of the wall, a case's nearest camera, a mark of the map. Features know neither the player
 * nor each other: the frame provides it (`CameraPictureProvider`). Where none is provided, nothing is shown.
 */
export interface CameraPictureProps {
  readonly cameraNo: string
  /** `sub` is right for tiles of up to 640×360. */
  readonly quality: 'main' | 'sub'
  /** Name of the picture for a screen reader, and along its lower edge. */
  readonly title: string
  /** In a window of the wall, which goes on while the seat is locked. */
  readonly isOnWall?: boolean
  /** What the badge says, whenever it changes. */
  onTruth?(truth: PictureTruth): void
}

const CameraPictureContext = createContext<ComponentType<CameraPictureProps> | undefined>(undefined)

export const CameraPictureProvider = CameraPictureContext.Provider

/** Whether pictures can be shown here. */
export const useHasCameraPicture = (): boolean => useContext(CameraPictureContext) !== undefined

/** Fills its parent, which gives it a size. */
export function CameraPicture(props: CameraPictureProps) {
  const Picture = useContext(CameraPictureContext)
  if (!Picture) return null
  return (
    <Suspense fallback={null}>
      <Picture {...props} />
    </Suspense>
  )
}

/** One camera large, to look closely, steer it, take its picture and make a case of what it shows. It takes the keys while it is open. */
export interface CameraDeskProps {
  readonly cameraNo: string
  readonly title: string
  /** What whoever opened it says besides. */
  readonly children?: ReactNode
  onClose(): void
  /** Keys that the desk itself does not know; true: taken. */
  onKey?(key: string): boolean
  onTruth?(truth: PictureTruth): void
  /** A report was begun; the picture that goes with it, when there was one. */
  onReported?(photoId: string | null): void
}

const CameraDeskContext = createContext<ComponentType<CameraDeskProps> | undefined>(undefined)

export const CameraDeskProvider = CameraDeskContext.Provider

export function CameraDesk(props: CameraDeskProps) {
  const Desk = useContext(CameraDeskContext)
  if (!Desk) return null
  return (
    <Suspense fallback={null}>
      <Desk {...props} />
    </Suspense>
  )
}
