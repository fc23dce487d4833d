/** Words for the demonstration's cases: whole sentences for every subclass, the same for the same seed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { demonstrationCity } from '#server/demo/areas'
import { followUps, handlingText, opinions, problemText, replyText } from '#server/demo/city/phrases'
import { chanceOf } from '#server/demo/city/random'
import type { ReferenceFile } from '#server/workflows/reference'

const folder = join(import.meta.dirname, '../../../resources/reference')
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReferenceFile)
const entries = demonstrationCity(shipped)?.handbook.entries ?? []

const said = (seed: number): readonly string[] => {
  const chance = chanceOf(seed)
  return entries.flatMap((entry) => [
    ...(['caller', 'collector', 'camera'] as const).map((voice) => problemText(entry, '友协大街98号', voice, chance)),
    handlingText(entry, chance),
    replyText(entry, '市政设施管理单位', chance),
  ])
}

it('speaks of every subclass in whole sentences that say what and where', () => {
  const texts = said(1)
  expect(texts).toHaveLength(403 * 5)
  const sayings = [...texts, ...Object.values(opinions).flat(), ...Object.values(followUps).flat()]
  expect(sayings.filter((text) => !/^[^{}]{6,199}。$/.test(text) || /[，。：]{2}|undefined/.test(text))).toEqual([])
  const problems = texts.filter((_, index) => index % 5 < 3)
  expect(problems.filter((text) => !text.includes('友协大街98号'))).toEqual([])
  expect(
    entries.filter(
      ({ name }, index) => !problems.slice(index * 3, index * 3 + 3).every((text) => text.includes(name.replace(/异常(SOS)?$/, '$1'))),
    ),
  ).toEqual([])
})

it('says the same for the same seed, and rarely the same twice', () => {
  expect(said(7)).toEqual(said(7))
  expect(said(7)).not.toEqual(said(8))
  expect(new Set(said(7)).size).toBeGreaterThan(403 * 4)
})
