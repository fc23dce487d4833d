import { describe, expect, it } from 'vitest'
import { isAllowed } from '#main/shell/electron/allowed-permissions'
import { createPageOrigin } from '#main/shell/electron/page-origin'
import { afterDeath } from '#main/shell/electron/reload-limit'
import { type KeyInput, shortcutOf, zoomAfter } from '#main/shell/electron/shortcuts'

describe('addresses of our own page', () => {
  const page = createPageOrigin(undefined)
  it.each(['app://seat/', 'app://seat/?pane=dutyLog', page.paneAddress('dutyLog'), page.home])('include %s', (url) => {
    expect(page.isOurs(url)).toBe(true)
  })
  it.each([
    'app://seat/evil.html',
    'app://seat.evil/',
    'app://other/',
    'app://user@seat/',
    'http://seat/',
    'https://example.com/app://seat/',
    'file:///app/seat/',
    'data:text/html,x',
    'javascript:alert(1)',
    'about:blank',
    '',
  ])('do not include %s', (url) => {
    expect(page.isOurs(url)).toBe(false)
  })
  it('are the development server’s while developing, and only its own', () => {
    const development = createPageOrigin('http://localhost:5173')
    expect([
      development.isOurs('http://localhost:5173/?pane=home'),
      development.isOurs('http://localhost:5174/'),
      development.isOurs('app://seat/'),
    ]).toEqual([true, false, false])
  })
})

describe('keys that the Electron shell takes', () => {
  const press = (key: string, held: Partial<KeyInput> = {}): KeyInput => ({
    type: 'keyDown',
    key,
    control: false,
    shift: false,
    alt: false,
    meta: false,
    ...held,
  })
  it('are zoom and reload, and the developer tools only where they are allowed', () => {
    const control = { control: true }
    const both = { control: true, shift: true }
    expect([
      shortcutOf(press('+', both), false),
      shortcutOf(press('=', control), false),
      shortcutOf(press('-', control), false),
      shortcutOf(press('0', control), false),
      shortcutOf(press('R', both), false),
      shortcutOf(press('I', both), true),
    ]).toEqual(['zoomIn', 'zoomIn', 'zoomOut', 'zoomReset', 'reload', 'devTools'])
    expect(shortcutOf(press('I', both), false)).toBeUndefined()
  })
  it('leave every key of the page alone', () => {
    const functionKeys = Array.from({ length: 12 }, (_, index) => press(`F${index + 1}`))
    const control = ['k', 'j', 'd', 'r', 'Enter'].map((key) => press(key, { control: true }))
    const alt = ['1', '7', 'q', '0', '-'].map((key) => press(key, { alt: true }))
    expect(
      [...functionKeys, ...control, ...alt, press('J', { control: true, shift: true })].map((input) => shortcutOf(input, true)),
    ).toEqual(Array(functionKeys.length + control.length + alt.length + 1).fill(undefined))
    expect(shortcutOf({ ...press('=', { control: true }), type: 'keyUp' }, true)).toBeUndefined()
  })
  it('zoom within limits', () => {
    expect([zoomAfter('zoomIn', 0), zoomAfter('zoomIn', 4), zoomAfter('zoomOut', -2), zoomAfter('zoomReset', 3)]).toEqual([1, 4, -2, 0])
  })
})

describe('permissions of the page', () => {
  it('are the microphone alone and writing text to the clipboard', () => {
    expect([isAllowed('media', ['audio']), isAllowed('clipboard-sanitized-write', [])]).toEqual([true, true])
  })
  it.each([
    ['media', ['video']],
    ['media', ['audio', 'video']],
    ['media', []],
    ['clipboard-read', []],
    ['geolocation', []],
    ['notifications', []],
    ['display-capture', []],
    ['openExternal', []],
  ])('do not include %s %j', (permission, mediaTypes) => {
    expect(isAllowed(permission, mediaTypes)).toBe(false)
  })
})

describe('a page that dies', () => {
  it('is brought back three times a minute, then a person is asked, and a calm minute clears the count', () => {
    let deaths: readonly number[] = []
    const die = (at: number) => {
      const next = afterDeath(deaths, at)
      deaths = next.deaths
      return next.mayReload
    }
    expect([die(0), die(10_000), die(20_000), die(30_000), die(90_001), die(90_002)]).toEqual([true, true, true, false, true, true])
  })
})
