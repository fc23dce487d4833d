import { describe, expect, it } from 'vitest'
import type { PaneId } from '#shared/contracts/seat-api/views'
import {
  type FrameLayout,
  permittedLayout,
  withoutPane,
  withPane,
  withPaneBeside,
  withSideShare,
  withToggledSide,
} from '../../../../src-renderer/app/frame/layout'

const all: readonly PaneId[] = ['home', 'dutyLog', 'reference', 'administration']
const alone: FrameLayout = { main: 'home', side: null, sideShare: 40 }
const split: FrameLayout = { main: 'home', side: 'dutyLog', sideShare: 40 }

describe('the window layout', () => {
  it('shows a pane in the main place, and leaves it where it already is', () => {
    expect(withPane(alone, 'reference')).toEqual({ ...alone, main: 'reference' })
    expect(withPane(split, 'dutyLog')).toBe(split)
    expect(withPane(split, 'reference')).toEqual({ ...split, main: 'reference' })
  })

  it('puts a pane beside; the main pane changes places with its neighbour', () => {
    expect(withPaneBeside(alone, 'dutyLog', all)).toEqual(split)
    expect(withPaneBeside(split, 'home', all)).toEqual({ ...split, main: 'dutyLog', side: 'home' })
    expect(withPaneBeside(alone, 'home', all)).toEqual({ ...alone, main: 'dutyLog', side: 'home' })
  })

  it('toggles: the first other pane comes, the home last of all, and goes again', () => {
    expect(withToggledSide(alone, all)).toEqual(split)
    expect(withToggledSide({ ...alone, main: 'dutyLog' }, all).side).toBe('reference')
    expect(withToggledSide({ ...alone, main: 'dutyLog' }, ['home', 'dutyLog']).side).toBe('home')
    expect(withToggledSide(split, all)).toEqual(alone)
  })

  it('closing the main pane gives its place to the one beside; the only pane stays', () => {
    expect(withoutPane(split, 'dutyLog')).toEqual(alone)
    expect(withoutPane(split, 'home')).toEqual({ main: 'dutyLog', side: null, sideShare: 40 })
    expect(withoutPane(alone, 'home')).toBe(alone)
  })

  it('keeps the width inside what the contract allows, in whole percent', () => {
    expect(withSideShare(split, 3).sideShare).toBe(15)
    expect(withSideShare(split, 99).sideShare).toBe(70)
    expect(withSideShare(split, 33.4).sideShare).toBe(33)
  })

  it('drops remembered panes that the role may no longer open', () => {
    const remembered: FrameLayout = { main: 'administration', side: 'reference', sideShare: 40 }
    expect(permittedLayout(remembered, ['home', 'reference'])).toEqual({ main: 'home', side: 'reference', sideShare: 40 })
    expect(permittedLayout({ ...split, side: 'home' }, all).side).toBeNull()
  })
})
