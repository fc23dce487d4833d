import type { AgentInterval, CallRecord } from '#shared/contracts/call-shapes'
import type { DutyLogDraft } from '#shared/contracts/central-api/duty-log'
import type { MoraleReportDraft } from '#shared/contracts/central-api/morale'
import type { SeatCheck } from '#shared/contracts/central-api/seat-checks'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import type { RepairStep } from '#shared/domain/equipment/repair'
import type { PatrolStop } from '#shared/domain/patrol/patrol'
import type { NoteBody } from './cases/note-case'
import type { RegisterBody } from './cases/register-case'
import type { Central, Deliver, Intent, IntentKindName, Store } from './ports'
import type { QualityBody } from './quality-desk'
import type { PlayBody } from './recordings/recording-intents'
import { type UploadRecordingParts, uploadRecording } from './recordings/upload-recording'
import type { RegisterKey } from './shift/register-key'
import type { RevealBody } from './telephone/call-intents'
import { uploadAttachment } from './upload-attachment'

/**
 * Sends one queued record with the credential of whoever made it. The intent's id is the idempotency key, so however often an answer is lost,
 * the centre does it once. A row per kind; the compiler asks for a missing one.
 */
type Sender = (
  parts: DeliverParts,
  intent: Intent,
  options: { readonly accountNo: string; readonly timeoutMs: number },
) => ReturnType<Deliver>

export interface DeliverParts {
  readonly central: Central
  readonly attachments: Pick<Store['attachments'], 'readPiece'>
  readonly recordings: UploadRecordingParts['recordings']
  readonly isLineFree: () => boolean
  /** The centre knows the key of this seat, from now on at the latest. */
  readonly registerKey: RegisterKey
}

/** Nobody waits in front of a queued record: a slow centre is given time rather than asked again. */
const deliveryTimeoutMs = 10_000

const senders: { readonly [N in IntentKindName]: Sender } = {
  async 'dutyLog.append'(parts, intent, options) {
    const { central } = parts
    const isKeyKnown = await parts.registerKey(options)
    if (!isKeyKnown.ok) return isKeyKnown
    return central.call('dutyLog.append', { body: intent.body as DutyLogDraft, idempotencyKey: intent.intentId }, options)
  },
  async 'handover.step'(parts, intent, options) {
    const isKeyKnown = await parts.registerKey(options)
    if (!isKeyKnown.ok) return isKeyKnown
    const step = intent.body as HandoverStepSchema
    return parts.central.call(
      'handovers.step',
      { params: { handoverId: step.handoverId }, body: step, idempotencyKey: intent.intentId },
      options,
    )
  },
  'case.note'({ central }, intent, options) {
    const { caseId, action, input, version } = intent.body as NoteBody
    return central.call(
      'cases.act',
      { params: { caseId, action }, body: input, ifMatch: version, idempotencyKey: intent.intentId },
      options,
    )
  },
  'case.register': ({ central }, intent, options) =>
    central.call('cases.register', { body: (intent.body as RegisterBody).draft, idempotencyKey: intent.intentId }, options),
  'call.keep'({ central }, intent, options) {
    const record = intent.body as CallRecord
    return central.call('calls.keep', { params: { callId: record.callId }, body: record, idempotencyKey: intent.intentId }, options)
  },
  'agent.interval': ({ central }, intent, options) =>
    central.call('agentIntervals.append', { body: intent.body as AgentInterval, idempotencyKey: intent.intentId }, options),
  'call.reveal'({ central }, intent, options) {
    const { callId, revealId, at } = intent.body as RevealBody
    return central.call('calls.reveal', { params: { callId, revealId }, body: { at }, idempotencyKey: intent.intentId }, options)
  },
  'seatCheck.keep'({ central }, intent, options) {
    const check = intent.body as SeatCheck
    return central.call('seatChecks.keep', { params: { checkId: check.checkId }, body: check, idempotencyKey: intent.intentId }, options)
  },
  'patrol.keep'({ central }, intent, options) {
    const { byNo: _byNo, byName: _byName, ...body } = intent.body as PatrolStop
    return central.call('patrols.keep', { params: { stopId: body.stopId }, body, idempotencyKey: intent.intentId }, options)
  },
  'quality.enter'({ central }, intent, options) {
    const { callId, entryId, at, content } = intent.body as QualityBody
    return central.call('quality.enter', { params: { callId, entryId }, body: { content, at }, idempotencyKey: intent.intentId }, options)
  },
  'repair.step'({ central }, intent, options) {
    const { stepId, orderId, at, words } = intent.body as RepairStep
    return central.call('repairs.step', { params: { orderId }, body: { stepId, at, words }, idempotencyKey: intent.intentId }, options)
  },
  'morale.report': ({ central }, intent, options) =>
    central.call('moraleReports.append', { body: intent.body as MoraleReportDraft, idempotencyKey: intent.intentId }, options),
  'recording.upload': (parts, intent) => uploadRecording(parts, intent),
  'recording.play'({ central }, intent, options) {
    const { recordingId, playId, callId, at } = intent.body as PlayBody
    return central.call('recordings.play', { params: { recordingId, playId }, body: { callId, at, source: 'seat' } }, options)
  },
  'attachment.upload': ({ central, attachments }, intent) => uploadAttachment(central, attachments, intent),
}

export function createDeliver(parts: DeliverParts): Deliver {
  return (intent) => senders[intent.kind](parts, intent, { accountNo: intent.accountNo, timeoutMs: deliveryTimeoutMs })
}
