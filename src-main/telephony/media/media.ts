import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { MediaPort } from '../sip/media-session'

/**
 * The one door of speech: what the rest of the core may ask of it, and what it is told. Signalling gets `port`; the page that owns headset and
 * loudspeaker is connected by `connectPage`; the telephone says which calls are at the headset. Everything that crosses is a value, no packet and
 * no WebRTC object leaves this room, and nothing here throws.
 *
 *   exchange ⇄ RTP, one socket per call ⇄ mix ⇄ WebRTC over loopback ⇄ the page
 *                                          └ recorder
 *
 * A call is named by the `callId` that signalling opened its speech with. Requests for calls that have no speech (yet, or any more) answer
 * `phone/callEnded`, those without an answer do nothing.
 */
export interface Media {
  /** For signalling: opens, applies and closes the speech of calls. */
  readonly port: MediaPort

  /**
   * Answers the offer of the page that owns the sound (SDP, one audio stream with PCMA or PCMU). A page that was connected before is let go; calls go on
   * meanwhile. `phone/soundRefused`: the offer cannot be used.
   */
  connectPage(offerSdp: string): Promise<Result<{ readonly answerSdp: string }, AppError>>
  /** The window that owned the sound is gone. */
  disconnectPage(): void
  page(): PageLink
  /** Speech can flow between the page and this program now. */
  isUp(): boolean
  /** What the page measured of its own half; the newest counts in the quality of calls. Give it at least every few seconds. */
  reportPage(report: PageReport): void

  /**
   * Which calls are at the headset. None: everybody hears silence. One: that call. Two: a conference, mixed here; each hears the other and the seat.
   * Calls that are not named are sent silence. Names of calls whose speech opens later count from then on.
   */
  join(callIds: readonly string[]): void
  /** Sends silence in place of the microphone to every call until taken back. Recording keeps what the citizen hears: silence. */
  setMuted(isMuted: boolean): void
  /** Loudness of the microphone toward calls and recordings, 0–2; 1 as it comes. */
  setGain(factor: number): void
  /**
   * `0-9*#A-D`, at most 32, one after the other as RFC 4733 events, or as tones in band when the far side takes no events; says which. Settles when
   * the last was sent. `call/badDigits`, `phone/callEnded`.
   */
  sendDigits(callId: string, digits: string, durationMs?: number): Promise<Result<'events' | 'tones', AppError>>
  /** A short tone to the headset, e.g. before a call is answered by policy. Nobody else hears it. */
  beep(): void

  /**
   * Begins to record a call, or goes on with the recording of that id after a restart; what was lost in between becomes silence. A recording ends
   * with its call. `recording/diskFull`, `recording/notWritable`: the call goes on without.
   */
  startRecording(callId: string, recordingId: string): Promise<Result<Recording, AppError>>
  /** What is said meanwhile is replaced by silence; both ends of the pause are marked. */
  pauseRecording(callId: string): Result<Recording, AppError>
  resumeRecording(callId: string): Result<Recording, AppError>
  recording(callId: string): Recording | null
  readonly recordings: Recordings

  onEvent(listener: (event: MediaEvent) => void): Stop
  counters(): MediaCounters
  /** Closes every socket and file. Calls whose speech is open keep their state in the journal, so that the next process may go on. */
  stop(): Promise<void>
}

export interface PageLink {
  /** `lost`: it was connected, and nothing comes from it now; the page will offer again. */
  readonly state: 'none' | 'connecting' | 'connected' | 'lost'
  readonly since: EpochMs
}

export interface PageReport {
  /** How long the page holds arriving speech before it plays it, milliseconds. */
  readonly playoutDelayMs: number | null
  /** Share of what it played last second that was made up because nothing had come, 0–1. */
  readonly concealedRatio: number | null
  /** Lost between this program and the page, 0–1, and how unevenly it came there: both of the loopback, and nothing of the line. */
  readonly lossRatio: number | null
  readonly jitterMs: number | null
}

export type MediaEvent =
  | { readonly type: 'pageChanged'; readonly page: PageLink }
  /** Each second of each call whose speech was agreed. */
  | { readonly type: 'measured'; readonly callId: string; readonly measure: CallMeasure }
  /** A key that the far side pressed, once for each press. */
  | { readonly type: 'digitReceived'; readonly callId: string; readonly digit: string; readonly durationMs: number }
  | { readonly type: 'recordingChanged'; readonly recording: Recording }
  /** The recording cannot go on; the call does. `recording/diskFull`, `recording/notWritable`. */
  | { readonly type: 'recordingFailed'; readonly recording: Recording; readonly error: AppError }
  /** The speech of a call is over: what was measured over all of it. */
  | { readonly type: 'closed'; readonly callId: string; readonly total: CallTotal }

