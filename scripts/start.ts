/**
 * Brings up the whole system on this machine: the central server with demonstration accounts, and one workstation on it.
 *   npm start [-- --help]
 */
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { roles, seatRoleIds } from '#shared/domain/account/role'
import { ensureBuilt } from './build/ensure-built'
import { type RunningCentral, startCentral, untilReady } from './start/central'
import { type Child, onJsonLine } from './start/child'
import { table } from './start/table'
import { lineOfSeat, withLine } from './start/telephone'
import { withWall } from './start/wall'
import { chooseShell, type ShellName, startWorkstation } from './start/workstation'

const usage = `用法：npm start -- [选项]
  --port 端口          中心服务器的端口，默认任一空闲端口
  --data 目录          数据目录，默认 .seat
  --seat 坐席号        默认 01
  --role 岗位          预填该岗位的演示账号，如 intake、shiftLead
  --shell 外壳         electron 或 browser，默认能用 Electron 就用
  --headless           不开窗口，打印坐席的一次性地址
  --demo-cases 多少    演示案卷：none、open（默认，近十天）或 year（另在后台补满一年）
  --demo-speed 倍数    模拟的监督员、部门和来电按几倍速行动，默认 1；0 为不行动
  --verbose            显示两边的日志
按 Ctrl+C 结束全部程序。`

const options = {
  port: { type: 'string', default: '0' },
  data: { type: 'string', default: '.seat' },
  seat: { type: 'string', default: '01' },
  role: { type: 'string' },
  shell: { type: 'string' },
  headless: { type: 'boolean', default: false },
  'demo-cases': { type: 'string', default: 'open' },
  'demo-speed': { type: 'string', default: '1' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

async function main(): Promise<number> {
  const asked = readArguments()
  if ('exitCode' in asked) return asked.exitCode
  const { values, shell } = asked
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  const didBuild = ensureBuilt()
  if (didBuild === undefined) return 1
  if (didBuild) console.log('已构建程序。')
  const children: Child[] = []
  const stopAsked = new Promise<number>((done) => stop.signal.addEventListener('abort', () => done(0)))
  const exitCode = stop.signal.aborted ? 0 : await Promise.race([stopAsked, runUntilEnd(values, shell, children, stop.signal)])
  // In reverse order of starting: the workstation hands over what it has while its centre is still there.
  for (const child of children.splice(0).reverse()) await child.stop()
  return exitCode
}

function readArguments(): { readonly values: Options; readonly shell: ShellName } | { readonly exitCode: number } {
  const refuse = (sentence: string) => {
    console.error(`${sentence}\n\n${usage}`)
    return { exitCode: 2 }
  }
  let values: Options
  try {
    values = parseArgs({ options }).values
  } catch (thrown) {
    return refuse(`看不懂的参数：${thrown instanceof Error ? thrown.message : thrown}`)
  }
  if (values.help) {
    console.log(usage)
    return { exitCode: 0 }
  }
  if (values.role !== undefined && !(seatRoleIds as readonly string[]).includes(values.role))
    return refuse(`没有岗位「${values.role}」，可用：${seatRoleIds.join('、')}。`)
  const choice = chooseShell(values.shell, values.headless)
  if ('error' in choice) return refuse(choice.error)
  if (choice.reason) console.log(`${choice.reason}。`)
  return { values, shell: choice.shell }
}

/** Resolves when one of the two ended by itself; `children` tells the caller what to stop, and is emptied when it does. */
async function runUntilEnd(values: Options, shell: ShellName, children: Child[], stopping: AbortSignal): Promise<number> {
  const folder = resolve(values.data)
  const central = startCentral(
    values.port,
    join(folder, 'central'),
    { cases: values['demo-cases'], speed: values['demo-speed'], wallSeat: values.seat },
    values.verbose,
  )
  // At once, not when it is ready: a Ctrl+C may come before.
  children.push(central)
  const ready = await untilReady(central)
  const complain = (sentence: string, { lastWords }: Child): number => {
    // A child that ends because everything is being stopped is nothing to complain about.
    if (children.length > 0) console.error(`${sentence}：\n${lastWords()}`)
    return 1
  }
  if (stopping.aborted) return 0
  if (!ready) return complain('中心服务器没有启动', central)
  tellAccounts(ready)

  const account = ready.accounts.find(({ role }) => role === values.role)
  const line = ready.telephone && lineOfSeat(ready.telephone, values.seat)
  const seat = startWorkstation(
    shell,
    [
      ...['--server', ready.url, '--seat', values.seat, '--data', join(folder, `seat-${values.seat}`)],
      ...(account ? ['--account', account.accountNo] : []),
      ...(values.headless ? ['--headless'] : []),
    ],
    { isVerbose: values.verbose, env: withWall(withLine(line)) },
  )
  children.push(seat)
  tellAddresses(seat)
  console.log(shell === 'electron' ? `坐席 ${values.seat} 已在 Electron 窗口中打开。` : `坐席 ${values.seat} 由浏览器外壳提供。`)
  console.log('按 Ctrl+C 结束全部程序。\n')

  const seatCode = seat.ended.then((code) => (code === 0 ? 0 : complain('坐席程序意外结束', seat)))
  const centralCode = central.ended.then(() => complain('中心服务器意外结束', central))
  return Promise.race([seatCode, centralCode])
}

function tellAccounts({ url, accounts, password, others, telephone }: RunningCentral): void {
  const rows = accounts.map(({ accountNo, name, role }) => [accountNo, name, roles[role], role])
  console.log(`中心服务器 ${url}（接口文档 ${url}/docs）`)
  console.log(`演示账号，口令都是 ${password}：\n${table(['账号', '姓名', '岗位', '--role'], rows)}\n  ${others}。\n`)
  console.log(telephoneText(telephone))
  console.log('演示大屏由本坐席驱动：以大屏操作员或值班长签入，按 Alt+4，再按 O 打开大屏窗口。\n')
}

function telephoneText(telephone: RunningCentral['telephone']): string {
  if (!telephone) return '演示交换机没有启动，坐席不能接打电话。\n'
  const { address, port, password } = telephone
  const line = `演示交换机 ${address}:${port}（坐席 01–12 的分机是 8001–8012，口令 ${password}）`
  return `${line}\n  示闲后会有演示市民打进来；拨 *43 听自己的回音。\n`
}

/** The seat prints an address when it opens no window, and another whenever Enter is pressed here. */
function tellAddresses(seat: Child): void {
  onJsonLine(seat, ({ address }) => {
    if (typeof address === 'string') console.log(`坐席地址（只能用一次，10 分钟内有效；按回车取得新的）：\n  ${address}\n`)
  })
  if (!process.stdin.isTTY) return
  createInterface({ input: process.stdin }).on('line', () => seat.process.stdin?.write('\n'))
}

process.exit(await main())
