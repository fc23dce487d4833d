import type { EpochMs } from '#shared/base/clock'
import { err } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { writeNumber } from '#shared/domain/call/number'
import type { IntentKind, Store } from '../ports'
import type { RecordingUploadBody } from './upload-recording'

/**
 * Recordings and plays on their way, as the outbox treats them. Nobody takes one back: what was said, and who listened, is not for the person to keep from
 * the centre.
 */
const nothing = (): void => undefined
const evidence = {
  canWithdraw: false,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  ...{ parked: nothing, requeued: nothing, withdrawn: nothing },
} as const

export function recordingKind(store: Pick<Store, 'calls' | 'recordings'>, now: () => EpochMs): IntentKind {
  return {
    ...evidence,
    title: '通话录音',
    summary(body) {
      const call = store.calls.get((body as RecordingUploadBody).callId)
      if (!call) return '线路空闲时上传'
      return `${call.direction === 'incoming' ? '来电' : '去电'} ${call.number === null ? '号码未显示' : writeNumber(call.number)}，线路空闲时上传`
    },
    delivered: (body) => store.recordings.setSent((body as RecordingUploadBody).recordingId, now()),
  }
}

/** Somebody listened to the copy of this seat: the centre's audit hears of it. */
export interface PlayBody {
  readonly recordingId: string
  readonly playId: string
  readonly callId: string
  readonly at: EpochMs
}

export const playKind: IntentKind = { ...evidence, title: '收听录音', summary: () => '记入中心的审计', delivered: nothing }
