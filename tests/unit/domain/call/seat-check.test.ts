import { expect, it } from 'vitest'
import { type CheckSteps, checkWords } from '#shared/domain/call/seat-check'

const all = (outcome: CheckSteps['line']): CheckSteps => ({
  line: outcome,
  speaker: outcome,
  microphone: outcome,
  echo: outcome,
  centre: outcome,
})

it.each([
  [all('good'), { isGood: true, words: '正常' }],
  [{ ...all('good'), echo: 'skipped' } as const, { isGood: true, words: '正常，回音未试' }],
  [{ ...all('good'), speaker: 'bad', echo: 'bad' } as const, { isGood: false, words: '听筒、回音不好' }],
  [all('skipped'), null],
])('%o', (steps, words) => {
  expect(checkWords(steps)).toEqual(words)
})
