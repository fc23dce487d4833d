/**
 * Runs commands as named steps, a few at a time, and prints the output only of those that failed.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** What to do when it fails. */
  readonly fix: string
}

export interface Outcome {
  readonly name: string
  readonly isGood: boolean
  readonly seconds: number
}

/** What needs nothing but the checkout. */
export const staticSteps: readonly Step[] = [
  { name: 'lint', command: 'biome', args: ['check', '.'], fix: 'npm run format mends most of it' },
  { name: 'types', command: 'tsx', args: ['scripts/check-types.ts'], fix: 'npm run types -- ROOM checks one room' },
  { name: 'rooms', command: 'npm', args: ['run', '--silent', 'rooms'], fix: 'the message lists what the room may import' },
  { name: 'openapi', command: 'tsx', args: ['scripts/write-openapi.ts', '--check'], fix: 'npm run openapi writes docs/openapi.json anew' },
  {
    name: 'workflow',
    command: 'tsx',
    args: ['scripts/write-workflow.ts', '--check'],
    fix: 'npm run workflow writes docs/workflow.md anew',
  },
]

const root = join(import.meta.dirname, '..')

export async function runSteps(steps: readonly Step[], atOnce: number): Promise<readonly Outcome[]> {
  const waiting = [...steps]
  const outcomes: Outcome[] = []
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return outcomes
}

async function runStep(step: Step): Promise<Outcome> {
  const began = performance.now()
  const child = spawn(step.command, step.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  child.stderr.on('data', (text) => {
    output += text
  })
  const isGood = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      output += String(error)
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
  const seconds = (performance.now() - began) / 1000
  if (!isGood) console.error(output)
  console.log(`${isGood ? 'good' : 'BAD '}  ${step.name}  ${seconds.toFixed(1)} s${isGood ? '' : `  (${step.fix})`}`)
  return { name: step.name, isGood, seconds }
}
