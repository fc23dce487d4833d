/**
 * Runs one workstation on a central server that is already there.
 *   npm run seat -- --server http://10.0.0.5:7319 [--seat 02] [--data DIR] [--account NO] [--auto-lock MINUTES] [--shell electron|browser] [--headless]
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build/ensure-built'
import { exchangeBeside, lineOfSeat, withLine } from './start/telephone'
import { chooseShell, startWorkstation } from './start/workstation'

const usage = `用法：npm run seat -- --server 中心地址 [选项]
  --seat 坐席号        默认 01
  --data 目录          数据目录，默认在本用户的应用数据里
  --account 账号       预填的账号
  --auto-lock 分钟     多久不操作就锁定，默认 10；0 为不锁
  --shell 外壳         electron 或 browser，默认能用 Electron 就用
  --headless           不开窗口，打印坐席的一次性地址`

async function main(): Promise<number> {
  // Only the shell is chosen here; everything else is judged by the workstation itself, which has the sentences for it.
  const own = {
    shell: { type: 'string' },
    headless: { type: 'boolean' },
    help: { type: 'boolean' },
    server: { type: 'string' },
    seat: { type: 'string' },
  } as const
  const { values, tokens } = parseArgs({ options: own, strict: false, allowPositionals: true, tokens: true })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const choice = chooseShell(typeof values.shell === 'string' ? values.shell : undefined, values.headless === true)
  if ('error' in choice) {
    console.error(`${choice.error}\n\n${usage}`)
    return 2
  }
  if (choice.reason) console.error(`${choice.reason}。`)
  if (ensureBuilt() === undefined) return 1

  const given = process.argv.slice(2)
  const shellToken = tokens.find((token) => token.kind === 'option' && token.name === 'shell')
  if (shellToken) given.splice(shellToken.index, given[shellToken.index]?.includes('=') ? 1 : 2)
  const seat = startWorkstation(choice.shell, given, { isVerbose: true, env: withLine(lineBeside(values)) })
  seat.process.stdout?.pipe(process.stdout)
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', () => seat.process.stdin?.write('\n'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void seat.stop())
  return (await seat.ended) ?? 1
}

/** A demonstration on this machine has a line for its seats. */
function lineBeside({ server, seat = '01' }: Readonly<Record<string, unknown>>): object | undefined {
  const exchange = typeof server === 'string' && typeof seat === 'string' ? exchangeBeside(server) : undefined
  return exchange && lineOfSeat(exchange, String(seat))
}

process.exit(await main())
