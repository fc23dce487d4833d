import { describe, expect, it } from 'vitest'
import { createFakeCore } from '../../../../../src-renderer/bridge/fake-transport'
import { buttonAct, lampsOf } from '../../../../../src-renderer/features/softphone/headset/button-acts'
import { bitOf, readTelephony, writeLamps } from '../../../../../src-renderer/features/softphone/headset/telephony-report'
import { usualHeadset } from '../../../../fixtures/headset-report'

const view = (...octets: number[]) => new DataView(Uint8Array.from(octets).buffer)

describe('the reports of a headset', () => {
  const reports = readTelephony(usualHeadset)

  it('has its buttons where the fields before them leave off', () => {
    expect(reports?.buttons).toEqual({
      hook: { reportId: 8, bit: 0, isLatch: true },
      mute: { reportId: 8, bit: 6, isLatch: false },
      flash: { reportId: 8, bit: 10, isLatch: false },
      drop: { reportId: 8, bit: 11, isLatch: false },
    })
  })

  it('reads one bit of one report', () => {
    const hook = reports?.buttons.hook
    const drop = reports?.buttons.drop
    if (!hook || !drop) throw new Error('no buttons')
    expect([bitOf(hook, 8, view(0b1)), bitOf(hook, 8, view(0b10)), bitOf(hook, 9, view(0b1))]).toEqual([true, false, undefined])
    expect([bitOf(drop, 8, view(0, 0b1000)), bitOf(drop, 8, view(0xff))]).toEqual([true, undefined])
  })

  it('writes all lamps of a report together, and only those', () => {
    if (!reports) throw new Error('no headset')
    const on = { offHook: true, ring: false, mute: true, hold: true }
    expect(writeLamps(reports, on)).toEqual(new Map([[8, Uint8Array.of(0b01, 0b1)]]))
  })

  it('is none without a hook switch or a mute button', () => {
    expect(readTelephony([])).toBeNull()
    expect(readTelephony(usualHeadset.slice(0, 1))).toBeNull()
    expect(readTelephony([{ usagePage: 0x0b }, { usagePage: 0x0b, inputReports: [{ items: [{}] }] }])).toBeNull()
  })
})

describe('a button of the headset', () => {
  const core = () => createFakeCore({})
  const hook = (isOn: boolean, isLatch = true) => ({ button: 'hook', isOn, isLatch }) as const
  const talking = () => {
    const one = core()
    const { callId } = one.ring()
    void one.transport.invoke('telephone.answer', { callId })
    return one
  }

  it('answers what rings, also with another call in front, and never hangs that one up', () => {
    const one = core()
    one.ring()
    const ringing = one.state('telephone.changed')
    for (const change of [hook(true), hook(false), hook(true, false)]) expect(buttonAct(change, ringing)).toBe('answer')
    expect(buttonAct(hook(false, false), ringing)).toBeNull()
    expect(lampsOf(ringing)).toEqual({ ring: true, offHook: false, mute: false, hold: false })
  })

  it('hangs up when the latch falls, and takes its rising as the echo of a lamp', async () => {
    const one = talking()
    await expect.poll(() => one.state('telephone.changed').calls[0]?.phase).toBe('talking')
    const during = one.state('telephone.changed')
    expect([buttonAct(hook(true), during), buttonAct(hook(false), during), buttonAct(hook(true, false), during)]).toEqual([
      null,
      'hangUp',
      'hangUp',
    ])
    expect(lampsOf(during)).toMatchObject({ ring: false, offHook: true })
    // A latch that says what is so already is an echo.
    expect(buttonAct({ button: 'mute', isOn: false, isLatch: true }, during)).toBeNull()
    expect(buttonAct({ button: 'mute', isOn: true, isLatch: true }, during)).toBe('mute')
    expect(buttonAct({ button: 'flash', isOn: true, isLatch: false }, during)).toBe('hold')
  })

  it('does nothing without a call', () => {
    const idle = core().state('telephone.changed')
    for (const button of ['hook', 'mute', 'flash', 'drop'] as const)
      for (const isLatch of [true, false]) expect(buttonAct({ button, isOn: true, isLatch }, idle)).toBeNull()
  })
})
