/**
 * Type-checks every room under its own tsconfig, so that `src-shared` never sees DOM or Node types and the renderer never sees Node. What a room
 * looked like when it last compiled is remembered beside its packages, so that the next run looks at what changed.
 *   npm run types [-- room …]
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const allRooms = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'src-server', 'scripts', 'tests']
const asked = process.argv.slice(2)
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc')
const remembered = (room: string) => join(root, 'node_modules/.cache/types', `${room}.tsbuildinfo`)

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
