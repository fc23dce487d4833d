import { type Static, Type } from 'typebox'
import { roleIds } from '../../domain/account/role'
import { qualityReviewers } from '../../domain/quality/form'
import { CallQuality } from '../call-shapes'
import { AccountNo, EpochMs, Name, orNull, Uuid } from '../common'
import { AgentQualitySchema, QualityCall, QualityEntryDraft, QualityEntrySchema, QualityFormDocument, QualityRow } from '../quality-shapes'
import { route } from './route'

/** 质检: calls drawn by a plan, each with a file of entries that are only added. Who sees what of a file is `entriesFor`. */
const closed = { additionalProperties: false }
const speakers = roleIds.filter((role) => role !== 'collector')
/** Those who answer for the hall see what came of it; reviewers and 指挥长. */
export const qualityReaders = [...qualityReviewers, 'commander'] as const

export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })

/** A call beside its form. */
export const QualityFileView = Type.Object({
  row: QualityCall,
  /** Everything that this person may see, the oldest first. */
  entries: Type.Array(QualityEntrySchema),
  /** Versions of the form that the entries were made by, and the one in force. */
  forms: Type.Array(QualityFormDocument),
  recordingId: orNull(Uuid),
  recordingState: orNull(Type.Enum(['awaited', 'receiving', 'ready', 'refused', 'purged'])),
  quality: orNull(CallQuality),
  endedBy: Type.String(),
  hangUpReason: orNull(Type.String()),
  wrapUp: orNull(Type.String()),
  /** What was registered of the call, where this person may see the case. */
  report: orNull(
    Type.Object({
      caseId: Uuid,
      caseNo: Type.String(),
      subclassName: Type.String(),
      address: Type.String(),
      summary: Type.String(),
    }),
  ),
})
export type QualityFileView = Static<typeof QualityFileView>

export const qualityRoutes = {
  'quality.list': route({
    method: 'GET',
    path: '/quality',
    tag: 'quality',
    roles: qualityReviewers,
    summary: '某月抽中的通话，连同已有评分、申诉、校准的和因音质剔除的',
    query: Type.Object({ month: Month }, closed),
    response: Type.Object({ items: Type.Array(QualityRow), form: orNull(QualityFormDocument) }),
    errors: [],
  }),
  'quality.mine': route({
    method: 'GET',
    path: '/quality/mine',
    tag: 'quality',
    roles: speakers,
    summary: '本人一年内的质检结果，新的在前',
    response: Type.Object({ items: Type.Array(QualityCall), form: orNull(QualityFormDocument) }),
    errors: [],
  }),
  'quality.reviewers': route({
    method: 'GET',
    path: '/quality/reviewers',
    tag: 'quality',
    roles: qualityReviewers,
    summary: '可以请来校准的质检人员',
    response: Type.Object({ items: Type.Array(Type.Object({ accountNo: AccountNo, name: Name })) }),
    errors: [],
  }),
  'quality.open': route({
    method: 'GET',
    path: '/quality/calls/{callId}',
    tag: 'quality',
    roles: speakers,
    summary: '一通电话的质检经过；他人的通话只有质检人员可看',
    params: Type.Object({ callId: Uuid }),
    response: QualityFileView,
    errors: ['record/notFound'],
  }),
  'quality.enter': route({
    method: 'PUT',
    path: '/quality/calls/{callId}/entries/{entryId}',
    tag: 'quality',
    roles: speakers,
    summary: '质检的一步：评分、更正、申诉、裁定、校准；只追加，不改动',
    idempotent: true,
    params: Type.Object({ callId: Uuid, entryId: Uuid }),
    body: QualityEntryDraft,
    response: QualityEntrySchema,
    errors: [
      'record/notFound',
      'record/exists',
      'quality/formUnknown',
      'quality/incomplete',
      'quality/ownCall',
      'quality/notReviewer',
      'quality/brokenAudio',
      'quality/alreadyScored',
      'quality/notInvited',
      'quality/notScored',
      'quality/notYours',
      'quality/appealOver',
      'quality/appealedOnce',
      'quality/noAppeal',
      'quality/notCalibrating',
      'quality/badReviewers',
    ],
  }),
  'quality.total': route({
    method: 'GET',
    path: '/quality/totals',
    tag: 'quality',
    roles: qualityReaders,
    summary: '某月各人的质检：已评、平均分、一票否决、剔除、申诉、满意',
    query: Type.Object({ month: Month }, closed),
    response: Type.Object({ items: Type.Array(AgentQualitySchema), readAt: EpochMs }),
    errors: [],
  }),
  'quality.saveForm': route({
    method: 'PUT',
    path: '/quality/form',
    tag: 'quality',
    roles: qualityReviewers,
    summary: '改评分表成下一版；谁可以改由表本身定',
    idempotent: true,
    body: Type.Object({ seenVersion: Type.Integer({ minimum: 0 }), form: QualityFormDocument }, closed),
    response: QualityFormDocument,
    errors: ['record/stale', 'record/notFound', 'quality/notEditor', 'quality/formUnusable'],
  }),
} as const
