import { describe, expect, it } from 'vitest'
import type { RegistrationView } from '#main/telephony/sip/user-agent'
import { createProofBook } from '#main/workflows/telephone/proof'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { createFakeClock } from '../../../../fakes/fake-clock'

const report = (given: Partial<InputOfCommand<'sound.report'>> = {}): InputOfCommand<'sound.report'> => ({
  ...{ microphone: 'present', microphoneLabel: '耳机', microphonePeak: 0.002, isSpeakerAlive: true, speakerLabel: '耳机' },
  ...given,
})

function bench(isPathUp = true) {
  const clock = createFakeClock(1_800_000_000_000)
  const registration = (given: Partial<RegistrationView> = {}): RegistrationView => ({
    ...{ state: 'registered', since: clock.now(), expiresAt: clock.now() + 600_000, status: 200, reason: null, nextTryAt: null },
    ...{ isAnswering: true, lastAnsweredAt: clock.now(), roundTripMs: 2, transport: 'UDP', localAddress: '127.0.0.1' },
    ...given,
  })
  return { clock, registration, book: createProofBook(clock, () => isPathUp) }
}

describe('the proof that a seat can answer', () => {
  it('is whole with a line, an exchange that answers, and a page that hears and plays', () => {
    const { book, registration } = bench()
    book.report(report())
    expect(book.faults(registration(), 15)).toEqual([])
  })

  it('fails when the page says nothing for a while, and not the headset is blamed', async () => {
    const { book, registration, clock } = bench()
    book.report(report())
    await clock.advance(6_000)
    expect(book.faults(registration(), 15)).toEqual(['soundPathDown'])
  })

  it('knows during a call that nobody can be heard: no microphone, zeros for three seconds, or no page', async () => {
    const { book, clock } = bench()
    expect(book.isMicrophoneDead(), 'no page yet').toBe(true)
    book.report(report())
    expect(book.isMicrophoneDead()).toBe(false)
    book.report(report({ microphone: 'absent', microphonePeak: 0 }))
    expect(book.isMicrophoneDead()).toBe(true)
    book.report(report())
    for (let second = 0; second < 4; second += 1) {
      expect(book.isMicrophoneDead(), `${second} s of zeros`).toBe(false)
      await clock.advance(1_000)
      book.report(report({ microphonePeak: 0 }))
    }
    expect(book.isMicrophoneDead()).toBe(true)
    book.report(report({ microphonePeak: 0.0001 }))
    expect(book.isMicrophoneDead(), 'a quiet room').toBe(false)
    await clock.advance(6_000)
    expect(book.isMicrophoneDead(), 'the page is silent').toBe(true)
  })

  it('fails on digital silence, a quiet room is none', async () => {
    const { book, registration, clock } = bench()
    for (let second = 0; second < 12; second += 1) {
      book.report(report({ microphonePeak: second === 0 ? 0.0005 : 0 }))
      await clock.advance(1_000)
    }
    expect(book.faults(registration(), 15)).toEqual(['microphoneSilent'])
    expect(book.soundView(0).microphoneSilentSince).toBe(1_800_000_000_000)
    book.report(report({ microphonePeak: 0.0005 }))
    expect(book.faults(registration(), 15)).toEqual([])
  })

  it('gives a headset that was just plugged in its time', async () => {
    const { book, registration, clock } = bench()
    book.report(report({ microphone: 'absent', microphonePeak: 0, microphoneLabel: null }))
    expect(book.faults(registration(), 15)).toEqual(['noHeadset'])
    await clock.advance(60_000)
    book.report(report({ microphonePeak: 0 }))
    expect(book.faults(registration(), 15)).toEqual([])
  })

  it('asks no more of an exchange than its profile does', async () => {
    const { book, registration, clock } = bench()
    const old = registration({ since: clock.now() - 100_000, lastAnsweredAt: clock.now() - 50_000 })
    book.report(report())
    expect(book.faults(old, 15)).toEqual(['exchangeSilent'])
    expect(book.faults(old, 30)).toEqual([])
    expect(book.faults({ ...old, lastAnsweredAt: null }, 0)).toEqual([])
  })
})
