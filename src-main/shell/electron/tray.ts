import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { Log } from '#shared/base/log'
import { programFolder } from '../prepare'

/** The icon beside the clock: bring the window back, lock the seat, end the program. A desktop without such a place goes without. */
export interface TrayActions {
  show(): void
  lock(): void
  quit(): void
}

/** The caller keeps what is returned: an icon that nobody holds disappears. */
export function createTray({ show, lock, quit }: TrayActions, log: Log): Tray | undefined {
  try {
    const tray = new Tray(nativeImage.createFromPath(join(programFolder, 'resources/icons/tray.png')))
    tray.setToolTip('12319 坐席工作站')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: '打开窗口', click: show },
        { label: '锁定坐席', click: lock },
        { type: 'separator' },
        { label: '退出', click: quit },
      ]),
    )
    tray.on('click', show)
    return tray
  } catch (cause) {
    log.warn('no tray on this desktop', { cause })
    return undefined
  }
}
