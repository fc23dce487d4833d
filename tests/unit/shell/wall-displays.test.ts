import { expect, it } from 'vitest'
import { againAfterMs, displayFor, displayName } from '../../../src-main/shell/electron/wall-displays'

const displays = [
  { id: 11, label: 'DELL' },
  { id: 12, label: '' },
  { id: 13, label: 'HALL' },
]

it('never fills the display that the seat’s own window is on, and none that is not there', () => {
  expect(displayFor(null, displays, 11)?.id).toBe(12)
  expect(displayFor(null, displays, 12)?.id).toBe(11)
  expect(displayFor(3, displays, 11)?.id).toBe(13)
  expect(displayFor(1, displays, 11)).toBeUndefined()
  expect(displayFor(4, displays, 11)).toBeUndefined()
  expect(displayFor(null, displays.slice(0, 1), 11)).toBeUndefined()
  expect(displays.map((one) => displayName(one, displays))).toEqual(['DELL', '显示器 2', 'HALL'])
})

it('loads a page that dies again ever more slowly, and never gives it up', () => {
  expect([0, 1, 2, 10, 1_000].map(againAfterMs)).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
})
