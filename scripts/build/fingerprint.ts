/**
 * Knows whether `out/` was built from exactly the sources that are there now: one hash over every file that can change a bundle. It compares
 * contents, not times, so a fresh clone or a branch switched back and forth is judged rightly.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const folders = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'src-server', 'resources/icons']
const files = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'electron.vite.config.ts', 'scripts/build.ts']
/** What must exist for the record to be believed; somebody may have emptied `out/` by hand. */
const outputs = [
  'main/electron.cjs',
  'main/browser.cjs',
  'preload/index.cjs',
  'renderer/index.html',
  'server/index.js',
  'collector/index.html',
]

const recordPath = (root: string) => join(root, 'out/built-from.txt')

export function fingerprint(root: string): string {
  const hash = createHash('sha256')
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const path of [...sources, ...files.map((file) => join(root, file))].sort()) {
    const content = readFileSync(path)
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export function isBuilt(root: string, print: string): boolean {
  const path = recordPath(root)
  return existsSync(path) && readFileSync(path, 'utf8') === print && outputs.every((output) => existsSync(join(root, 'out', output)))
}

export function recordBuild(root: string, print: string): void {
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(recordPath(root), print)
}
