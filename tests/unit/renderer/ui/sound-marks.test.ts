import { describe, expect, it } from 'vitest'
import { gapsOf, pausesOf, wavePath } from '../../../../src-renderer/ui/sound/sound-marks'

describe('the marks of a recording', () => {
  it('make stretches that were not recorded, the last one open to the end', () => {
    const marks = [
      { kind: 'resume', atMs: 2_000 },
      { kind: 'pause', atMs: 1_000 },
      { kind: 'gap', atMs: 4_000 },
      { kind: 'pause', atMs: 8_000 },
      { kind: 'pause', atMs: 8_500 },
    ] as const
    expect(pausesOf(marks, 10_000)).toEqual([
      { fromMs: 1_000, untilMs: 2_000 },
      { fromMs: 8_000, untilMs: 10_000 },
    ])
    expect(gapsOf(marks)).toEqual([4_000])
    expect(pausesOf([{ kind: 'resume', atMs: 5 }], 10)).toEqual([])
  })

  it('and its loudness make lines around the middle, silence a hair', () => {
    expect(wavePath([0, 0.5, 7], 16, 10)).toBe('M0.5 15.5v1.0M1.5 11.0v10.0M2.5 6.0v20.0')
  })
})
