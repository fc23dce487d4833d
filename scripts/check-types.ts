/**
 * Type-checks every room under its own tsconfig, so that `src-shared` never sees DOM or Node types and the renderer never sees Node. What a room
 * looked like when it last compiled is remembered beside its packages, so that the next run looks at what changed.
 *   npm run types [-- room …]
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const allRooms = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'src-server', 'scripts', 'tests']
const asked = process.argv.slice(2)
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc')
/** Under the settings of the room: the compiler itself would not notice that they changed. */
function remembered(room: string): string {
  const hash = createHash('sha256')
  for (const file of ['tsconfig.base.json', `${room}/tsconfig.json`]) hash.update(readFileSync(join(root, file)))
  return join(root, 'node_modules/.cache/types', `${room}-${hash.digest('hex').slice(0, 8)}.tsbuildinfo`)
}

let isClean = true
for (const room of asked.length > 0 ? asked : allRooms) {
  const args = ['--noEmit', '-p', join(root, room), '--incremental', '--tsBuildInfoFile', remembered(room)]
  const { status } = spawnSync(process.execPath, [tsc, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    isClean = false
    console.error(`types: ${room} does not compile`)
  }
}
process.exitCode = isClean ? 0 : 1
