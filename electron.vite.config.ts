import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * How the seat's three bundles are made. Main is CommonJS for Node 20, because an Electron with Node 20 must be able to run it: such a Node
 * cannot `require` an ESM-only package, so those are bundled; the rest stays in node_modules, natives (better-sqlite3) by necessity. The
 * server's bundle is made in scripts/build.ts.
 */
const root = import.meta.dirname
const esmOnly = ['typebox', 'uuid', 'eventsource-parser']

export default defineConfig({
  main: {
    build: {
      outDir: resolve(root, 'out/main'),
      target: 'node20',
      sourcemap: true,
      externalizeDeps: { exclude: esmOnly },
      rolldownOptions: {
        input: {
          electron: resolve(root, 'src-main/shell/electron/main.ts'),
          browser: resolve(root, 'src-main/shell/browser/main.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      target: 'node20',
      rolldownOptions: {
        input: { index: resolve(root, 'src-preload/index.ts') },
        // A sandboxed preload can only require `electron`: everything else must be inside this one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react()],
    server: { host: '127.0.0.1' },
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      target: 'chrome120',
      minify: 'oxc',
      // Fonts and pictures stay files: the content security policy gives them their own row, and one file is cached once.
      assetsInlineLimit: 0,
      // The page is read from this PC's disk, never over a network.
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { input: { index: resolve(root, 'src-renderer/index.html') } },
    },
  },
})
