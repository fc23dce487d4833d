import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { err, ok, type Result } from '#shared/base/result'
import { usualRecordingDays } from '#shared/domain/call/recording'
import { type CaseSource, caseSourceIds, caseSources } from '#shared/domain/case/states'
import { type CameraSources, noCameras, readCameraSources } from './cameras/sources'
import { type CtiSettings, readCtiSettings } from './cti/settings'
import { type GbSettings, readGbSettings } from './gb28181/settings'
import type { DatabaseLocation } from './store/open-database'

/** The configuration of a central server, read once from arguments and environment. Mistakes come back as one Chinese sentence each. */
export interface ServerConfig {
  readonly host: string
  readonly port: number
  readonly location: DatabaseLocation
  /** Where the files of attachments lie; every process on one PostgreSQL database needs the same folder. */
  readonly filesFolder: string
  readonly centreName: string
  readonly shiftPatternId: string
  /** Id of the centre profile in force. */
  readonly profileId: string
  /** How long recordings of calls are kept. */
  readonly recordingDays: number
  readonly isDemonstration: boolean
  /** Which cases the demonstration begins with. */
  readonly demoCases: DemoCases
  /** How fast simulated people act, in times of reality; 0 = there are none. */
  readonly demoSpeed: number
  /** Port of the simulated exchange on this machine; 0 = the one of last time or any, null = there is none. */
  readonly demoExchange: number | null
  /** The seat that drives the demonstration's wall; null: it has none. */
  readonly demoWall: string | null
  /** Number of an administrator account to create, then stop; null = run the server. */
  readonly createAdmin: string | null
  /** Another platform to make known, then stop; `notifyUrl`: where changes of its cases are sent. */
  readonly createPartner: { readonly name: string; readonly notifyUrl: string | null; readonly replySources: readonly CaseSource[] } | null
  /** Name of a platform whose key is to open nothing any more, then stop. */
  readonly disablePartner: string | null
  /** The queue of the city's exchange; null = there is none to be told. */
  readonly cti: CtiSettings | null
  readonly cameras: CameraSources
  /** Null: devices of GB/T 28181 do not register here. */
  readonly gb28181: GbSettings | null
  readonly metricsToken: string | null
  readonly logLevel: string
  readonly resourcesFolder: string
  /** The built files of the collector's page. */
  readonly collectorFolder: string
  readonly version: string
}

const demoSizes = ['none', 'open', 'year'] as const
export type DemoCases = (typeof demoSizes)[number]
const fastestDemo = 3_600
/** Ten years. */
const mostRecordingDays = 3_650

export const usage = `用法：npm run server -- [选项]
  --port 端口            默认 7319；0 为任一空闲端口
  --host 地址            默认 127.0.0.1
  --data 目录            SQLite 数据目录，默认 .seat/central（设置了 DATABASE_URL 时用 PostgreSQL）
  --files 目录           附件目录，默认在数据目录下；多个进程共用 PostgreSQL 时须指同一目录
  --centre-name 名称     中心名称
  --shift-pattern 编号   班制，默认 twoShift
  --profile 编号         中心配置，默认 standard
  --recording-days 天数  通话录音保存几天，默认 365，到期自动清除
  --cameras 文件         探头画面的来源，JSON，写法见 docs/cameras.md
  --gb28181 文件         国标（GB/T 28181）接入：本平台编码、端口、流媒体网关，JSON，写法见 docs/cameras.md
  --create-admin 账号    建一个系统管理员账号，显示一次性口令后退出
  --create-partner 名称  建一个对接平台，显示一次密钥后退出；--notify-url 网址 收办理通知；
                         --replies-for 来源,来源 这些来源的回复也送到该网址，如 mayorMailbox,onlineInquiry
  --disable-partner 名称 停用一个对接平台的密钥
  --demo                 演示账号与演示数据
  --demo-cases 多少      none 不造案卷；open 近十天（默认）；year 另在后台补满一年
  --demo-speed 倍数      模拟的监督员、部门和来电按几倍速行动，默认 0 即不行动
  --demo-exchange 端口   演示交换机在本机的端口，默认沿用上次的或任一空闲端口；none 不开
  --demo-wall 坐席号     驱动演示大屏的坐席，默认 01；none 不设
环境变量：DATABASE_URL、METRICS_TOKEN、LOG_LEVEL、CTI（交换机的排队接口，写法见 docs/exchanges.md）`

