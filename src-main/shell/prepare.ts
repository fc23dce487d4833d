import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { Log } from '#shared/base/log'
import { ok, type Result } from '#shared/base/result'
import { type DataFolder, prepareDataFolder } from '../platform/data-folder'
import { createLog } from '../platform/log'
import { readOptions, type SeatOptions } from './options'

/** What both shells do first: read the options, make the data folder, open the log. It starts nothing that has to be stopped. */
export interface Prepared {
  readonly options: SeatOptions
  readonly folder: DataFolder
  readonly log: Log
}

/** The program's own folder, where its `package.json` is. Searched for, because the bundler decides how deep this code comes to lie. */
export const programFolder = folderWithManifest(import.meta.dirname)

/** What a wrong start answers, as `sysexits` and shells have it: 2 for what the caller wrote, 1 for what the machine could not do. */
export const exitCodes = { badOptions: 2, cannotStart: 1 } as const

export function prepare(args: readonly string[], { ignoresUnknown }: { readonly ignoresUnknown: boolean }): Result<Prepared, AppError> {
  const options = readOptions({
    args,
    env: process.env,
    version: programVersion(),
    programFolder,
    defaultDataFolder: defaultDataFolder(process.platform, process.env, homedir()),
    ignoresUnknown,
    readText,
  })
  if (!options.ok) return options
  const folder = prepareDataFolder(options.value.config.dataFolder)
  if (!folder.ok) return folder
  const log = createLog({ folder: folder.value.logFolder, stream: process.stderr })
  return ok({ options: options.value, folder: folder.value, log })
}

export function exitCodeOf(error: AppError): number {
  return error.code === 'options/invalid' ? exitCodes.badOptions : exitCodes.cannotStart
}

/** Where each system keeps a program's data that stays on this PC: a roaming profile would carry a live database about. */
export function defaultDataFolder(platform: string, env: Readonly<Record<string, string | undefined>>, home: string): string {
  const name = 'seat-workstation'
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), name)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name)
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), name)
}

function folderWithManifest(from: string): string {
  const above = dirname(from)
  return existsSync(join(from, 'package.json')) || above === from ? from : folderWithManifest(above)
}

function programVersion(): string {
  const manifest = JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')) as { readonly version: string }
  return manifest.version
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
