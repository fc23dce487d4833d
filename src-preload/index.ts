import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { SeatTransport, TopicMessage } from '#shared/contracts/seat-api/table'

/**
 * Puts the seat API on `window.seat` in the Electron shell. It holds no logic and no list of names: the core refuses what its table does not
 * have. Electron's event objects stay on this side; they would hand the page the sender.
 */
const transport: SeatTransport = {
  invoke: (command, payload) => ipcRenderer.invoke('seat:invoke', command, payload),
  onMessage(listener) {
    const receive = (_event: IpcRendererEvent, message: TopicMessage) => listener(message)
    ipcRenderer.on('seat:message', receive)
    // Braces on purpose: `off` returns ipcRenderer itself, and what this function returns is handed to the page.
    return () => {
      ipcRenderer.off('seat:message', receive)
    }
  },
  // The core lives in the process that owns this window: there is no connection that could be lost without the window.
  onStatus(listener) {
    listener('open')
    return () => undefined
  },
}

contextBridge.exposeInMainWorld('seat', transport)
