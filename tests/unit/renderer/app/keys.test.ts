import { describe, expect, it } from 'vitest'
import { chordOf, type KeyPress, keyTable } from '../../../../src-renderer/app/keyboard/keys'

const press = (given: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...given,
})

describe('the keyboard map', () => {
  it('gives every key one meaning', () => {
    const keys = keyTable.map((row) => row.keys)
    expect(keys.filter((each, at) => keys.indexOf(each) !== at)).toEqual([])
  })

  it('gives every handler one key', () => {
    const handlers = keyTable.flatMap((row) => row.handler ?? [])
    expect(handlers.filter((each, at) => handlers.indexOf(each) !== at)).toEqual([])
  })

  it('gives the function keys to the telephone and to the cases', () => {
    const scopes = Object.fromEntries(keyTable.filter(({ keys }) => /^F\d+$/.test(keys)).map(({ keys, scope }) => [keys, scope]))
    expect(scopes).toMatchObject({ F2: 'telephone', F3: 'telephone', F4: 'telephone', F7: 'telephone', F8: 'telephone', F12: 'telephone' })
    expect(scopes).toMatchObject({ F1: 'everywhere', F9: 'cases', F10: 'cases', F11: 'cases' })
  })

  it('leaves the keys of proposals to the forms that propose', () => {
    const reserved = ['Ctrl+D', 'Ctrl+Shift+J', 'Alt+Q', 'Alt+W', 'Alt+E']
    expect(keyTable.filter(({ keys, scope }) => reserved.includes(keys) && scope !== 'forms').map(({ keys }) => keys)).toEqual([])
  })
})

describe('writing a key press as the table does', () => {
  it.each([
    [press({ key: 'F1', code: 'F1' }), 'F1'],
    [press({ key: 'k', code: 'KeyK', ctrlKey: true }), 'Ctrl+K'],
    [press({ key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+K'],
    [press({ key: 'Process', code: 'KeyJ', ctrlKey: true }), 'Ctrl+J'],
    [press({ key: 'Process', code: 'F2' }), 'F2'],
    [press({ key: '™', code: 'Digit5', altKey: true }), 'Alt+5'],
    [press({ key: '7', code: 'Numpad7', altKey: true }), 'Alt+7'],
    [press({ key: '、', code: 'Backslash', ctrlKey: true }), 'Ctrl+\\'],
    [press({ key: '?', code: 'Slash', shiftKey: true }), '?'],
    [press({ key: '/', code: 'Slash' }), '/'],
  ])('%o is %s', (given, chord) => {
    expect(chordOf(given)).toBe(chord)
  })
})
