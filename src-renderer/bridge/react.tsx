import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import type { Bridge, Link } from './bridge'

const BridgeContext = createContext<Bridge | undefined>(undefined)

export function BridgeProvider({ bridge, children }: { readonly bridge: Bridge; readonly children: ReactNode }) {
  return <BridgeContext value={bridge}>{children}</BridgeContext>
}

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext)
  if (!bridge) throw new Error('useBridge needs a BridgeProvider above it')
  return bridge
}

/** The newest state of a topic; undefined until the first snapshot. The component renders again only when that topic changes. */
export function useTopic<N extends TopicName>(name: N): StateOfTopic<N> | undefined {
  const watch = useBridge().topic(name)
  return useSyncExternalStore(watch.subscribe, watch.get)
}

/** Whether this window still reaches the core. */
export function useLink(): Link {
  const { link } = useBridge()
  return useSyncExternalStore(link.subscribe, link.get)
}

/** When the core last kept something typed in this window; undefined before the first. */
export function useDraftSavedAt(): number | undefined {
  const { draftSavedAt } = useBridge()
  return useSyncExternalStore(draftSavedAt.subscribe, draftSavedAt.get)
}
