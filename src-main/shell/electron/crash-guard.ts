import { type BrowserWindow, dialog } from 'electron'
import type { Clock, EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { afterDeath } from './reload-limit'

/**
 * Brings a window back whose page process died. The page holds no truth, so a reload loses at most what was typed since the last autosave. A
 * page that dies again and again is left to the person to decide about.
 */
export function createCrashGuard(window: BrowserWindow, { clock, log }: { readonly clock: Clock; readonly log: Log }): void {
  let deaths: readonly EpochMs[] = []
  window.on('unresponsive', () => log.warn('page does not respond'))
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const next = afterDeath(deaths, clock.now())
    deaths = next.deaths
    log.error('page process gone', { reason, exitCode, deaths: deaths.length, mayReload: next.mayReload })
    if (next.mayReload) window.webContents.reload()
    else void askPerson(window)
  })
}

async function askPerson(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: '界面多次异常退出',
    message: '界面在一分钟内多次异常退出，已停止自动恢复。',
    detail: '通话和已保存的内容不受影响。可以再试一次，或关闭窗口后重新启动，并请通知系统管理员查看日志。',
    buttons: ['再试一次', '关闭窗口'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}
