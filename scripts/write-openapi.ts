/**
 * Writes docs/openapi.json from the contract table.
 *   npm run openapi            writes
 *   npm run openapi -- --check fails when the file is not what the table says
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeCentral } from '../src-server/compose'
import { createLog, systemClock, systemIds } from '../src-server/platform/machine'

const root = join(import.meta.dirname, '..')
const file = join(root, 'docs/openapi.json')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const central = await composeCentral({
  location: { kind: 'sqlite', file: ':memory:' },
  // Nothing is uploaded here, so it is never made.
  filesFolder: join(root, 'out/no-files'),
  clock: systemClock,
  ids: systemIds,
  log: createLog('error'),
  centre: { name: '12319', version, demonstration: false, shiftPatternId: '', profileId: '' },
  referenceFiles: [],
  metricsToken: null,
})
await central.app.ready()
const text = `${JSON.stringify(central.app.swagger(), null, 1)}\n`
await central.close()

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
} else if (readIfThere() !== text) {
  console.error('docs/openapi.json differs from the contract table: run npm run openapi and commit the result.')
  process.exitCode = 1
}

function readIfThere(): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
