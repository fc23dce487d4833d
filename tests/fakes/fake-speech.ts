import type { Media, MediaEvent, Recording } from '#main/telephony/media/media'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { createFakeMedia, type FakeMedia } from './fake-media'

/** Speech that is only described, as the telephone sees it: keeps what was asked of it, and says what the test lets it say. */
export interface FakeSpeech extends Media {
  readonly sessions: FakeMedia['sessions']
  readonly joined: (readonly string[])[]
  readonly muted: boolean[]
  readonly digits: string[]
  isPathUp: boolean
  say(event: MediaEvent): void
}

export function createFakeSpeech(port: number, address = '127.0.0.1'): FakeSpeech {
  const media = createFakeMedia(address, port)
  const listeners = new Set<(event: MediaEvent) => void>()
  const recordings = new Map<string, Recording>()
  const change = (callId: string, state: Recording['state']) => {
    const recording = recordings.get(callId)
    if (!recording) return err(appError('recording/notRecording'))
    const next = { ...recording, state }
    recordings.set(callId, next)
    speech.say({ type: 'recordingChanged', recording: next })
    return ok(next)
  }
  const speech: FakeSpeech = {
    port: media,
    sessions: media.sessions,
    joined: [],
    muted: [],
    digits: [],
    isPathUp: true,
    say: (event) => {
      for (const listener of listeners) listener(event)
    },
    connectPage: async () => ok({ answerSdp: 'v=0' }),
    disconnectPage: () => undefined,
    page: () => ({ state: speech.isPathUp ? 'connected' : 'lost', since: 0 }),
    isUp: () => speech.isPathUp,
    reportPage: () => undefined,
    join: (callIds) => void speech.joined.push(callIds),
    setMuted: (isMuted) => void speech.muted.push(isMuted),
    setGain: () => {},
    sendDigits: async (_callId, digits) => {
      speech.digits.push(digits)
      return ok('events')
    },
    beep: () => undefined,
    async startRecording(callId, recordingId) {
      const recording: Recording = {
        recordingId,
        callId,
        state: 'recording',
        startedAt: 0,
        durationMs: 0,
        bytes: 0,
        sha256: null,
        marks: [],
      }
      recordings.set(callId, recording)
      return ok(recording)
    },
    pauseRecording: (callId) => change(callId, 'paused'),
    resumeRecording: (callId) => change(callId, 'recording'),
    recording: (callId) => recordings.get(callId) ?? null,
    recordings: {
      repair: async () => [],
      find: async () => null,
      list: async () => [],
      fileOf: () => null,
      peaks: async () => err(appError('record/notFound')),
      readPiece: async () => undefined,
      freeBytes: async () => null,
      remove: async () => false,
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    counters: () => ({ received: 0, sent: 0, strangers: 0, malformed: 0, toPage: 0, fromPage: 0 }),
    stop: async () => undefined,
  }
  return speech
}
