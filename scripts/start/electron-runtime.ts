/**
 * Finds an Electron that can be started, by looking at files only: requiring the `electron` package would try to download one.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export function electronRuntime(root: string): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const installed = join(root, 'node_modules/electron')
  const pathFile = join(installed, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : process.platform === 'win32' ? 'electron.exe' : 'electron'
  const executable = join(override ?? join(installed, 'dist'), name)
  return existsSync(executable) ? executable : undefined
}
