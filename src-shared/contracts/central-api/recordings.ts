import { type Static, Type } from 'typebox'
import { roleIds } from '../../domain/account/role'
import { mostRecordingBytes, recordingReviewers } from '../../domain/call/recording'
import { AccountNo, Empty, EpochMs, Name, orNull, plainText, SeatNo, Uuid } from '../common'
import { octets, route } from './route'

/**
 * Recordings of calls: they go up in pieces when a seat's line is free and belong to whoever took the call. Nothing of one is heard without a row that
 * says who listened: a play is begun first, and its id opens the content.
 */
const closed = { additionalProperties: false }
const speakers = roleIds.filter((role) => role !== 'collector')

/** One piece of an upload or of a reading holds at most this much: half a minute of a call, so that a new call waits for nothing. */
export const recordingPieceBytes = 512 * 1_024
/** How long a begun play opens the content. */
export const playLifeMs = 2 * 3_600_000

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Share = Type.Number({ minimum: 0, maximum: 1 })
/** Loudest sample of equal stretches, 0–1. */
const OneSide = Type.Array(Share, { maxItems: 600 })

export const RecordingMark = Type.Object(
  { kind: Type.Enum(['pause', 'resume', 'gap']), atMs: Type.Integer({ minimum: 0, maximum: 86_400_000 }) },
  closed,
)

const facts = {
  recordingId: Uuid,
  callId: Uuid,
  startedAt: EpochMs,
  durationMs: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
  bytes: Type.Integer({ minimum: 1, maximum: mostRecordingBytes }),
  sha256: Sha256,
  /** Where recording was paused or went on, and where the program was not running. */
  marks: Type.Array(RecordingMark, { maxItems: 200 }),
  /** The waveform: left the far side, right the seat. */
  peaks: Type.Object({ left: OneSide, right: OneSide }, closed),
}

export const RecordingAnnouncement = Type.Object(facts, closed)
export type RecordingAnnouncement = Static<typeof RecordingAnnouncement>

export const RecordingProgress = Type.Object({
  recordingId: Uuid,
  /** Octets that are here; the next piece begins there. */
  received: Type.Integer({ minimum: 0 }),
  isComplete: Type.Boolean(),
})
export type RecordingProgress = Static<typeof RecordingProgress>

/** `purged`: its time was over; what it was stays, what was said is gone. */
export const recordingStates = ['receiving', 'ready', 'refused', 'purged'] as const
export const RecordingState = Type.Enum([...recordingStates])

export const RecordingOnFile = Type.Object({
  ...facts,
  seatNo: SeatNo,
  accountNo: AccountNo,
  state: RecordingState,
  uploadedAt: orNull(EpochMs),
  purgedAt: orNull(EpochMs),
})
export type RecordingOnFile = Static<typeof RecordingOnFile>

/** 保全: why a recording is kept beyond its days, and for whom; one stands on a recording at a time. */
export const RecordingHold = Type.Object({ holdId: Uuid, reason: Type.String(), byNo: AccountNo, byName: Name, at: EpochMs })
export type RecordingHold = Static<typeof RecordingHold>
export const HoldReason = Type.String({ minLength: 2, maxLength: 200, pattern: plainText })

const params = Type.Object({ recordingId: Uuid })
const ofHold = Type.Object({ recordingId: Uuid, holdId: Uuid })

export const recordingRoutes = {
  'recordings.begin': route({
    method: 'POST',
    path: '/recordings',
    tag: 'recordings',
    roles: speakers,
    summary: '开始上传一通电话的录音，或问它传到了哪里',
    idempotent: true,
    body: RecordingAnnouncement,
    response: RecordingProgress,
    errors: ['record/exists', 'recording/wrongType', 'recording/purged'],
  }),
  'recordings.append': route({
    method: 'PUT',
    path: '/recordings/{recordingId}/content',
    tag: 'recordings',
    roles: speakers,
    summary: '上传录音的一段；收齐后核对',
    consumes: octets,
    bodyLimitBytes: recordingPieceBytes,
    params,
    query: Type.Object({ offset: Type.Integer({ minimum: 0, maximum: mostRecordingBytes }) }, closed),
    response: RecordingProgress,
    errors: [
      'recording/unknown',
      'recording/wrongOffset',
      'recording/tooLong',
      'recording/hashMismatch',
      'recording/wrongType',
      'recording/notStored',
      'recording/purged',
    ],
  }),
  'recordings.play': route({
    method: 'PUT',
    path: '/recordings/{recordingId}/plays/{playId}',
    tag: 'recordings',
    roles: speakers,
    summary: '登记一次收听；每次都记入审计日志，登记后才能取内容',
    params: Type.Object({ recordingId: Uuid, playId: Uuid }),
    body: Type.Object(
      {
        callId: Uuid,
        at: EpochMs,
        /** `seat`: heard from the seat's own copy, told afterwards; nothing is asked for. */
        source: Type.Enum(['seat', 'centre']),
      },
      closed,
    ),
    response: Type.Object({ recording: orNull(RecordingOnFile) }),
    errors: ['record/exists', 'recording/unknown', 'recording/notReady', 'recording/purged'],
  }),
  'recordings.hold': route({
    method: 'PUT',
    path: '/recordings/{recordingId}/holds/{holdId}',
    tag: 'recordings',
    roles: recordingReviewers,
    summary: '保全一段有争议的录音：到期不清除，直到解除；记入审计',
    params: ofHold,
    body: Type.Object({ reason: HoldReason }, closed),
    response: RecordingHold,
    errors: ['recording/unknown', 'recording/purged', 'recording/held', 'record/exists'],
  }),
  'recordings.release': route({
    method: 'PUT',
    path: '/recordings/{recordingId}/holds/{holdId}/release',
    tag: 'recordings',
    roles: recordingReviewers,
    summary: '解除录音的保全；过了保存期限的随后清除；记入审计',
    params: ofHold,
    body: Type.Object({ reason: HoldReason }, closed),
    response: Empty,
    errors: ['recording/notHeld'],
  }),
  'recordings.read': route({
    method: 'GET',
    path: '/recordings/{recordingId}/content',
    tag: 'recordings',
    roles: speakers,
    summary: '录音的一段，凭登记过的收听',
    produces: octets,
    params,
    query: Type.Object(
      {
        playId: Uuid,
        from: Type.Integer({ minimum: 0, maximum: mostRecordingBytes }),
        length: Type.Integer({ minimum: 1, maximum: recordingPieceBytes }),
      },
      closed,
    ),
    response: Type.String({ description: '这一段的字节；到文件末尾为止' }),
    errors: ['recording/unknown', 'recording/purged'],
  }),
} as const
