/**
 * Runs the benchmarks and prints one JSON line per figure.
 *   npm run bench [-- NAME …] [--short]
 * `--short` takes few samples: it shows that they run, not what they weigh. Budgets are in the table below; a figure counts by its ratio to the
 * reference of the same run, because machines differ and are noisy.
 */
import type { Figure } from './figure'

const benches: Record<string, () => Promise<{ run(options: { isShort: boolean }): Promise<readonly Figure[]> }>> = {
  P1: () => import('./p1-start'),
  P2: () => import('./p2-caller'),
  'P2-painted': () => import('./p2-painted'),
  P3: () => import('./p3-ringing'),
  P4: () => import('./p4-relay'),
  P5: () => import('./p5-call-cpu'),
  P8: () => import('./p8-grid'),
  P9: () => import('./p9-map'),
  P6: () => import('./p6-queue-table'),
  P7: () => import('./p7-event-to-row'),
  P10: () => import('./p10-autosave'),
  P11: () => import('./p11-search'),
  'P11-log': () => import('./p11-log'),
  P12: () => import('./p12-central-load'),
  proposals: () => import('./proposals'),
  P13: () => import('./p13-queue-page'),
  P14: () => import('./p14-tiles'),
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const isShort = process.argv.includes('--short')
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
for (const [name, load] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue
  const { run } = await load()
  for (const figure of await run({ isShort })) console.log(JSON.stringify(figure))
}
