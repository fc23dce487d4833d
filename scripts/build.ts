/**
 * Builds everything that runs from `out/`: the seat's main, preload and renderer bundles, the central server's, and the collector's page.
 *   npm run build [-- --if-stale]
 * `--if-stale` builds only when a source, a setting or the lockfile differs from the last build. It never installs and never packages.
 */
import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { fingerprint, isBuilt, recordBuild } from './build/fingerprint'

const root = join(import.meta.dirname, '..')

/** Dependencies stay in node_modules: the server always runs from an installed tree. */
const server: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: join(root, 'src-server/index.ts'),
    outDir: join(root, 'out/server'),
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'index.js' } },
  },
}

/** The collector's page, which central serves to telephones: by itself, small, and without what only newer browsers read. */
const collector = (plugins: NonNullable<InlineConfig['plugins']>): InlineConfig => ({
  root: join(root, 'src-renderer/collector'),
  configFile: false,
  logLevel: 'warn',
  base: './',
  plugins,
  build: {
    outDir: join(root, 'out/collector'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})

/** Answers whether anything had to be built. */
export async function buildAll({ onlyIfStale }: { readonly onlyIfStale: boolean }): Promise<boolean> {
  const print = fingerprint(root)
  if (onlyIfStale && isBuilt(root, print)) return false
  // Loaded only when needed: looking that nothing changed should not cost the second that the bundler takes to load.
  const [{ build: buildSeat }, { build: buildWithVite }, { default: react }] = await Promise.all([
    import('electron-vite'),
    import('vite'),
    import('@vitejs/plugin-react'),
  ])
  process.chdir(root)
  await buildSeat({ logLevel: 'warn' })
  await buildWithVite(server)
  await buildWithVite(collector([react()]))
  recordBuild(root, print)
  return true
}

if (process.argv[1] === import.meta.filename) {
  const startedAt = performance.now()
  const didBuild = await buildAll({ onlyIfStale: process.argv.includes('--if-stale') })
  console.log(didBuild ? `build: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s` : 'build: nothing changed')
}
