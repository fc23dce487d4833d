import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { palettes, type Scheme } from '../../../../src-renderer/app/theme/tokens'

const css = readFileSync(join(import.meta.dirname, '../../../../src-renderer/app/theme/tokens.css'), 'utf8')

function variablesOf(scheme: Scheme): Record<string, string> {
  const block = scheme === 'light' ? /:root \{([^}]*)\}/ : /:root\[data-scheme="dark"\] \{([^}]*)\}/
  const text = block.exec(css)?.[1] ?? ''
  return Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('the %s scheme', (scheme) => {
  const palette = palettes[scheme]

  it('is the same in Ant Design and in plain CSS', () => {
    const variables = variablesOf(scheme)
    const different = Object.entries(palette).filter(([name, colour]) => variables[kebab(name)] !== colour)
    expect(different).toEqual([])
  })

  it('keeps words at 4.5:1 or better on everything they stand on', () => {
    const { 'wash-red': washRed = '', 'wash-amber': washAmber = '' } = variablesOf(scheme)
    const pairs: readonly (readonly [string, string])[] = [
      ...[palette.pane, palette.surface, palette.selected, washAmber, washRed].map((ground) => [palette.text, ground] as const),
      ...[palette.pane, palette.surface, palette.selected].map((ground) => [palette.textSecondary, ground] as const),
      ...[palette.pane, palette.surface, washRed].map((ground) => [palette.overrun, ground] as const),
      ...[palette.pane, palette.surface, palette.selected].map((ground) => [palette.primary, ground] as const),
      [palette.onPrimary, palette.primary],
    ]
    expect(pairs.filter(([words, ground]) => contrast(words, ground) < 4.5)).toEqual([])
  })

  it('keeps lamps at 3:1 or better, as shapes need (WCAG 1.4.11)', () => {
    const lamps = [palette.green, palette.amber, palette.red, palette.frost]
    const grounds = [palette.pane, palette.surface]
    expect(grounds.flatMap((ground) => lamps.filter((lamp) => contrast(lamp, ground) < 3))).toEqual([])
  })
})
