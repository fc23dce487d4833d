import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'

/** The fake core's telephone at rest: a line, a headset, nobody ready. */
export function idleFakeTelephone(at: number): TelephoneView {
  return {
    line: 'configured',
    lineReason: null,
    extension: '1002',
    exchangeName: '示例交换机',
    isDemonstration: true,
    registration: {
      state: 'registered',
      since: at,
      status: 200,
      reason: null,
      nextTryAt: null,
      expiresAt: at + 120_000,
      isAnswering: true,
      roundTripMs: 3,
      transport: 'UDP',
      localAddress: '127.0.0.1',
    },
    agent: {
      phase: 'notReady',
      since: at,
      wish: { phase: 'notReady', reason: 'signedIn' },
      forced: null,
      callId: null,
      wrapUpEndsAt: null,
      isCodeDue: false,
    },
    faults: [],
    calls: [],
    focusId: null,
    isConference: false,
    sound: {
      isUp: true,
      microphone: 'present',
      microphoneLabel: '话务耳机',
      microphoneSilentSince: null,
      isSpeakerAlive: true,
      speakerLabel: '话务耳机',
    },
    listeners: [],
    hand: null,
    said: [],
    echoNumber: '*43',
    asksSatisfaction: true,
    supervisionModes: ['listen', 'whisper', 'bargeIn', 'takeOver'],
    lastEnded: null,
    hidesNumbers: false,
  }
}
