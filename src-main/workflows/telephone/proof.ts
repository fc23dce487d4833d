import type { Clock, EpochMs } from '#shared/base/clock'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SoundView } from '#shared/contracts/seat-api/telephone-views'
import { defaultProofLimits, type Fault, findFaults, type Proof, type ProofLimits } from '#shared/domain/agent/answerability'
import type { RegistrationView } from '../../telephony/sip/user-agent'

/** Gathers what was last proved about this seat's ability to answer. Times are this PC's: durations are measured, not dates. */
export interface ProofBook {
  report(report: InputOfCommand<'sound.report'>): void
  faults(registration: RegistrationView | null, optionsEveryS: number): readonly Fault[]
  /** Nobody can be heard through this seat now: no microphone, one that gives nothing but zeros, or no way from it to here. */
  isMicrophoneDead(): boolean
  /** `offsetMs`: the centre's clock minus this PC's. */
  soundView(offsetMs: number): SoundView
}

/** Of full scale: one step of 16 bits is 1/32768. Below it there is nothing but a switched-off microphone. */
const digitalSilence = 1 / 32_768
/** The page reports every second; one that is gone or hung for so long neither hears nor plays. */
const reportFreshMs = 5_000
/** A quiet second is no news. */
const silentShownAfterMs = 3_000

export function createProofBook(clock: Clock, isPathUp: () => boolean): ProofBook {
  let last: { readonly report: InputOfCommand<'sound.report'>; readonly at: EpochMs } | null = null
  let heardAt: EpochMs | null = null

  const isFresh = (): boolean => last !== null && clock.now() - last.at < reportFreshMs
  const isUp = (): boolean => isPathUp() && isFresh()
  const isSilent = (): boolean => last?.report.microphone === 'present' && heardAt !== null && clock.now() - heardAt > silentShownAfterMs
  return {
    isMicrophoneDead: () => !isUp() || last?.report.microphone !== 'present' || isSilent(),
    report(report) {
      const at = clock.now()
      // A headset that was just plugged in is given its time to be heard.
      const isNew = last?.report.microphone !== 'present' && report.microphone === 'present'
      last = { report, at }
      if (report.microphonePeak > digitalSilence || isNew) heardAt = at
    },
    faults(registration, optionsEveryS) {
      const now = clock.now()
      const proof: Proof = {
        isRegistered: registration !== null && (registration.state === 'registered' || (registration.expiresAt ?? 0) > now),
        registeredUntil: registration?.expiresAt ?? null,
        exchangeAnsweredAt: registration && answeredAt(registration, optionsEveryS, now),
        // Nobody has looked yet, or the page is gone: the path is what is missing, and not the headset.
        microphone: last?.report.microphone ?? 'present',
        microphoneHeardAt: heardAt,
        isSoundPathUp: isUp(),
        isSpeakerAlive: last?.report.isSpeakerAlive ?? true,
      }
      return findFaults(proof, now, limitsFor(optionsEveryS))
    },
    soundView(offsetMs) {
      const report = last?.report
      return {
        isUp: isUp(),
        microphone: report?.microphone ?? 'absent',
        microphoneLabel: report?.microphoneLabel ?? null,
        microphoneSilentSince: isSilent() && heardAt !== null ? Math.round(heardAt + offsetMs) : null,
        isSpeakerAlive: report?.isSpeakerAlive ?? false,
        speakerLabel: report?.speakerLabel ?? null,
      }
    },
  }
}

/** Before the first OPTIONS was answered, the registration is the proof. An exchange that is never asked is believed as long as the binding lasts. */
function answeredAt({ lastAnsweredAt, since }: RegistrationView, optionsEveryS: number, now: EpochMs): EpochMs {
  if (optionsEveryS === 0) return now
  return Math.max(lastAnsweredAt ?? 0, since)
}

/** OPTIONS may be lost twice, and the third is given a moment. */
const limitsFor = (optionsEveryS: number): ProofLimits => ({
  ...defaultProofLimits,
  exchangeSilentMs: Math.max(defaultProofLimits.exchangeSilentMs, optionsEveryS * 2_000 + 10_000),
})
