import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The Electron executable to test with: the folder in `ELECTRON_OVERRIDE_DIST_PATH`, else the one that the electron package installed.
 * Undefined when there is none (requiring the package would try to download it).
 */
export function electronRuntime(): string | undefined {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existsSync(join(override, name)) ? join(override, name) : undefined
  const installed = join(import.meta.dirname, '../../node_modules/electron')
  const pathFile = join(installed, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const executable = join(installed, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : undefined
}
