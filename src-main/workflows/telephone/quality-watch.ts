import type { CallQualityView } from '#shared/contracts/seat-api/telephone-views'
import { ownGaps, quiet, thresholds, type Warning, type WarningState, watch } from '#shared/domain/call/quality'
import type { CallMeasure } from '../../telephony/media/media'

/** Turns each second of a call into a figure and, when it lasts, into a warning that helps now. */
export interface QualityWatch {
  measured(callId: string, measure: CallMeasure): void
  closed(callId: string): void
  /** Nothing at all has come from the far side for so long. */
  isSilent(callId: string, forMs: number): boolean
  /** `silenced`: nothing is meant to be heard of the seat there. `isMicrophoneDead`: nothing can be. */
  view(silenced: ReadonlySet<string>, isMicrophoneDead: boolean): CallQualityView
}

interface Watched {
  readonly measure: CallMeasure
  readonly states: Readonly<Record<'loss' | 'seatSound' | 'delay' | 'jitter', WarningState>>
}

/** Nobody speaks without a breath for so long at the start of a call; before that, silence is manners. */
const silentAfterMs = 3_000

export function createQualityWatch(): QualityWatch {
  const calls = new Map<string, Watched>()
  return {
    measured(callId, measure) {
      const before = calls.get(callId)?.states ?? { loss: quiet, seatSound: quiet, delay: quiet, jitter: quiet }
      calls.set(callId, {
        measure,
        states: {
          loss: watch(before.loss, measure.received.lossRatio, thresholds.loss),
          seatSound: watch(before.seatSound, gapsAtSeat(measure), thresholds.seatSound),
          delay: watch(before.delay, measure.delayMs, thresholds.delay),
          jitter: watch(before.jitter, measure.received.jitterMs, thresholds.jitter),
        },
      })
    },
    closed: (callId) => void calls.delete(callId),
    isSilent(callId, forMs) {
      const measure = calls.get(callId)?.measure
      return measure !== undefined && measure.received.lastAt !== null && measure.at - measure.received.lastAt > forMs
    },
    view: (silenced, isMicrophoneDead) => ({
      calls: [...calls].map(([callId, { measure, states }]) => ({
        callId,
        mos: measure.score,
        lossRatio: measure.received.lossRatio,
        jitterMs: measure.received.jitterMs,
        roundTripMs: measure.roundTripMs,
        // The worst first: whom nobody hears is not helped by speaking slowly.
        warnings: [
          ...silences(measure, silenced.has(callId), isMicrophoneDead),
          ...(['loss', 'seatSound', 'delay', 'jitter'] as const).filter((name) => states[name].isOn),
        ],
      })),
    }),
  }
}

/** Only while the far side is heard: a page has nothing to play of one that is held. */
function gapsAtSeat({ isReceiving, received, page }: CallMeasure): number {
  return isReceiving && received.packets > 0 && page ? ownGaps({ ...received, seat: page }) : 0
}

/**
 * The far side's packets stopped; or nothing of the seat goes out. That is asked of the microphone itself: in A-law a quiet person and a switched-off microphone
 * are the same smallest step.
 */
function silences({ at, isReceiving, isSending, received, sent }: CallMeasure, isSilenced: boolean, isMicrophoneDead: boolean): Warning[] {
  const warnings: Warning[] = []
  if (isReceiving && (received.lastAt === null || at - received.lastAt > silentAfterMs)) warnings.push('farSilent')
  if (isSending && !isSilenced && (isMicrophoneDead || sent.levelDb === null)) warnings.push('microphoneSilent')
  return warnings
}
