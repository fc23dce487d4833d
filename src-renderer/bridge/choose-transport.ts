import type { SeatTransport } from '#shared/contracts/seat-api/table'
import { createWebSocketTransport } from './websocket-transport'

declare global {
  interface Window {
    /** Put there by the Electron shell's preload; absent in a browser. */
    readonly seat?: SeatTransport
  }
}

/** The way to the core that this window has: Electron's preload where there is one, else the WebSocket of the browser shell that served it. */
export function chooseTransport(window: Window): SeatTransport {
  if (window.seat) return window.seat
  return createWebSocketTransport({
    openSocket: () => new WebSocket(`ws://${window.location.host}/seat`),
    after(delayMs, action) {
      const timer = window.setTimeout(action, delayMs)
      return () => window.clearTimeout(timer)
    },
  })
}
