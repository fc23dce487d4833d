import { lazy, StrictMode, Suspense } from 'react'
import type { Bridge } from '../bridge/bridge'
import { BridgeProvider } from '../bridge/react'
import { CameraProvider } from './camera-provider'
import { ErrorBoundary } from './frame/error-boundary'

const WallScreen = lazy(async () => ({ default: (await import('../features/wall-screen/wall-screen')).WallScreen }))

/** A window of the software wall: nothing of the seat's frame, no keys, no session. */
export function WallRoot({ bridge, screen }: { readonly bridge: Bridge; readonly screen: number }) {
  return (
    <StrictMode>
      <ErrorBoundary
        name="大屏窗口"
        scope="window"
        onFault={(error) =>
          void bridge.call('app.reportFault', { message: error.message.slice(0, 2000), stack: (error.stack ?? '').slice(0, 10_000) })
        }
      >
        <BridgeProvider bridge={bridge}>
          <CameraProvider>
            <Suspense fallback={null}>
              <WallScreen screen={screen} />
            </Suspense>
          </CameraProvider>
        </BridgeProvider>
      </ErrorBoundary>
    </StrictMode>
  )
}
