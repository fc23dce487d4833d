import { describe, expect, it } from 'vitest'
import { chooseDevice, listDevices } from '../../../../../src-renderer/features/softphone/sound/devices'
import { playoutBetween } from '../../../../../src-renderer/features/softphone/sound/page-link'
import { reportOf } from '../../../../../src-renderer/features/softphone/sound/report'
import { toneFor } from '../../../../../src-renderer/features/softphone/sound/which-tone'

const headset = { deviceId: 'a1', label: '话务耳机', groupId: 'g1' }
const builtIn = { deviceId: 'default', label: '内置', groupId: 'g0' }

describe('the device that is used', () => {
  it('is the machine’s default until somebody chose', () => {
    expect(chooseDevice([builtIn, headset], null)).toEqual({ device: builtIn, isSubstitute: false })
  })
  it('is what the default stands for, by its own name, where the browser knows', () => {
    const standsFor = { deviceId: 'b2', label: '声卡', groupId: 'g0' }
    expect(chooseDevice([builtIn, headset, standsFor], null).device).toEqual(standsFor)
  })
  it('is found by its label when its id changed with the socket', () => {
    expect(chooseDevice([builtIn, headset], { deviceId: 'z9', label: '话务耳机' })).toEqual({ device: headset, isSubstitute: false })
  })
  it('is another one while the chosen one is unplugged, and says so', () => {
    expect(chooseDevice([builtIn], headset)).toEqual({ device: builtIn, isSubstitute: true })
    expect(chooseDevice([], headset)).toEqual({ device: null, isSubstitute: true })
  })
  it('has a name without control characters, and no second name', async () => {
    const device = (kind: string, deviceId: string, label: string) => ({ kind, deviceId, label, groupId: 'g' }) as MediaDeviceInfo
    const enumerateDevices = async () => [
      device('audioinput', 'x', 'A\u0007\u0000B'),
      device('audioinput', 'communications', 'A'),
      device('audioinput', '', ''),
      device('audiooutput', 'y', 'C'),
      device('videoinput', 'v', 'D'),
    ]
    expect(await listDevices({ enumerateDevices })).toEqual({
      microphones: [{ deviceId: 'x', label: 'A  B', groupId: 'g' }],
      speakers: [{ deviceId: 'y', label: 'C', groupId: 'g' }],
    })
    expect(await listDevices({ enumerateDevices: () => Promise.reject(new Error('no')) })).toEqual({ microphones: [], speakers: [] })
  })
})

describe('what the program is told', () => {
  const own = { label: '话务耳机', isSubstitute: false, isSynthetic: false }
  const microphone = { ...own, state: 'present' as const }
  const measured = { peak: 0.2, isPlaying: true }
  it('is what there is', () => {
    expect(reportOf({ microphone, speaker: own }, measured)).toEqual({
      ...{ microphone: 'present', microphoneLabel: '话务耳机', microphonePeak: 0.2, isSpeakerAlive: true, speakerLabel: '话务耳机' },
    })
  })
  it('names a headset absent while another stands in for it, and an ear that plays nothing dead', () => {
    const away = { ...own, label: '内置', isSubstitute: true }
    expect(reportOf({ microphone: { ...microphone, ...away }, speaker: away }, measured)).toMatchObject({
      microphone: 'absent',
      isSpeakerAlive: false,
    })
    expect(reportOf({ microphone, speaker: own }, { ...measured, isPlaying: false })).toMatchObject({ isSpeakerAlive: false })
    expect(reportOf({ microphone, speaker: { ...own, label: null } }, measured)).toMatchObject({ isSpeakerAlive: false })
    expect(reportOf({ microphone: { ...microphone, state: 'denied' }, speaker: own }, measured)).toMatchObject({ microphone: 'denied' })
  })
  it('is no fault in a demonstration on a PC without any sound device', () => {
    const made = { label: '模拟听筒（演示）', isSubstitute: false, isSynthetic: true }
    expect(reportOf({ microphone, speaker: made }, { ...measured, isPlaying: false })).toMatchObject({ isSpeakerAlive: true })
  })
})

describe('the tone of a seat', () => {
  const call = (phase: Parameters<typeof toneFor>[0][number]['phase'], given = {}) => ({
    ...{ phase, hasEarlyMedia: false, held: 'none' as const },
    ...given,
  })
  it('rings for a call that comes, and only knocks while another is spoken with', () => {
    expect(toneFor([call('ringing')])).toBe('ring')
    expect(toneFor([call('talking'), call('ringing')])).toBe('waiting')
    expect(toneFor([call('talking', { held: 'local' }), call('ringing')])).toBe('waiting')
  })
  it('rings back only while nothing else is heard', () => {
    expect(toneFor([call('early')])).toBe('ringBack')
    expect(toneFor([call('early', { hasEarlyMedia: true })])).toBeNull()
    expect(toneFor([call('talking', { held: 'local' }), call('early')])).toBe('ringBack')
    expect(toneFor([call('talking'), call('early')])).toBeNull()
  })
  it('is none while nothing rings', () => {
    for (const phase of ['dialing', 'answering', 'talking', 'transferring', 'ended'] as const) expect(toneFor([call(phase)])).toBeNull()
  })
})

describe('what was played', () => {
  const before = { delay: 10, emitted: 8_000, concealed: 100, samples: 8_100, received: 50, lost: 2, jitter: 0.001 }
  it('is measured between two looks, not since the beginning', () => {
    const after = { delay: 10 + 0.05 * 8_000, emitted: 16_000, concealed: 500, samples: 16_500, received: 98, lost: 4, jitter: 0.004 }
    expect(playoutBetween(before, after)).toEqual({
      delayMs: expect.closeTo(50, 6),
      concealedRatio: expect.closeTo(400 / 8_400, 6),
      lossRatio: 2 / 50,
      jitterMs: 4,
    })
  })
  it('is nothing while nothing comes', () => {
    expect(playoutBetween(before, before)).toBeNull()
  })
})
