/** Meetings of the shift, written into the log and read back from it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meetingText, readMeeting } from '#shared/domain/shift/meeting'

describe('a meeting before or after the shift', () => {
  it('is written as people say it', () => {
    const meeting = {
      kind: 'before',
      present: ['沈玉梅', '杨雪'],
      missing: '吕明哲（病假）',
      told: '今天盯防汛。\n电话先问位置。',
    } as const
    expect(meetingText(meeting)).toBe('班前会：到会 2 人（沈玉梅、杨雪）；未到：吕明哲（病假）；传达：今天盯防汛。\n电话先问位置。')
    expect(readMeeting('班前会开得晚')).toBeUndefined()
  })

  it('reads back what was written, whatever names and words stand in it', () => {
    const name = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text.replace(/[（）；、\n\s]/g, '') !== '')
    fc.assert(
      fc.property(
        fc.constantFrom('before' as const, 'after' as const),
        fc.array(name, { maxLength: 5 }),
        fc.string(),
        fc.string(),
        (kind, present, missing, told) => {
          const once = readMeeting(meetingText({ kind, present, missing, told }))
          expect(once).toBeDefined()
          expect(once && readMeeting(meetingText(once))).toEqual(once)
          expect(once).toMatchObject({ kind, told: told.trim() })
          expect(once?.present).toHaveLength(present.length)
        },
      ),
    )
  })
})
