import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port'
import { has, type PeerProcess, startProcess } from './process'

/** One scenario of sipp, message by message as the file says; it ends with 0 when every step came as written. */
export interface SippRun {
  readonly port: number
  /** Null when all went as the scenario says, else what sipp complained of. */
  readonly outcome: Promise<string | null>
  stop(): Promise<void>
}

export const hasSipp = has('sipp')

export async function startSipp(scenario: string, keys: Readonly<Record<string, string>> = {}, target?: string): Promise<SippRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const port = await freePort()
  const file = join(import.meta.dirname, '..', 'sipp', `${scenario}.xml`)
  const named = Object.entries(keys).flatMap(([name, value]) => ['-key', name, value])
  const args = [
    '-sf',
    file,
    '-i',
    '127.0.0.1',
    '-p',
    String(port),
    '-m',
    '1',
    '-nostdin',
    '-trace_err',
    '-timeout',
    '45',
    ...named,
    ...(target ? [target] : []),
  ]
  const running: PeerProcess = startProcess('sipp', args, folder, join(folder, 'log'))
  const outcome = running.exit.then((code) => {
    if (code === 0) return null
    const errors = readdirSync(folder).filter((name) => name.endsWith('_errors.log'))
    return `sipp ${scenario} ended with ${code}: ${errors.map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 3_000)).join('\n')}`
  })
  return { port, outcome, stop: () => running.stop() }
}
