import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import type { Bridge, Link } from './bridge'
import { browserClock } from './browser-clock'
import { createTicker, type Ticker } from './ticker'

const BridgeContext = createContext<Bridge | undefined>(undefined)
const TickerContext = createContext<Ticker | undefined>(undefined)

export function BridgeProvider({ bridge, children }: { readonly bridge: Bridge; readonly children: ReactNode }) {
  const ticker = useMemo(() => createTicker(bridge, browserClock), [bridge])
  return (
    <BridgeContext value={bridge}>
      <TickerContext value={ticker}>{children}</TickerContext>
    </BridgeContext>
  )
}

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext)
  if (!bridge) throw new Error('useBridge needs a BridgeProvider above it')
  return bridge
}

export function useTicker(): Ticker {
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('useTicker needs a BridgeProvider above it')
  return ticker
}

/** The newest state of a topic; undefined until the first snapshot. The component renders again only when that topic changes. */
export function useTopic<N extends TopicName>(name: N): StateOfTopic<N> | undefined {
  const watch = useBridge().topic(name)
  return useSyncExternalStore(watch.subscribe, watch.get)
}

/** One value out of a topic (compared by `Object.is`, so give words and figures): renders again only when that value changes. */
export function useTopicAs<N extends TopicName, T extends string | number | boolean | null | undefined>(
  name: N,
  pick: (state: StateOfTopic<N> | undefined) => T,
): T {
  const watch = useBridge().topic(name)
  return useSyncExternalStore(watch.subscribe, () => pick(watch.get()))
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
