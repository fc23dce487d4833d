import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { usualTelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import { signedOutAgent } from '#shared/domain/agent/state'
import type { SeatContext } from '../context'
import type { TelephoneService } from './service'

/** The telephone of a seat that has no extension: every key says so, and everything else works. */
export function createTelephone({ publish, now }: Pick<SeatContext, 'publish' | 'now'>): TelephoneService {
  const refused = (): Result<never, AppError> => err(appError('phone/notConfigured', { reason: '中心没有为本坐席登记分机。' }))
  const unknown = (): Result<never, AppError> => err(appError('record/notFound'))
  const startedAt = now()
  return {
    commands: {
      'telephone.dial': refused,
      'telephone.answer': refused,
      'telephone.reject': refused,
      'telephone.hangUp': refused,
      'telephone.hold': refused,
      'telephone.resume': refused,
      'telephone.mute': refused,
      'telephone.sendDigits': refused,
      'telephone.transferBlind': refused,
      'telephone.completeTransfer': refused,
      'telephone.swap': refused,
      'telephone.join': refused,
      'telephone.split': refused,
      'telephone.pauseRecording': refused,
      'telephone.resumeRecording': refused,
      'telephone.reconnect': refused,
      'telephone.directory': () => ok({ entries: [] }),
      'telephone.saveSettings': refused,
      'agent.showReady': refused,
      'agent.showNotReady': refused,
      'agent.extendWrapUp': refused,
      'agent.finishWrapUp': refused,
      'callLog.list': () => ok({ items: [], next: null }),
      'callLog.get': unknown,
      'callLog.describe': unknown,
      'callLog.settleMissed': unknown,
      'sound.connect': () => err(appError('sound/unavailable')),
      'sound.report': () => ok({}),
    },
    show() {
      publish('telephone.changed', {
        line: 'unconfigured',
        lineReason: null,
        extension: null,
        exchangeName: null,
        isDemonstration: false,
        registration: null,
        agent: { ...signedOutAgent(startedAt), forced: null },
        faults: [],
        calls: [],
        focusId: null,
        isConference: false,
        sound: {
          isUp: false,
          microphone: 'absent',
          microphoneLabel: null,
          microphoneSilentSince: null,
          isSpeakerAlive: false,
          speakerLabel: null,
        },
        listeners: [],
        lastEnded: null,
      })
      publish('callQuality.changed', { calls: [] })
      publish('callLog.changed', { recent: [], missed: [] })
      publish('telephoneSettings.changed', usualTelephoneSettings)
    },
  }
}
