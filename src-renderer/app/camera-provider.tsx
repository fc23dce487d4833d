import { lazy, type ReactNode } from 'react'
import { CameraDeskProvider, CameraPictureProvider } from '../ui/camera-picture'

/** The player is read when a picture is first shown. */
const LivePicture = lazy(async () => ({ default: (await import('../features/cameras/live-picture')).LivePicture }))

const CameraDesk = lazy(async () => ({ default: (await import('../features/cameras/camera-desk')).CameraDesk }))

/** Gives every pane of a window the picture of a camera, which features may not take from each other. */
export function CameraProvider({ children }: { readonly children: ReactNode }) {
  return (
    <CameraPictureProvider value={LivePicture}>
      <CameraDeskProvider value={CameraDesk}>{children}</CameraDeskProvider>
    </CameraPictureProvider>
  )
}
