import { isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatConfig } from '../platform/ports'

/**
 * Turns command line, environment and `seat.json` into one seat's configuration. Stronger first: flag, environment variable, `seat.json` in
 * the data folder, `seat.json` beside the program (the one that IT rolls out). It reads files only through `readText` and starts nothing.
 */
export interface SeatOptions {
  readonly config: SeatConfig
  /** Opens no window; the browser shell prints its one-time address instead. */
  readonly isHeadless: boolean
  /** Browser shell: the port to serve on; 0 = any free one. */
  readonly port: number
  /** Electron shell: developer tools may be opened. */
  readonly hasDevTools: boolean
}

export interface OptionSources {
  /** Arguments after the program's own name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly programFolder: string
  readonly defaultDataFolder: string
  /** Electron's command line also carries Chromium's own switches, which nobody can list: there, unknown ones are left alone. */
  readonly ignoresUnknown: boolean
  /** Undefined when there is no such file. */
  readText(path: string): string | undefined
}

const flags = {
  server: { type: 'string' },
  seat: { type: 'string' },
  data: { type: 'string' },
  account: { type: 'string' },
  'auto-lock': { type: 'string' },
  port: { type: 'string' },
  headless: { type: 'boolean' },
  devtools: { type: 'boolean' },
} as const

/** Where each setting may come from. The database key has no flag: every user of the PC can read a process's arguments. */
const settings = {
  server: { env: 'SEAT_SERVER', file: 'server' },
  seat: { env: 'SEAT_NO', file: 'seat' },
  account: { env: 'SEAT_ACCOUNT', file: 'account' },
  'auto-lock': { env: 'SEAT_AUTO_LOCK_MINUTES', file: 'autoLockMinutes' },
  databaseKey: { env: 'SEAT_DATABASE_KEY', file: 'databaseKey' },
} as const
type SettingName = keyof typeof settings

const defaultAutoLockMinutes = 10
const dayMinutes = 24 * 60

type Values = Readonly<Record<string, string | boolean | undefined>>
type FileSettings = Readonly<Record<string, unknown>>

/** The error is `options/invalid`; its sentence names the wrong part, so it can be printed as it is. */
export function readOptions(sources: OptionSources): Result<SeatOptions, AppError> {
  const parsed = parseFlags(sources)
  if (!parsed.ok) return parsed
  const flagValues = parsed.value
  const dataFolder = resolveFolder(textOf(flagValues.data) ?? sources.env.SEAT_DATA ?? sources.defaultDataFolder)
  const files: FileSettings[] = []
  for (const folder of [dataFolder, sources.programFolder]) {
    const file = readSettingsFile(join(folder, 'seat.json'), sources)
    if (!file.ok) return file
    files.push(file.value)
  }
  const setting = (name: SettingName): string | undefined => {
    const { env, file } = settings[name]
    const fromFile = files.map((values) => values[file]).find((value) => value !== undefined)
    return textOf(flagValues[name]) ?? textOf(sources.env[env]) ?? textOf(fromFile)
  }

  const centralUrl = centralOrigin(setting('server'))
  if (!centralUrl.ok) return centralUrl
  const seatNo = setting('seat') ?? '01'
  if (!/^[0-9]{1,4}$/.test(seatNo)) return invalid(`坐席号「${seatNo}」应为 1 至 4 位数字`)
  const accountNo = setting('account') ?? null
  if (accountNo !== null && !/^[0-9A-Za-z]{2,16}$/.test(accountNo)) return invalid(`账号「${accountNo}」应为 2 至 16 位数字或字母`)
  const autoLock = wholeNumber(setting('auto-lock') ?? String(defaultAutoLockMinutes), dayMinutes)
  if (autoLock === undefined) return invalid(`自动锁定分钟数应为 0 至 ${dayMinutes} 的整数（0 表示不自动锁定）`)
  const telephone = structureOf('telephone', 'SEAT_TELEPHONE', sources.env, files)
  if (!telephone.ok) return telephone
  const wall = structureOf('wall', 'SEAT_WALL', sources.env, files)
  if (!wall.ok) return wall
  const port = wholeNumber(textOf(flagValues.port) ?? '0', 65_535)
  if (port === undefined) return invalid('端口应为 0 至 65535 的整数')

  return ok({
    config: {
      version: sources.version,
      seatNo,
      centralUrl: centralUrl.value,
      dataFolder,
      suggestedAccountNo: accountNo,
      autoLockMinutes: autoLock,
      databaseKey: setting('databaseKey') ?? null,
      ...(telephone.value !== undefined && { telephone: telephone.value }),
      ...(wall.value !== undefined && { wall: wall.value }),
    },
    isHeadless: flagValues.headless === true,
    port,
    hasDevTools: flagValues.devtools === true,
  })
}

/** The environment variable holds the same JSON as the part of that name in a file; like the database key it has no flag. */
function structureOf(
  name: 'telephone' | 'wall',
  variable: string,
  env: OptionSources['env'],
  files: readonly FileSettings[],
): Result<unknown, AppError> {
  const text = env[variable]
  if (text === undefined || text === '') return ok(files.map((values) => values[name]).find((value) => value !== undefined))
  try {
    return ok(JSON.parse(text))
  } catch {
    return invalid(`环境变量 ${variable} 不是有效的 JSON`)
  }
}

function parseFlags({ args, ignoresUnknown }: OptionSources): Result<Values, AppError> {
  try {
    const { values, tokens } = parseArgs({ args: [...args], options: flags, strict: false, allowPositionals: true, tokens: true })
    for (const token of tokens) {
      if (token.kind === 'positional' && !ignoresUnknown) return invalid(`不认识的参数「${token.value}」`)
      if (token.kind !== 'option') continue
      const flag = (flags as Record<string, { readonly type: string }>)[token.name]
      if (!flag && !ignoresUnknown) return invalid(`不认识的参数「${token.rawName}」`)
      if (flag?.type === 'string' && (token.value === undefined || token.value === '')) return invalid(`参数「${token.rawName}」缺少值`)
      if (flag?.type === 'boolean' && token.value !== undefined) return invalid(`参数「${token.rawName}」不带值`)
    }
    return ok(values as Values)
  } catch (cause) {
    return invalid(cause instanceof Error ? cause.message : '无法解析')
  }
}

function readSettingsFile(path: string, { readText }: OptionSources): Result<FileSettings, AppError> {
  const text = readText(path)
  if (text === undefined) return ok({})
  try {
    // Windows editors put a byte order mark in front, which JSON does not allow.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as FileSettings)
  } catch {
    // Said below in words that name the file.
  }
  return invalid(`配置文件 ${path} 不是有效的 JSON 对象`)
}

function centralOrigin(text: string | undefined): Result<string, AppError> {
  if (text === undefined) return invalid('没有指定中心地址，请用 --server 或 seat.json 的 server 给出，如 http://10.0.0.5:7319')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  const isBare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!url || !isWeb || !isBare) return invalid(`中心地址「${text}」应形如 http://10.0.0.5:7319，不带路径`)
  return ok(url.origin)
}

function wholeNumber(text: string, maximum: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined
  const value = Number(text)
  return value <= maximum ? value : undefined
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

const resolveFolder = (folder: string) => (isAbsolute(folder) ? folder : resolve(folder))

const invalid = (problem: string) => err(appError('options/invalid', { problem }))
