import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { Stop } from '#shared/base/clock'
import type { SeatApi, Sender } from '../../seat-api/seat-api'
import type { PageOrigin } from './page-origin'
import type { Windows } from './windows'

/**
 * Carries the seat API over two channels. Every sender is judged here, as a fact that travels with the command; the core refuses and logs
 * those that are not trusted.
 */
export function carrySeatApi(api: SeatApi, windows: Windows, page: PageOrigin): Stop {
  ipcMain.handle('seat:invoke', (event, command: unknown, payload: unknown) =>
    api.handle(typeof command === 'string' ? command : '', payload, senderOf(event, windows, page)),
  )
  const stopMessages = api.subscribe((message) => {
    for (const window of windows.all()) window.webContents.send('seat:message', message)
  })
  return () => {
    stopMessages()
    ipcMain.removeHandler('seat:invoke')
  }
}

/** Trusted: the main frame of one of our windows, while it shows our own page. The frame is null when it navigated or died meanwhile. */
function senderOf({ sender, senderFrame }: IpcMainInvokeEvent, windows: Windows, page: PageOrigin): Sender {
  const isTrusted = senderFrame !== null && senderFrame.parent === null && windows.has(sender) && page.isOurs(senderFrame.url)
  return { windowId: String(sender.id), isTrusted }
}
