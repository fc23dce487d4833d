import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fingerprint, isBuilt } from './fingerprint'

const root = join(import.meta.dirname, '../..')

/**
 * Builds what is stale, in a process of its own: the bundlers take most of a gigabyte, and what starts the workstation stays for the whole
 * shift. Answers whether anything had to be built; undefined = the build failed, and said why.
 */
export function ensureBuilt(): boolean | undefined {
  if (isBuilt(root, fingerprint(root))) return false
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status === 0 ? true : undefined
}
