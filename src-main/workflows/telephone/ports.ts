import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { CallQuality } from '#shared/contracts/call-shapes'
import type { CallQualityView, TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'

/**
 * What the telephone needs of speech, beside the `MediaPort` that signalling uses: one channel to the page's headset, which calls are joined to it,
 * digits, recording, and what was measured. Calls are named by the id that `MediaPort.open` was given. Nothing here waits for the far side.
 */
export interface Sound {
  /** Takes the page's offer and answers it, candidates included. A new channel takes the place of the one before. */
  connect(offerSdp: string): Promise<Result<{ readonly answerSdp: string }, AppError>>
  /** Speech flows between page and program now. */
  isUp(): boolean
  /** Which calls are joined to the headset; whoever is not named hears nothing and is not heard. Called with the whole truth after each change. */
  join(routing: Routing): void
  /** By RFC 4733; false when this call's far side takes none, and INFO must do. */
  sendDigits(callId: string, digits: string): boolean
  /** Identity numbers are spoken: silence is recorded instead, both ways. False when the call is not recorded. */
  pauseRecording(callId: string): boolean
  resumeRecording(callId: string): boolean
  /** What was measured over the call so far; also after it was closed, until `forget`. */
  summaryOf(callId: string): SoundSummary | null
  forget(callId: string): void
  onEvent(listener: (event: SoundEvent) => void): Stop
}

export interface Routing {
  readonly heard: readonly string[]
  /** Of those heard: their far sides do not hear the seat. */
  readonly muted: readonly string[]
  /** The far sides hear each other. */
  readonly isConference: boolean
}

export interface SoundSummary {
  readonly quality: CallQuality | null
  readonly recordingId: string | null
}

export type SoundEvent =
  | { readonly type: 'pathChanged'; readonly isUp: boolean }
  /** Once a second while calls live. */
  | { readonly type: 'measured'; readonly calls: CallQualityView['calls'] }
  /** Packets of a connected, unheld call stopped or came again. */
  | { readonly type: 'flowChanged'; readonly callId: string; readonly isFlowing: boolean }
  | { readonly type: 'recordingChanged'; readonly callId: string; readonly recording: TelephoneCallView['recording'] }
