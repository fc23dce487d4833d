import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '#shared/base/log'
import { createMotors } from './cameras/motors'
import { noCameras } from './cameras/sources'
import { type Central, composeCentral } from './compose'
import { parseConfig, type ServerConfig } from './config'
import { openCti } from './cti/open-cti'
import {
  demonstrationOf,
  seedDemonstration,
  seedDemonstrationCases,
  seedDemonstrationRoster,
  seedDemonstrationWall,
  startActing,
  startBaseMap,
  startCameras,
  startFillingYear,
  startTelephone,
  withPictures,
} from './demo/seed'
import { createPartner, disablePartnerNamed } from './exchange-with-others/partners'
import { readPageFiles } from './files/page-files'
import { createLog, systemClock, systemIds } from './platform/machine'
import { countAccounts } from './store/account-store'
import { createFirstAdmin } from './workflows/first-admin'
import { openGround } from './workflows/geo/adopt'
import type { ReferenceFile } from './workflows/reference'

/** Starts a central server from the command line. The only file that knows that a demonstration exists. */
export async function main(args: readonly string[]): Promise<void> {
  const config = parseConfig(args, process.env, import.meta.dirname)
  if (!config.ok) {
    process.stderr.write(`${config.error}\n`)
    process.exitCode = 2
    return
  }
  const log = createLog(config.value.logLevel)
  try {
    await run(config.value, log)
  } catch (thrown) {
    log.error('server could not start', { reason: reasonOf(thrown) })
    process.stderr.write(`中心服务没有启动：${sentenceOf(thrown, config.value)}\n`)
    process.exitCode = 1
  }
}

async function run(config: ServerConfig, log: Log): Promise<void> {
  const central = await composeCentral({
    location: config.location,
    filesFolder: config.filesFolder,
    clock: systemClock,
    ids: systemIds,
    log,
    centre: {
      name: config.centreName,
      version: config.version,
      demonstration: config.isDemonstration,
      shiftPatternId: config.shiftPatternId,
      profileId: config.profileId,
    },
    recordingDays: config.recordingDays,
    referenceFiles: config.isDemonstration ? demonstrationOf(readReferenceFiles(config, log)) : readReferenceFiles(config, log),
    metricsToken: config.metricsToken,
    collectorPage: readPageFiles(config.collectorFolder),
    // The demonstration's own map service is on this machine.
    mayFetchLoopback: config.isDemonstration,
    ...(config.isDemonstration && { wrapFiles: (files) => withPictures(files, config.filesFolder) }),
  })
  try {
    if (config.createAdmin !== null) await printNewAdmin(central, config.createAdmin)
    else if (config.createPartner !== null) await printNewPartner(central, config.createPartner)
    else if (config.disablePartner !== null) await printDisabledPartner(central, config.disablePartner)
    else await serve(config, central, log)
  } catch (thrown) {
    await central.close()
    throw thrown
  }
}

async function serve(config: ServerConfig, central: Central, log: Log): Promise<void> {
  const demonstration = config.isDemonstration ? await seedDemonstration(central.services) : undefined
  if (demonstration) await seedDemonstrationRoster(central.services)
  if ((await countAccounts(central.services.db)) === 0) {
    process.stderr.write('还没有账号。请先运行 npm run server -- --create-admin 账号 建一个系统管理员；试用请加 --demo。\n')
  }
  if (demonstration && config.demoCases !== 'none') await seedDemonstrationCases(central.services, config.filesFolder)
  if (demonstration && config.demoWall !== null) await seedDemonstrationWall(central.services, config.demoWall)
  central.attachCameras(config.cameras)
  await openGround(central.services)
  if (config.cti) central.attachCti(openCti(config.cti, { clock: systemClock, log, random: Math.random }))
  const url = await central.app.listen({ host: config.host, port: config.port })
  const telephone = demonstration && (await startDemonstrationTelephone(config, central, url))
  const cameras = demonstration && config.cameras === noCameras ? await startCameras(central.services) : undefined
  if (cameras) central.attachCameras(cameras.sources)
  central.attachMotors(cameras?.motors ?? createMotors(config.cameras.ptz, { fetch, now: () => systemClock.now() }))
  const baseMap = demonstration && (await startBaseMap(central.services))
  if (config.gb28181) {
    const opened = await central.attachGb(config.gb28181)
    if (!opened.ok) throw new Error(`国标接入的端口没有打开（${opened.error}）`)
  }
  const stopPlaying = demonstration ? play(config, central) : async () => {}
  const stopAll = async () => {
    await stopPlaying()
    await telephone?.stop()
    await cameras?.stop()
    await baseMap?.stop()
  }
  stopOnSignals(central, stopAll, log)
  const told = demonstration && { ...demonstration, telephone: telephone?.line }
  process.stdout.write(`${JSON.stringify({ ready: true, url, ...(told && { demonstration: told }) })}\n`)
}

