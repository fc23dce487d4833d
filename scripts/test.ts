/**
 * Every suite, one after the other, summed up in one last line `N passed, N failed[, N skipped]`, with what failed named before it.
 *   npm test
 * Suites with sockets, sound and windows measure real time on a machine that may be busy: a test of theirs that failed is run once more, alone.
 * What passes then is counted as passed and named. Rules (`unit`) get no second run.
 * What a machine lacks is skipped by name and counted: PostgreSQL (contract suite's second half), Chromium (renderer, browser shell), an
 * Electron runtime (Electron shell). `.ci/run` installs them all.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { electronRuntime } from '../tests/e2e/electron-runtime'
import { runSteps, staticSteps } from './steps'
import { type Failure, negative, type Report, readPlaywright, readVitest, sum, type Tally, type VitestReport } from './test/reports'

const root = join(import.meta.dirname, '..')
const reports = join(root, 'test-results')
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const total: Tally = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const again: string[] = []
/** Nothing runs longer than this, s. Each is about twice what the suite takes on two processors: what is still there then waits for something that does not come. */
const limits = { vitest: 1_200, e2e: 1_500, one: 300 }
/** When the suite that runs now began, monotonic. */
let since = performance.now()

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

await statics()
await vitestProjects(['unit', 'contract', 'integration'])
if (existsSync(chromium)) await vitestProjects(['renderer'])
else missing('renderer', `no Chromium at ${chromium}`)
await interop()
await endToEnd()
await oneRun('chaos', ['tsx', 'tests/chaos/run.ts', '--short'])
// The figures that are quick to take; the others are measured by name, on a quiet machine.
await oneRun('bench', ['tsx', 'tests/bench/run.ts', '--short', 'P1', 'P8', 'P10', 'P13'])

for (const one of again) console.log(`passed only when run again: ${one}`)
for (const one of failures) console.log(`failed: ${one}`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0

async function statics(): Promise<void> {
  console.log('\n== check')
  const outcomes = await runSteps(staticSteps, 2)
  add('check', { passed: outcomes.filter((one) => one.isGood).length, failed: outcomes.filter((one) => !one.isGood).length, skipped: 0 })
}

async function vitestProjects(projects: readonly string[]): Promise<void> {
  const name = projects.join(', ')
  console.log(`\n== ${name}`)
  const first = await vitest(projects, [], projects.join('-'))
  const rest = await runAlone(projects, first)
  add(name, rest.tally, rest.failures)
}

/** What failed once more, without the others beside it; what passes then is taken over into the first report. */
async function runAlone(projects: readonly string[], first: VitestReport): Promise<Report> {
  const files = new Set(first.failures.map(({ file }) => relative(root, file)))
  // Many at once are no accident of time.
  if (files.size === 0 || files.size > 3 || [...files].some((file) => file.startsWith(join('tests', 'unit')))) return first
  console.log(`\n== again, alone: ${[...files].join(', ')}`)
  const second = await vitest(projects, [...files], `${projects.join('-')}-again`)
  if (second.tally.passed === 0 || second.tally.failed > 0) return first
  again.push(...first.failures.map(inWords))
  const replaced = [...first.byFile].filter(([file]) => files.has(relative(root, file))).map(([, tally]) => tally)
  return { ...first, tally: sum([first.tally, second.tally, ...replaced.map(negative)]), failures: [] }
}

async function vitest(projects: readonly string[], files: readonly string[], name: string): Promise<VitestReport> {
  const report = join(reports, `${name}.json`)
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...files,
    '--silent=passed-only',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await run('vitest', args, limits.vitest)
  const read = readVitest(report)
  return { ...read, ...settle(code, read) }
}

/** Independent telephones and exchanges. Suites of a peer that is not on the machine are skipped and counted; the longest run only by name. */
async function interop(): Promise<void> {
  for (const peer of ['baresip', 'sipp', 'kamailio']) if (!isInstalled(peer)) console.log(`\n== interop\nskipped: no ${peer}`)
  process.env.SEAT_INTEROP = 'short'
  await vitestProjects(['interop'])
}

function isInstalled(program: string): boolean {
  return ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((folder) => existsSync(join(folder, program)))
}

async function endToEnd(): Promise<void> {
  console.log('\n== build')
  const built = await runSteps([{ name: 'build', command: 'tsx', args: ['scripts/build.ts', '--if-stale'], fix: 'npm run build' }], 1)
  if (!built.every((one) => one.isGood)) return add('build', { passed: 0, failed: 1, skipped: 0 })
  if (!existsSync(chromium)) return missing('e2e', `no Chromium at ${chromium}`)
  if (!electronRuntime()) missing('e2e on Electron', 'no Electron runtime')
  console.log('\n== e2e')
  const report = join(reports, 'e2e.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, SEAT_E2E: 'short' }
  const code = await runOnScreen('playwright', ['test', '--reporter=list,json'], limits.e2e, env)
  const read = readPlaywright(report)
  again.push(...read.again.map(inWords))
  const { tally, failures: failed } = settle(code, read)
  add('e2e', tally, failed)
}

/** A run that is one statement: it holds or it does not. */
async function oneRun(name: string, [command = '', ...args]: readonly string[]): Promise<void> {
  console.log(`\n== ${name}`)
  const code = await runOnScreen(command, args, limits.one)
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })
}

/** A runner that failed without naming a test (a file that does not load, no report) counts as one failure. */
function settle(code: number, { tally, failures: failed }: Report): Report {
  return { tally: code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally, failures: failed }
}

function inWords({ file, test, why }: Failure): string {
  return `${isAbsolute(file) ? relative(root, file) : file} › ${test}: ${why}`
}

/** A suite that failed without a name for what failed is named itself. */
function add(name: string, tally: Tally, failed: readonly Failure[] = []): void {
  if (tally.failed > 0) failures.push(...(failed.length > 0 ? failed.map(inWords) : [name]))
  const seconds = Math.round((performance.now() - since) / 1000)
  since = performance.now()
  console.log(`${name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped, ${seconds} s`)
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped += tally.skipped
}

function missing(name: string, why: string): void {
  console.log(`\n== ${name}\nskipped: ${why}`)
  total.skipped += 1
}

/** Electron needs a display; a machine without one gets a virtual one when it can. */
function runOnScreen(command: string, args: readonly string[], limitS: number, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const hasDisplay = Boolean(process.env.DISPLAY) || process.platform !== 'linux'
  return hasDisplay || !existsSync('/usr/bin/xvfb-run')
    ? run(command, args, limitS, env)
    : run('/usr/bin/xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24', command, ...args], limitS, env)
}

/** One child in a group of its own, so that a run that does not end is ended with everything it started, and the suites after it still run. */
function run(command: string, args: readonly string[], limitS: number, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const isPosix = process.platform !== 'win32'
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: isPosix,
  })
  const end = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(isPosix ? -child.pid : child.pid, signal)
    } catch {
      // It is gone already.
    }
  }
  const interrupted = () => {
    end('SIGINT')
    process.exit(130)
  }
  process.once('SIGINT', interrupted)
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      console.error(`${command} ${args[0] ?? ''} did not end within ${limitS} s and was ended`)
      end('SIGTERM')
      setTimeout(() => end('SIGKILL'), 5_000).unref()
    }, limitS * 1_000)
    const settled = (code: number) => {
      clearTimeout(limit)
      process.removeListener('SIGINT', interrupted)
      resolve(code)
    }
    child.on('error', () => settled(1))
    // Not `close`: a grandchild that outlives its group would hold the pipes.
    child.on('exit', (code) => settled(code ?? 1))
  })
}
