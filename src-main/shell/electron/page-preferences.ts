import { join } from 'node:path'
import type { WebPreferences } from 'electron'
import { programFolder } from '../prepare'

/** How every page of the program runs: shut off from Node and from the system. */
export const pagePreferences = (hasDevTools: boolean): WebPreferences => ({
  preload: join(programFolder, 'out/preload/index.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  devTools: hasDevTools,
  // Chromium's spelling checker fetches dictionaries from the internet, and underlines all Chinese.
  spellcheck: false,
  // Ringing must sound before anybody has clicked into the page.
  autoplayPolicy: 'no-user-gesture-required',
  // Each second the page proves that it can hear and speak, behind other windows too.
  backgroundThrottling: false,
})
