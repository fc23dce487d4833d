/** What the duty log keeps of what a person typed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dutyLogTextLimit, parseDutyLogText } from '#shared/domain/duty-log/duty-log'

describe('the text of a duty log entry', () => {
  it.each([
    ['keeps what was typed', '10:20 友协大街路灯不亮，已派遣。', '10:20 友协大街路灯不亮，已派遣。'],
    ['trims the ends, wide spaces too', '　\n 设备正常 \t\n', '设备正常'],
    ['keeps line feeds and tabs inside', '一\n\t二', '一\n\t二'],
    ['turns Windows line ends into line feeds', '一\r\n二', '一\n二'],
    ['removes control characters that no keyboard makes', 'a\u0000b\u0007c\u001bd\u007fe', 'abcde'],
  ])('%s', (_, typed, kept) => {
    expect(parseDutyLogText(typed)).toEqual({ ok: true, value: kept })
  })

  it.each([
    ['nothing', '', 'dutyLog/empty'],
    ['only spaces and line ends', ' \t\r\n　', 'dutyLog/empty'],
    ['only control characters', '\u0000\u0001\u007f', 'dutyLog/empty'],
    ['one character too many', '字'.repeat(dutyLogTextLimit + 1), 'dutyLog/tooLong'],
  ])('refuses %s', (_, typed, error) => {
    expect(parseDutyLogText(typed)).toEqual({ ok: false, error })
  })

  it('counts after trimming, and the limit itself is allowed', () => {
    expect(parseDutyLogText(` ${'字'.repeat(dutyLogTextLimit)}\n`)).toEqual({ ok: true, value: '字'.repeat(dutyLogTextLimit) })
  })

  it('counts a rare character outside the basic plane as one', () => {
    expect(parseDutyLogText('𠮷'.repeat(dutyLogTextLimit)).ok).toBe(true)
    expect(parseDutyLogText('𠮷'.repeat(dutyLogTextLimit + 1))).toEqual({ ok: false, error: 'dutyLog/tooLong' })
  })

  it('changes nothing when it is asked again about what it kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...' \n\t\r\u0000\u007f　a字𠮷') }), (typed) => {
        const once = parseDutyLogText(typed)
        if (once.ok) expect(parseDutyLogText(once.value)).toEqual(once)
      }),
    )
  })
})
