import { describe, expect, it } from 'vitest'
import { fakeCall } from '../../../../src-renderer/bridge/fake-call-log'
import { dayBounds, digitsOf, everyCall, fits, withNews } from '../../../../src-renderer/features/call-log/call-filter'
import {
  dialReason,
  endWords,
  fullEndWords,
  lengthWords,
  partyWords,
  qualityWords,
} from '../../../../src-renderer/features/call-log/call-words'
import { wrapUpFrom } from '../../../../src-renderer/features/call-log/use-wrap-up'

const at = Date.UTC(2026, 10, 21, 6, 0)
const answered = fakeCall(at, 1, 10)
const lost = fakeCall(at, 2, 5, { answeredAt: null, cause: 'abandoned', endedAt: at - 5 * 60_000 + 21_000, number: '+8645186520110' })
const dialled = fakeCall(at, 3, 2, { direction: 'outgoing', number: '1003' })

describe('which calls the list shows', () => {
  it('takes any part of a number as people write it', () => {
    expect(['138 0013', '+86 138', '0451-8652', '（0451）8652', '不是号码'].map(digitsOf)).toEqual([
      '1380013',
      '138',
      '04518652',
      '04518652',
      '',
    ])
    const shown = (text: string) =>
      [answered, lost, dialled].filter((call) => fits(call, { ...everyCall, text })).map(({ number }) => number)
    expect(shown('8000')).toEqual(['+8613800138000'])
    expect(shown('0451')).toEqual(['+8645186520110'])
    expect(shown('100')).toEqual(['1003'])
    expect(shown('86')).toEqual(['+8645186520110'])
  })

  it('knows a lost call from one that this seat refused or gave up', () => {
    const which = (call: typeof lost) => fits(call, { ...everyCall, which: 'missed' })
    expect(which(lost)).toBe(true)
    expect(which({ ...lost, cause: 'rejected' })).toBe(false)
    expect(which({ ...lost, direction: 'outgoing' })).toBe(false)
  })

  it('counts days as China does, whatever the PC is set to', () => {
    const { from, until } = dayBounds('2026-11-21')
    expect([new Date(from).toISOString(), until - from]).toEqual(['2026-11-20T16:00:00.000Z', 86_400_000])
    expect(fits({ ...answered, startedAt: from }, { ...everyCall, day: '2026-11-21' })).toBe(true)
    expect(fits({ ...answered, startedAt: until }, { ...everyCall, day: '2026-11-21' })).toBe(false)
  })
})

describe('news of the list', () => {
  it('changes a record in its place and puts a new call where its time says', () => {
    const described = { ...answered, wrapUpCode: 'registered' as const }
    expect(withNews([answered], [dialled, lost, described], everyCall)).toEqual([dialled, lost, described])
  })

  it('adds nothing that the filter keeps out, and nothing older than what was read', () => {
    expect(withNews([lost], [answered], everyCall)).toEqual([lost])
    expect(withNews([lost], [dialled], { ...everyCall, which: 'missed' })).toEqual([lost])
  })
})

describe('the words of a call', () => {
  it('says who hung up, or why nobody talked', () => {
    expect(endWords(answered)).toBe('对方挂机')
    expect(endWords(lost)).toBe('来电人放弃')
    expect(endWords({ cause: 'interrupted', endedBy: 'network' })).toBe('通话中断，线路中断')
    expect(fullEndWords({ cause: 'busy', endedBy: 'exchange', sipStatus: 486, q850: 17 })).toBe('交换机结束，对方忙（SIP 486 Q.850 17）')
  })

  it('says how long it was talked or rung, and how it sounded', () => {
    expect([lengthWords(answered), lengthWords(lost)]).toEqual(['02:15', '响 00:21'])
    const words = [4.4, 4.1, 3.7, 3.2, 2.4].map((mosMean) =>
      qualityWords({ ...(answered.quality as NonNullable<typeof answered.quality>), mosMean }),
    )
    expect(words).toEqual(['4.4 很好', '4.1 好', '3.7 一般', '3.2 较差', '2.4 很差'])
    expect(qualityWords(null)).toBe('')
  })

  it('names a number that was not shown, and why it cannot be called', () => {
    expect(partyWords({ number: null, isWithheld: true })).toBe('号码未显示')
    expect(dialReason({ line: 'configured', calls: [] }, null)).toBe('对方没有显示号码，不能回拨')
    expect(dialReason({ line: 'unconfigured', calls: [] }, '1003')).toContain('没有可用的电话')
    expect(dialReason({ line: 'configured', calls: [] }, '1003')).toBeNull()
  })

  it('reads a kept wrap-up, and leaves one alone that it does not understand', () => {
    expect(wrapUpFrom('{"code":"silent","note":"无声"}')).toEqual({ code: 'silent', note: '无声' })
    expect([null, '{', '{"code":"gone","note":""}', '{"code":null}'].map(wrapUpFrom)).toEqual([null, null, null, null])
  })
})
