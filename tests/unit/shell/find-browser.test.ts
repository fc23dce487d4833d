import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserArguments } from '#main/shell/browser/app-window'
import { findBrowser, hasDisplay } from '#main/shell/browser/find-browser'

const having =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)

describe('the installed browser', () => {
  it('is the first on the path that knows app mode', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' }
    expect(findBrowser({ platform: 'linux', env, exists: having('/usr/bin/microsoft-edge', '/usr/bin/google-chrome') })).toBe(
      '/usr/bin/google-chrome',
    )
    expect(findBrowser({ platform: 'linux', env, exists: having('/usr/bin/firefox') })).toBeUndefined()
  })
  it('is looked for where Windows and macOS install it', () => {
    const edge = join('C:\\Program Files (x86)', 'Microsoft/Edge/Application/msedge.exe')
    expect(findBrowser({ platform: 'win32', env: { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, exists: having(edge) })).toBe(edge)
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findBrowser({ platform: 'darwin', env: {}, exists: having(chrome) })).toBe(chrome)
  })
  it('is only the named one when one is named', () => {
    const env = { PATH: '/usr/bin', SEAT_BROWSER: '/opt/browser' }
    expect(findBrowser({ platform: 'linux', env, exists: having('/usr/bin/chromium') })).toBeUndefined()
    expect(findBrowser({ platform: 'linux', env, exists: having('/usr/bin/chromium', '/opt/browser') })).toBe('/opt/browser')
  })
  it('is not opened where there is no screen', () => {
    expect([
      hasDisplay('linux', {}),
      hasDisplay('linux', { DISPLAY: ':0' }),
      hasDisplay('linux', { WAYLAND_DISPLAY: 'w' }),
      hasDisplay('win32', {}),
    ]).toEqual([false, true, true, true])
  })
  it('keeps its sandbox unless the process is root', () => {
    const window = { address: 'http://127.0.0.1:1/', profileFolder: '/data/browser' }
    expect(browserArguments({ ...window, isRoot: false })).not.toContain('--no-sandbox')
    expect(browserArguments({ ...window, isRoot: true })).toContain('--no-sandbox')
    expect(browserArguments({ ...window, isRoot: false }).slice(0, 2)).toEqual([
      '--app=http://127.0.0.1:1/',
      '--user-data-dir=/data/browser',
    ])
  })
})
