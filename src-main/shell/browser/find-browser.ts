import { join } from 'node:path'

/**
 * Which installed browser can show the seat in a window of its own: Chromium, Chrome and Edge know app mode, others do not. Pure: it asks
 * `exists` about paths and starts nothing.
 */
export interface BrowserSearch {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  exists(path: string): boolean
}

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable']
const windowsPaths = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe', 'Chromium/Application/chrome.exe']
const macPaths = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Chromium.app/Contents/MacOS/Chromium',
]

/** `SEAT_BROWSER` names one outright, and is then the only one considered. */
export function findBrowser({ platform, env, exists }: BrowserSearch): string | undefined {
  return env.SEAT_BROWSER ? [env.SEAT_BROWSER].find(exists) : candidates(platform, env).find(exists)
}

function candidates(platform: string, env: BrowserSearch['env']): readonly string[] {
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((folder) => folder !== undefined)
    return windowsPaths.flatMap((path) => folders.map((folder) => join(folder, path)))
  }
  if (platform === 'darwin') return macPaths.map((path) => join('/Applications', path))
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '')
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** Windows and macOS always have a screen for a signed-in user; elsewhere X11 or Wayland says so. */
export function hasDisplay(platform: string, env: BrowserSearch['env']): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}