/** One second of a call, on the exchange's side of the relay unless said otherwise. */
export interface CallMeasure {
  readonly at: EpochMs
  readonly isSending: boolean
  readonly isReceiving: boolean
  readonly received: {
    readonly packets: number
    /** Missing in the second, or too late to be played. */
    readonly lost: number
    readonly lossRatio: number
    /** RFC 3550 §6.4.1, milliseconds. */
    readonly jitterMs: number
    /** Loudest stretch of the second, dB below full scale (0 loudest); null: nothing came. */
    readonly levelDb: number | null
    /** Last packet from the far side; null: none yet. */
    readonly lastAt: EpochMs | null
    /** Last speech: more than line noise. */
    readonly speechAt: EpochMs | null
  }
  readonly sent: {
    readonly packets: number
    readonly levelDb: number | null
    /** Last speech of the seat that went out. */
    readonly speechAt: EpochMs | null
    /** As the far side reports (RTCP); null: it does not. */
    readonly peerLossRatio: number | null
    readonly peerJitterMs: number | null
  }
  /** To the exchange and back, from RTCP; null: not known. */
  readonly roundTripMs: number | null
  /** Mouth to ear as far as it is known. */
  readonly delayMs: number
  /** R of ITU-T G.107, and the mean opinion score; null while nothing should come (held) or nothing came yet. */
  readonly rating: number | null
  readonly score: number | null
  /** The page's half. */
  readonly page: PageReport | null
}

export interface CallTotal {
  readonly seconds: number
  readonly packetsReceived: number
  readonly packetsSent: number
  readonly packetsLost: number
  /** Null: nothing should have come. */
  readonly lossRatio: number | null
  readonly jitterMeanMs: number | null
  readonly jitterWorstMs: number | null
  readonly roundTripMeanMs: number | null
  readonly peerLossRatio: number | null
  readonly scoreMean: number | null
  readonly scoreWorst: number | null
  /** The page's half, means over the seconds in which it said something; null: it never did. */
  readonly page: Omit<PageReport, 'playoutDelayMs'> | null
}

export interface Recording {
  readonly recordingId: string
  readonly callId: string
  readonly state: 'recording' | 'paused' | 'finished' | 'failed'
  readonly startedAt: EpochMs
  readonly durationMs: number
  readonly bytes: number
  /** Of the finished file, lower-case hexadecimal; null before. */
  readonly sha256: string | null
  readonly marks: readonly RecordingMark[]
}

/** Where something happened, milliseconds from the start of the recording. `gap`: the program was not running. */
export interface RecordingMark {
  readonly kind: 'pause' | 'resume' | 'gap'
  readonly atMs: number
}

/** The recordings kept at this seat: stereo A-law WAV, left the far side, right the seat. */
export interface Recordings {
  /** Finishes what a dead process left, so that each file is whole and hashed; those of calls that go on are given in `except`. */
  repair(except: readonly string[]): Promise<readonly Recording[]>
  find(recordingId: string): Promise<Recording | null>
  list(): Promise<readonly Recording[]>
  /** Absolute path of the file; null when there is none. */
  fileOf(recordingId: string): string | null
  /** Loudest sample of each of `count` equal stretches, 0–1, for each side. `record/notFound`. */
  peaks(
    recordingId: string,
    count: number,
  ): Promise<Result<{ readonly left: readonly number[]; readonly right: readonly number[] }, AppError>>
  /** Octets from a place on, fewer at the end of the file; undefined when there is none. */
  readPiece(recordingId: string, from: number, length: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Room on the disk that they lie on; null when it does not say. */
  freeBytes(): Promise<number | null>
  /** Deletes file and notes; true when there was something. */
  remove(recordingId: string): Promise<boolean>
}

export interface MediaCounters {
  readonly received: number
  readonly sent: number
  /** Packets from addresses that no call agreed on. */
  readonly strangers: number
  /** From the right address, but no RTP, or not authentic (SRTP). */
  readonly malformed: number
  readonly toPage: number
  readonly fromPage: number
}

/**
 * Keeps, each second, what a stream needs to go on seamlessly in the next process: the far side hears one stream, and a secured one could not be
 * continued otherwise (RFC 3711 §3.3.1). Plain JSON. Nothing here is personal, but the journal of calls beside it is.
 */
export interface MediaJournal {
  read(callId: string): StreamState | null
  write(callId: string, state: StreamState): void
  remove(callId: string): void
}

export interface StreamState {
  readonly at: EpochMs
  readonly ssrc: number
  /** Of the last packet sent, 48 bits: roll-over counter and sequence number. */
  readonly sentIndex: number
  readonly timestamp: number
  /** Of the newest packet received, 48 bits; null: none. */
  readonly receivedIndex: number | null
  readonly sentRtcpIndex: number
  /** What is being recorded of it. */
  readonly recordingId: string | null
}
