import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { IsapiSetup } from './isapi/isapi-wall'
import { readSignal } from './isapi/windows'
import { type PjlinkSettings, pjlinkPort } from './pjlink'
import type { SoftwareSetup } from './software/software-wall'
import type { TextProtocol } from './text-protocol'

/** What a centre's IT wrote about the wall at this workstation, checked. Every mistake is named; with one, the wall is not driven, and all else works. */
export interface WallSetup {
  readonly wallId: string
  readonly isDemonstration: boolean
  readonly driver: DriverSetup
}

export type DriverSetup =
  | { readonly kind: 'text'; readonly protocol: TextProtocol }
  | ({ readonly kind: 'software' } & SoftwareSetup)
  | ({ readonly kind: 'isapi' } & IsapiSetup)

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export function readWallSetup(value: unknown): Result<WallSetup, AppError> {
  if (!isFields(value)) return err(appError('wall/driverSetup', { problem: '不是一个对象' }))
  const problems: string[] = []
  const read = createReader(problems)
  const driver = read.part(value, 'driver')
  const setup: WallSetup = {
    wallId: read.text(value, 'wallId', 'hall'),
    isDemonstration: value.isDemonstration === true,
    driver: readDriver(driver, read, problems),
  }
  return problems.length > 0 ? err(appError('wall/driverSetup', { problem: problems.join('；') })) : ok(setup)
}

function readDriver(driver: Fields, read: Reader, problems: string[]): DriverSetup {
  if (driver.kind === 'software') return { kind: 'software', ...readSoftware(driver, read, problems) }
  if (driver.kind === 'isapi') return { kind: 'isapi', ...readIsapi(driver, read, problems) }
  if (driver.kind !== 'text') problems.push('driver.kind 应为 software、isapi 或 text')
  return { kind: 'text', protocol: readText(driver, read, problems) }
}

function readIsapi(driver: Fields, read: Reader, problems: string[]): IsapiSetup {
  const origin = read.text(driver, 'address')
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) problems.push('address 应形如 http://10.0.0.20')
  const account = read.part(driver, 'account')
  const sources = read.names(driver, 'sources')
  for (const [key, source] of Object.entries(sources)) {
    if (!readSignal(source)) problems.push(`sources 的 ${key} 应以 input:、stream: 或 url: 开头`)
  }
  return {
    product: read.text(driver, 'product', '解码墙'),
    origin: url?.origin ?? '',
    account: { user: read.text(account, 'user'), password: read.text(account, 'password') },
    wallNo: read.number(driver, 'wallNo', 1, 64),
    withinMs: read.number(driver, 'withinMs', 3_000, 10_000),
    sources,
    power: read.displays(driver),
  }
}

/** Without `screens`: one window that shows the whole wall. */
function readSoftware(driver: Fields, read: Reader, problems: string[]): SoftwareSetup {
  const listed = Array.isArray(driver.screens) ? driver.screens.filter(isFields) : []
  const amount = (from: Fields, name: string): number => {
    const found = from[name]
    if (typeof found === 'number' && found >= 0 && found <= 16 && Number.isInteger(found * 12)) return found
    problems.push(`screens 的 ${name} 应为 0–16，以屏为单位`)
    return 0
  }
  const screens = listed.map((one, index) => ({
    screen: index + 1,
    display: one.display === undefined ? null : read.number(one, 'display', 2, 16),
    part: { x: amount(one, 'x'), y: amount(one, 'y'), width: amount(one, 'width'), height: amount(one, 'height') },
  }))
  return {
    product: read.text(driver, 'product', '软件大屏'),
    screens: screens.length > 0 ? screens.slice(0, 16) : [{ screen: 1, display: null, part: null }],
  }
}

/** Reads one value at a time; what is wrong is written down, and something usable goes on. */
type Reader = ReturnType<typeof createReader>

function createReader(problems: string[]) {
  const text = (from: Fields, name: string, usual?: string): string => {
    const found = from[name] ?? usual
    if (typeof found === 'string' && found !== '') return found
    problems.push(`缺 ${name}`)
    return ''
  }
  const optional = (from: Fields, name: string): string | null => (typeof from[name] === 'string' ? (from[name] as string) : null)
  const number = (from: Fields, name: string, usual: number, most: number): number => {
    const found = from[name] ?? usual
    if (typeof found === 'number' && Number.isInteger(found) && found > 0 && found <= most) return found
    problems.push(`${name} 应为 1–${most} 的整数`)
    return usual
  }
  const pattern = (from: Fields, name: string, usual: string): string => {
    const found = text(from, name, usual)
    try {
      new RegExp(found)
    } catch {
      problems.push(`${name} 不是正则表达式`)
    }
    return found
  }
  const part = (from: Fields, name: string): Fields => {
    const found = from[name]
    return isFields(found) ? found : {}
  }
  const names = (from: Fields, name: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(part(from, name)).flatMap(([key, found]) => (typeof found === 'string' ? [[key, found] as const] : [])),
    )
  const displays = (from: Fields): readonly PjlinkSettings[] =>
    (Array.isArray(from.power) ? from.power : []).filter(isFields).map((one) => ({
      host: text(one, 'host'),
      port: number(one, 'port', pjlinkPort, 65_535),
      password: optional(one, 'password'),
    }))
  return { text, optional, number, pattern, part, names, displays }
}

function readText(driver: Fields, { text, optional, number, pattern, part, names, displays }: Reader, problems: string[]): TextProtocol {
  const [say, heard] = [part(driver, 'say'), part(driver, 'heard')]
  const checksum = driver.checksum ?? 'none'
  if (checksum !== 'none' && checksum !== 'sum8' && checksum !== 'xor8') problems.push('checksum 应为 none、sum8 或 xor8')
  return {
    product: text(driver, 'product', '大屏'),
    host: text(driver, 'host'),
    port: number(driver, 'port', 0, 65_535),
    ending: text(driver, 'ending', '\r\n'),
    withinMs: number(driver, 'withinMs', 3_000, 10_000),
    checksum: checksum as TextProtocol['checksum'],
    say: {
      open: text(say, 'open'),
      close: text(say, 'close'),
      closeAll: text(say, 'closeAll'),
      read: text(say, 'read'),
      saveScene: optional(say, 'saveScene'),
      recallScene: optional(say, 'recallScene'),
    },
    heard: {
      ok: pattern(heard, 'ok', '^OK'),
      failed: pattern(heard, 'failed', '^ERR ?(.*)$'),
      tile: pattern(heard, 'tile', '(?<cell>\\d+)=(?<source>[^;]+)'),
    },
    sources: names(driver, 'sources'),
    power: displays(driver),
  }
}
