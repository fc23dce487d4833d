/**
 * Shows what survives when things end without warning. Each run prints its seed, so that a failure can be had again, and one JSON line of figures.
 *   npm run chaos [-- NAME …] [--rounds N] [--seed N] [--shell browser|electron] [--datagrams N] [--short]
 */
import { electronRuntime } from '../e2e/electron-runtime'
import type { ShellKind } from '../e2e/seat-process'
import { floodedSeat } from './flooded-seat'
import { killWhileHandingOver } from './kill-while-handing-over'
import { killWhileTyping } from './kill-while-typing'
import { malformedDatagrams } from './malformed-datagrams'

export interface ChaosOptions {
  readonly rounds: number
  readonly seed: number
  readonly shell: ShellKind
}

const runs: Record<string, (options: ChaosOptions) => Promise<{ readonly failures: readonly string[]; readonly figures: object }>> = {
  'kill-while-typing': killWhileTyping,
}

const args = process.argv.slice(2)
const optionOf = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined)
const isShort = args.includes('--short')
const rounds = Number(optionOf('--rounds') ?? (isShort ? 4 : 100))
const seed = Number(optionOf('--seed') ?? Math.floor(Math.random() * 1e9))
const asked = optionOf('--shell')
const shells: readonly ShellKind[] =
  asked === 'browser' || asked === 'electron' ? [asked] : electronRuntime() && process.env.DISPLAY ? ['browser', 'electron'] : ['browser']
const names = args.filter((argument) => argument in runs || argument === 'kill-while-handing-over')
const isOnlyFlood =
  names.length === 0 && (args.includes('malformed-datagrams') || args.includes('flooded-seat') || args.includes('--datagrams'))

let isGood = true
for (const [name, run] of Object.entries(runs)) {
  if (isOnlyFlood || (names.length > 0 && !names.includes(name))) continue
  for (const shell of shells) {
    const { failures, figures } = await run({ rounds, seed, shell })
    console.log(JSON.stringify({ name, shell, seed, rounds, failures: failures.length, ...figures }))
    for (const failure of failures) console.error(`${name} (${shell}, seed ${seed}): ${failure}`)
    if (failures.length > 0) isGood = false
  }
}
// The core alone, without a window: it is the same in both shells, and a kill a second is possible.
const handingOver = 'kill-while-handing-over'
if (!isOnlyFlood && (names.length === 0 || args.includes(handingOver))) {
  const { failures, figures } = await killWhileHandingOver({
    rounds: Number(optionOf('--rounds') ?? (isShort ? 10 : 300)),
    seed,
    shell: 'browser',
  })
  console.log(JSON.stringify({ name: handingOver, seed, failures: failures.length, ...figures }))
  for (const failure of failures) console.error(`${handingOver} (seed ${seed}): ${failure}`)
  if (failures.length > 0) isGood = false
}
// Signalling knows no shell: it is flooded over each kind of wire, alone and in a whole seat that talks. `npm test` does it in the interop suite.
const floods = { 'malformed-datagrams': malformedDatagrams, 'flooded-seat': floodedSeat } as const
const isFloodNamed = Object.keys(floods).some((name) => args.includes(name))
if (!isShort && (names.length === 0 || optionOf('--datagrams') !== undefined || isFloodNamed)) {
  const datagrams = Number(optionOf('--datagrams') ?? 100_000)
  for (const [name, flood] of Object.entries(floods)) {
    if (isFloodNamed && !args.includes(name)) continue
    for (const transport of ['UDP', 'TCP'] as const) {
      const { failures, figures } = await flood({ datagrams, seed, transport, settleS: 35 })
      console.log(JSON.stringify({ name, transport, seed, failures: failures.length, ...figures }))
      for (const failure of failures) console.error(`${name} (${transport}, seed ${seed}): ${failure}`)
      if (failures.length > 0) isGood = false
    }
  }
}
process.exitCode = isGood ? 0 : 1