async function startDemonstrationTelephone(config: ServerConfig, central: Central, url: string) {
  const { demoExchange: port, demoSpeed: speed, filesFolder, resourcesFolder } = config
  if (port === null) return undefined
  const telephone = await startTelephone(central.services, { filesFolder, resourcesFolder, port, speed, url })
  // A real queue that was configured beside it counts more.
  if (telephone && !config.cti) central.attachCti(telephone.cti)
  return telephone
}

/** What goes on behind the demonstration; the answer ends it. */
function play(config: ServerConfig, { services }: Central): () => Promise<void> {
  const filling = config.demoCases === 'year' ? startFillingYear(services, config.filesFolder) : undefined
  const stopActing = config.demoSpeed > 0 ? startActing(services, config.filesFolder, config.demoSpeed) : undefined
  return async () => {
    await stopActing?.()
    filling?.stop()
    await filling?.done
  }
}

function readReferenceFiles(config: ServerConfig, log: Log): ReferenceFile[] {
  const folder = join(config.resourcesFolder, 'reference')
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return names.sort().flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReferenceFile]
      } catch (thrown) {
        log.error('reference file is not JSON', { file: name, reason: reasonOf(thrown) })
        return []
      }
    })
  } catch (thrown) {
    log.error('reference files could not be read', { folder, reason: reasonOf(thrown) })
    return []
  }
}

async function printNewAdmin(central: Central, accountNo: string): Promise<void> {
  // No letters and digits that look alike: it is read from a screen and typed once.
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const password = Array.from({ length: 16 }, () => letters.charAt(randomInt(letters.length))).join('')
  const created = await createFirstAdmin(central.services, accountNo, password)
  await central.close()
  if (created.ok) {
    process.stdout.write(`${JSON.stringify({ created: true, accountNo, password })}\n`)
    process.stderr.write(`系统管理员 ${accountNo} 已建好，一次性口令见上，首次签入须修改。\n`)
  } else {
    process.stderr.write(`${created.error.message}\n`)
    process.exitCode = 1
  }
}

async function printNewPartner(
  central: Central,
  { name, notifyUrl, replySources }: NonNullable<ServerConfig['createPartner']>,
): Promise<void> {
  const created = await createPartner(central.services, name, notifyUrl, replySources)
  await central.close()
  if (created.ok) {
    process.stdout.write(`${JSON.stringify({ created: true, ...created.value })}\n`)
    process.stderr.write(`对接平台“${name}”已建好，密钥与签名密码见上，只显示这一次，请妥善交给对方。\n`)
  } else {
    process.stderr.write(`${created.error.message}\n`)
    process.exitCode = 1
  }
}

async function printDisabledPartner(central: Central, name: string): Promise<void> {
  const disabled = await disablePartnerNamed(central.services, name)
  await central.close()
  process.stderr.write(disabled.ok ? `对接平台“${name}”已停用。\n` : `没有在用的对接平台“${name}”。\n`)
  if (!disabled.ok) process.exitCode = 1
}

function stopOnSignals(central: Central, stopPlaying: () => Promise<void>, log: Log): void {
  let isStopping = false
  const stop = (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info('stopping', { signal })
    stopPlaying()
      .then(() => central.close())
      .then(
        () => process.exit(0),
        (thrown: unknown) => {
          log.error('did not stop cleanly', { reason: reasonOf(thrown) })
          process.exit(1)
        },
      )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function sentenceOf(thrown: unknown, { host, port }: ServerConfig): string {
  const code = codeOf(thrown)
  if (code === 'EADDRINUSE') return `${host} 的端口 ${port} 已被占用，请关闭占用它的程序，或用 --port 换一个。`
  if (code === 'ECONNREFUSED') return 'DATABASE_URL 指向的 PostgreSQL 连不上，请确认它已启动。'
  return reasonOf(thrown)
}

/** The code of the first cause that has one. */
function codeOf(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return undefined
  return 'code' in thrown ? thrown.code : codeOf(thrown.cause)
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause === undefined ? thrown.message : `${thrown.message}: ${reasonOf(thrown.cause)}`
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) await main(process.argv.slice(2))
