import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { composeSeat } from '../../compose'
import { createFileSecrets } from '../../platform/file-secrets'
import { createIds } from '../../platform/ids'
import { createSystemClock } from '../../platform/system-clock'
import { exitCodeOf, exitCodes, type Prepared, prepare, programFolder } from '../prepare'
import { runBrowserShell } from './run'

/**
 * Entry of the browser shell: the seat's core under plain Node, its page in the installed browser. This file touches the process (arguments,
 * signals, terminal, exit code) and nothing else; `run.ts` is the shell.
 */
async function main(): Promise<number> {
  const prepared = prepare(process.argv.slice(2), { ignoresUnknown: false })
  if (!prepared.ok) {
    console.error(prepared.error.message)
    return exitCodeOf(prepared.error)
  }
  const { log } = prepared.value
  process.on('uncaughtException', (cause) => log.error('uncaught exception', { cause }))
  process.on('unhandledRejection', (cause) => log.error('unhandled rejection', { cause }))
  return run(prepared.value)
}

async function run({ options, folder, log }: Prepared): Promise<number> {
  const stopAsked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopAsked.abort())
  const started = await runBrowserShell({
    options,
    folder,
    log,
    clock: createSystemClock(),
    ids: createIds(),
    secrets: createFileSecrets(folder.secretFolder),
    compose: composeSeat,
    pageFolder: join(programFolder, 'out/renderer'),
    secret: () => randomBytes(32).toString('base64url'),
    browser: { platform: process.platform, env: process.env, exists: existsSync },
    isRoot: process.getuid?.() === 0,
    print: (line) => process.stdout.write(`${line}\n`),
    stopAsked: stopAsked.signal,
  })
  if (!started.ok) {
    console.error(started.error.message)
    return exitCodeOf(started.error)
  }
  const running = started.value
  if (running === 'alreadyRunning') return 0
  // Enter in the terminal, or a line from the script that started this one, asks for another address.
  createInterface({ input: process.stdin }).on('line', () => running.printAddress())
  await running.ended
  return 0
}

main().then(
  (code) => process.exit(code),
  (cause) => {
    console.error(cause)
    process.exit(exitCodes.cannotStart)
  },
)
