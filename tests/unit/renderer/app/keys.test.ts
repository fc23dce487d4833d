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

  it('leaves the keys of the telephone to its own place', () => {
    const reserved = ['F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F12', 'Ctrl+D', 'Ctrl+Shift+J', 'Alt+Q', 'Alt+W', 'Alt+E']
    expect(keyTable.map((row) => row.keys).filter((keys) => reserved.includes(keys))).toEqual([])
  })
})

describe('writing a key press as the table does', () => {
  it.each([
    [press({ key: 'F1', code: 'F1' }), 'F1'],
    [press({ key: 'k', code: 'KeyK', ctrlKey: true }), 'Ctrl+K'],
    [press({ key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+K'],
    [press({ key: 'Process', code: 'KeyJ', ctrlKey: true }), 'Ctrl+J'],
    [press({ key: '™', code: 'Digit5', altKey: true }), 'Alt+5'],
    [press({ key: '7', code: 'Numpad7', altKey: true }), 'Alt+7'],
    [press({ key: '、', code: 'Backslash', ctrlKey: true }), 'Ctrl+\\'],
    [press({ key: '?', code: 'Slash', shiftKey: true }), '?'],
    [press({ key: '/', code: 'Slash' }), '/'],
  ])('%o is %s', (given, chord) => {
    expect(chordOf(given)).toBe(chord)
  })
})