const options = {
  port: { type: 'string', default: '7319' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: join('.seat', 'central') },
  files: { type: 'string' },
  'centre-name': { type: 'string', default: '12319 城市管理指挥中心' },
  'shift-pattern': { type: 'string', default: 'twoShift' },
  profile: { type: 'string', default: 'standard' },
  'recording-days': { type: 'string', default: String(usualRecordingDays) },
  cameras: { type: 'string' },
  gb28181: { type: 'string' },
  'create-admin': { type: 'string' },
  'create-partner': { type: 'string' },
  'notify-url': { type: 'string' },
  'replies-for': { type: 'string' },
  'disable-partner': { type: 'string' },
  demo: { type: 'boolean', default: false },
  'demo-cases': { type: 'string', default: 'open' },
  'demo-speed': { type: 'string', default: '0' },
  'demo-exchange': { type: 'string', default: '0' },
  'demo-wall': { type: 'string', default: '01' },
  help: { type: 'boolean', default: false },
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** `startFolder`: where the search upwards for the program's own files begins. */
export function parseConfig(args: readonly string[], environment: Environment, startFolder: string): Result<ServerConfig, string> {
  const parsed = read(args)
  if (!parsed.ok) return parsed
  const { values } = parsed
  if (values.help) return err(usage)
  const port = Number(values.port)
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) return err(`--port ${values.port} 不是端口号。`)
  const createAdmin = values['create-admin'] ?? null
  if (createAdmin !== null && !/^[0-9A-Za-z]{2,16}$/.test(createAdmin)) return err(`账号 ${createAdmin} 须为 2 至 16 位数字或字母。`)
  const recordingDays = Number(values['recording-days'])
  if (!Number.isInteger(recordingDays) || recordingDays < 1 || recordingDays > mostRecordingDays)
    return err(`--recording-days ${values['recording-days']} 应为 1 至 ${mostRecordingDays} 的整数。`)
  const demo = demoOf(values['demo-cases'], values['demo-speed'], values['demo-exchange'], values['demo-wall'])
  if (!demo.ok) return demo
  const partner = partnerIn(values['create-partner'], values['notify-url'], values['replies-for'])
  if (!partner.ok) return partner
  const cti = environment.CTI ? readCtiSettings(environment.CTI) : ok(null)
  if (!cti.ok) return cti
  const cameras = values.cameras === undefined ? ok(noCameras) : readCameraSources(values.cameras)
  if (!cameras.ok) return cameras
  const gb28181 = values.gb28181 === undefined ? ok(null) : readGbSettings(values.gb28181)
  if (!gb28181.ok) return gb28181
  const root = findRoot(startFolder)
  if (root === undefined) return err('找不到程序自带的 package.json，请重新安装。')
  return ok({
    host: values.host,
    port,
    location: locationOf(environment.DATABASE_URL, values.data),
    filesFolder: resolve(values.files ?? join(values.data, 'attachments')),
    centreName: values['centre-name'],
    shiftPatternId: values['shift-pattern'],
    profileId: values.profile,
    recordingDays,
    isDemonstration: values.demo,
    ...demo.value,
    createAdmin,
    createPartner: partner.value,
    disablePartner: values['disable-partner'] ?? null,
    cti: cti.value,
    cameras: cameras.value,
    gb28181: gb28181.value,
    metricsToken: environment.METRICS_TOKEN || null,
    logLevel: environment.LOG_LEVEL || 'info',
    resourcesFolder: join(root, 'resources'),
    collectorFolder: join(root, 'out', 'collector'),
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  })
}

function partnerIn(
  name: string | undefined,
  notifyUrl: string | undefined,
  repliesFor: string | undefined,
): Result<ServerConfig['createPartner'], string> {
  if (name === undefined)
    return notifyUrl === undefined && repliesFor === undefined
      ? ok(null)
      : err('--notify-url、--replies-for 须与 --create-partner 一起用。')
  const named = repliesFor?.split(',').map((each) => each.trim()) ?? []
  const replySources = caseSourceIds.filter((source) => caseSources[source].isExternal && named.includes(source))
  const unknown = named.find((each) => !(replySources as readonly string[]).includes(each))
  if (unknown !== undefined) {
    const known = caseSourceIds
      .filter((source) => caseSources[source].isExternal)
      .map((source) => `${source}（${caseSources[source].name}）`)
    return err(`--replies-for ${unknown} 不是外部来源，应为 ${known.join('、')}。`)
  }
  if (named.length > 0 && notifyUrl === undefined) return err('--replies-for 须写明 --notify-url，回复才有处可送。')
  if (name.trim() === '' || name.length > 40) return err('对接平台的名称须为 1 至 40 个字符。')
  const isUsable = notifyUrl === undefined || (URL.canParse(notifyUrl) && /^https?:$/.test(new URL(notifyUrl).protocol))
  return isUsable
    ? ok({ name: name.trim(), notifyUrl: notifyUrl ?? null, replySources })
    : err(`--notify-url ${notifyUrl} 不是 http 或 https 网址。`)
}

function read(args: readonly string[]) {
  try {
    return { ok: true, values: parseArgs({ args: [...args], options, strict: true }).values } as const
  } catch (thrown) {
    return err(`看不懂的参数：${(thrown as Error).message}\n${usage}`)
  }
}

type DemoConfig = Pick<ServerConfig, 'demoCases' | 'demoSpeed' | 'demoExchange' | 'demoWall'>

function demoOf(cases: string, speed: string, exchange: string, wall: string): Result<DemoConfig, string> {
  const demoCases = demoSizes.find((size) => size === cases)
  if (demoCases === undefined) return err(`--demo-cases ${cases} 应为 ${demoSizes.join('、')} 之一。`)
  const demoSpeed = Number(speed)
  if (speed.trim() === '' || !(demoSpeed >= 0 && demoSpeed <= fastestDemo)) return err(`--demo-speed ${speed} 应为 0 至 ${fastestDemo}。`)
  const demoExchange = exchange === 'none' ? null : Number(exchange)
  if (demoExchange !== null && (!/^\d{1,5}$/.test(exchange) || demoExchange > 65_535))
    return err(`--demo-exchange ${exchange} 应为端口号或 none。`)
  if (wall !== 'none' && !/^\d{1,4}$/.test(wall)) return err(`--demo-wall ${wall} 应为坐席号或 none。`)
  return ok({ demoCases, demoSpeed, demoExchange, demoWall: wall === 'none' ? null : wall })
}

function locationOf(url: string | undefined, dataFolder: string): DatabaseLocation {
  return url ? { kind: 'postgresql', url } : { kind: 'sqlite', file: join(resolve(dataFolder), 'central.db') }
}

/** The program's folder: from source it is one up, from the bundle two. */
function findRoot(from: string): string | undefined {
  if (existsSync(join(from, 'package.json'))) return from
  const above = dirname(from)
  return above === from ? undefined : findRoot(above)
}
