import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { MediaPort } from '../sip/media-session'
import { isDigits } from './audio/tones'
import { type CallSpeech, createCallSpeech } from './calls/call-speech'
import { createHeadset } from './headset'
import type { Media, MediaEvent, MediaJournal, PageReport } from './media'
import { type OpenRecordingFile, openRecordingFile } from './record/recording-file'
import { createRecordingFolder } from './record/recordings'
import { createPageEnd } from './relay/page-link'
import { openRtpSocket, portPairs, type RtpSocket } from './rtp/rtp-socket'

/** What `createMedia` is given. */
export interface MediaParts {
  readonly clock: Clock
  readonly log: Log
  /** Unguessable octets: SSRC, first sequence numbers, SRTP keys. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly journal: MediaJournal
  readonly settings: MediaSettings
  /** The disk that recordings go to; absent: this machine's. */
  readonly openFile?: OpenRecordingFile
}

export interface MediaSettings {
  /** The address that the exchange reaches this PC at; asked again for each offer, because it changes. */
  readonly address: () => string
  /** RTP ports, even ones of this range; RTCP one above. */
  readonly ports: { readonly from: number; readonly to: number }
  /** As the exchange's profile says; asked anew for each call. */
  readonly srtp: () => 'off' | 'optional' | 'required'
  readonly recordingFolder: string
}

export const usualPorts = { from: 40_000, to: 40_998 }
const usualDigitMs = 120
/** What the page measured is of no use when it is older. */
const reportLifeMs = 5_000

/** Puts the parts of speech together (see `media.ts`). */
export function createMedia({ clock, log, randomBytes, journal, settings, openFile = openRecordingFile }: MediaParts): Media {
  const calls = new Map<string, CallSpeech>()
  const listeners = new Set<(event: MediaEvent) => void>()
  const counts = { received: 0, sent: 0, strangers: 0, malformed: 0 }
  let report: { readonly value: PageReport; readonly atMs: number } | null = null
  const tell = (event: MediaEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const random = (): number => Buffer.from(randomBytes(4)).readUInt32BE(0) / 2 ** 32
  const recordings = createRecordingFolder({ folder: settings.recordingFolder, clock, log, openFile })
  const page = createPageEnd(
    { clock, log, random },
    { onChanged: (link) => tell({ type: 'pageChanged', page: link }), onFrame: (aLaw) => headset.frame(aLaw) },
  )
  const headset = createHeadset({ clock, page, calls })

  const open: MediaPort['open'] = async (callId, resumed) => {
    const ports = resumed ? [resumed.local.port] : portPairs(settings.ports, random())
    const family = settings.address().includes(':') ? 6 : 4
    const socket = await openRtpSocket({
      ...{ family, ports, monotonicMs: () => clock.monotonicMs() },
      onPacket: (kind, bytes, from) => {
        const taken = speech.take(kind, bytes, from)
        if (taken === 'taken') counts.received += 1
        else counts[taken === 'stranger' ? 'strangers' : 'malformed'] += 1
      },
      onDropped: () => {
        counts.malformed += 1
      },
    })
    if (!socket) {
      log.error('no port for speech', { from: ports[0], tried: ports.length })
      return err(appError('sound/unavailable'))
    }
    const counted: RtpSocket = {
      ...socket,
      send: (kind, bytes, to) => {
        counts.sent += 1
        socket.send(kind, bytes, to)
      },
    }
    const speech = createCallSpeech({
      ...{ callId, clock, randomBytes, journal, resumed: resumed ?? null, address: settings.address, srtp: settings.srtp() },
      socket: () => counted,
      page: () => (report && clock.monotonicMs() - report.atMs < reportLifeMs ? report.value : null),
      onSpeech: (heard) => headset.heard(callId, heard),
      onDigit: (digit, durationMs) => tell({ type: 'digitReceived', callId, digit, durationMs }),
      onMeasured: (measure) => tell({ type: 'measured', callId, measure }),
      onClosed: (total) => {
        calls.delete(callId)
        headset.callsChanged()
        socket.close()
        if (!isStopping) journal.remove(callId)
        speech
          .recorder()
          ?.close()
          .catch(() => {})
        tell({ type: 'closed', callId, total })
      },
    })
    calls.set(callId, speech)
    headset.callsChanged()
    return ok(speech.session)
  }
  let isStopping = false

  return {
    port: { open },
    connectPage: async (offerSdp) => {
      const answerSdp = await page.connect(offerSdp)
      return answerSdp === null ? err(appError('phone/soundRefused')) : ok({ answerSdp })
    },
    disconnectPage: page.disconnect,
    page: page.view,
    isUp: () => page.view().state === 'connected',
    reportPage: (value) => {
      report = { value, atMs: clock.monotonicMs() }
    },
    join: headset.join,
    setMuted: headset.setMuted,
    setGain: headset.setGain,
    beep: headset.beep,
    sendDigits: async (callId, digits, durationMs = usualDigitMs) => {
      const call = calls.get(callId)
      if (!call) return err(appError('phone/callEnded'))
      if (!isDigits(digits)) return err(appError('call/badDigits'))
      const sent = await call.sendDigits(digits, durationMs)
      return sent ? ok(sent) : err(appError(calls.has(callId) ? 'phone/notNow' : 'phone/callEnded', { state: '保持' }))
    },
    startRecording: async (callId, recordingId) => {
      const call = calls.get(callId)
      if (!call) return err(appError('phone/callEnded'))
      const running = call.recorder()
      if (running) return ok(running.view())
      const begun = await recordings.begin(callId, recordingId, {
        onChanged: (recording) => tell({ type: 'recordingChanged', recording }),
        onFailed: (recording, error) => tell({ type: 'recordingFailed', recording, error }),
      })
      if (!begun.ok) return begun
      call.recordTo(begun.value, recordingId)
      // The call may have ended while the file was opened.
      if (!calls.has(callId)) await begun.value.close()
      return ok(begun.value.view())
    },
    pauseRecording: (callId) => changeRecording(callId, 'pause'),
    resumeRecording: (callId) => changeRecording(callId, 'resume'),
    recording: (callId) => calls.get(callId)?.recorder()?.view() ?? null,
    recordings,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    counters: () => ({ ...counts, ...page.counts() }),
    stop: async () => {
      isStopping = true
      const closing = [...calls.values()].map(({ session, recorder }) => {
        const written = recorder()
        session.close()
        return written?.close()
      })
      headset.stop()
      page.stop()
      await Promise.all(closing)
      listeners.clear()
    },
  }

  function changeRecording(callId: string, change: 'pause' | 'resume') {
    const recorder = calls.get(callId)?.recorder()
    return recorder ? ok(recorder[change]()) : err(appError('recording/notRecording'))
  }
}
