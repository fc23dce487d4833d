/**
 * Starts the workstation in the shell that this machine can show: Electron where its runtime is there, else the browser shell.
 */
import { join } from 'node:path'
import { type Child, type ChildOptions, startChild } from './child'
import { electronRuntime } from './electron-runtime'

export type ShellName = 'electron' | 'browser'

export interface Choice {
  readonly shell: ShellName
  /** Why not the other one; null when nothing needs saying. */
  readonly reason: string | null
}

const root = join(import.meta.dirname, '../..')

/** The error is a sentence: the shell that was asked for cannot be had. */
export function chooseShell(asked: string | undefined, isHeadless: boolean): Choice | { readonly error: string } {
  if (asked !== undefined && asked !== 'electron' && asked !== 'browser') return { error: '--shell 应为 electron 或 browser。' }
  if (asked === 'browser') return { shell: 'browser', reason: null }
  const obstacle = obstacleToElectron(isHeadless)
  if (!obstacle) return { shell: 'electron', reason: null }
  if (asked === 'electron') return { error: `不能用 Electron 打开：${obstacle}。可改用 --shell browser。` }
  return { shell: 'browser', reason: isHeadless ? null : `${obstacle}，改用浏览器外壳` }
}

function obstacleToElectron(isHeadless: boolean): string | undefined {
  if (isHeadless) return '--headless 不开窗口'
  if (!electronRuntime(root)) return '没有安装 Electron 运行时'
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!hasDisplay) return '没有显示器'
  // Chromium refuses to run as root with its sandbox on, and the product never turns the sandbox off.
  if (process.getuid?.() === 0) return '以 root 身份运行时 Electron 拒绝启动'
  return undefined
}

export function startWorkstation(shell: ShellName, args: readonly string[], options: ChildOptions): Child {
  const electron = shell === 'electron' ? electronRuntime(root) : undefined
  if (electron) return startChild(electron, [root, ...args], options)
  return startChild(process.execPath, [join(root, 'out/main/browser.cjs'), ...args], options)
}
