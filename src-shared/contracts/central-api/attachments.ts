import { type Static, Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { AccountNo, EpochMs, orNull, plainText, Uuid } from '../common'
import { octets, route } from './route'

/**
 * Attachments of cases: photos, signed documents, short sound. They are sent in pieces and belong to nobody's case until a case action names
 * them. Marks that people draw on a photo are data of the case, never a second picture.
 */
export const attachmentPurposes = ['report', 'verification', 'before', 'after', 'check', 'document', 'other'] as const

const MB = 1_048_576
/** What is taken in, by the type of its content. SVG is not among them: it may carry scripts. HEIC is not: the decoder has no right to it. */
export const mediaTypes = {
  'image/jpeg': { kind: 'photo', extension: 'jpg', mostBytes: 25 * MB },
  'image/png': { kind: 'photo', extension: 'png', mostBytes: 25 * MB },
  'image/webp': { kind: 'photo', extension: 'webp', mostBytes: 25 * MB },
  'application/pdf': { kind: 'document', extension: 'pdf', mostBytes: 50 * MB },
  'audio/mpeg': { kind: 'sound', extension: 'mp3', mostBytes: 25 * MB },
  'audio/mp4': { kind: 'sound', extension: 'm4a', mostBytes: 25 * MB },
  'audio/ogg': { kind: 'sound', extension: 'ogg', mostBytes: 25 * MB },
  'audio/wav': { kind: 'sound', extension: 'wav', mostBytes: 25 * MB },
} as const
export type MediaType = keyof typeof mediaTypes

/** One piece of an upload holds at most this much; only the last may be shorter than the sender likes. */
export const chunkLimitBytes = 4 * MB

/** Who may read a photo as it was taken, with its place and camera, and see where and by whom. */
export const originalRoles = ['shiftLead', 'director', 'assistant', 'intake'] as const satisfies readonly RoleId[]

export const variants = ['original', 'display', 'thumb'] as const
/** `original` as it was sent · `display` at most 1600 px · `thumb` at most 320 px, both upright and without EXIF. */
export type Variant = (typeof variants)[number]

const closed = { additionalProperties: false }

/** WGS 84 degrees. */
export const Position = Type.Object(
  { lng: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
  closed,
)
const Purpose = Type.Enum([...attachmentPurposes])
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: '整个文件的 SHA-256，小写十六进制' })

export const AttachmentAnnouncement = Type.Object(
  {
    attachmentId: Uuid,
    purpose: Purpose,
    fileName: Type.String({ minLength: 1, maxLength: 120, pattern: plainText }),
    mediaType: Type.String({ maxLength: 100, pattern: plainText, description: Object.keys(mediaTypes).join('、') }),
    bytes: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    sha256: Sha256,
    takenAt: Type.Optional(orNull(EpochMs)),
    position: Type.Optional(orNull(Position)),
  },
  closed,
)
export type AttachmentAnnouncement = Static<typeof AttachmentAnnouncement>

export const UploadProgress = Type.Object({
  attachmentId: Uuid,
  received: Type.Integer({ minimum: 0, description: '已收到的字节数，下一段从这里开始' }),
  isComplete: Type.Boolean({ description: '已收齐并通过检查' }),
})
export type UploadProgress = Static<typeof UploadProgress>

/** `receiving` until every byte is there and proven; `refused` for good, with the code of the reason. */
export const attachmentStates = ['receiving', 'ready', 'refused'] as const

export const Attachment = Type.Object({
  attachmentId: Uuid,
  purpose: Purpose,
  fileName: Type.String({ description: '去掉路径与不可见字符后的文件名，扩展名与内容一致' }),
  mediaType: Type.String(),
  bytes: Type.Integer(),
  received: Type.Integer(),
  sha256: Sha256,
  width: orNull(Type.Integer({ description: '转正后的像素宽；不是照片时为空' })),
  height: orNull(Type.Integer()),
  /** As the sender said. */
  takenAt: orNull(EpochMs),
  position: orNull(Position),
  /** As the file itself says. */
  exifTakenAt: orNull(EpochMs),
  /** Null also for those who may not read the original. */
  exifPosition: orNull(Position),
  uploadedAt: orNull(EpochMs),
  /** Null for those who may not know. */
  uploaderNo: orNull(AccountNo),
  isComplete: Type.Boolean(),
  state: Type.Enum([...attachmentStates]),
  refusal: orNull(Type.String({ description: '未收下的原因（错误码）' })),
})
export type Attachment = Static<typeof Attachment>

const params = Type.Object({ attachmentId: Uuid })

export const attachmentRoutes = {
  'attachments.begin': route({
    method: 'POST',
    path: '/attachments',
    tag: 'attachments',
    roles: 'signedIn',
    summary: '开始上传一个附件，或问它传到了哪里',
    idempotent: true,
    body: AttachmentAnnouncement,
    response: UploadProgress,
    errors: [
      'attachment/tooLarge',
      'attachment/wrongType',
      'attachment/unreadable',
      'attachment/notYours',
      'attachment/tooMany',
      'record/exists',
    ],
  }),
  'attachments.append': route({
    method: 'PUT',
    path: '/attachments/{attachmentId}/content',
    tag: 'attachments',
    roles: 'signedIn',
    summary: '上传附件的一段；收齐后核对、检查并生成缩略图',
    consumes: octets,
    bodyLimitBytes: chunkLimitBytes,
    params,
    query: Type.Object(
      { offset: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: '这一段在文件中的起点' }) },
      closed,
    ),
    response: UploadProgress,
    errors: [
      'attachment/unknown',
      'attachment/notYours',
      'attachment/wrongOffset',
      'attachment/hashMismatch',
      'attachment/wrongType',
      'attachment/tooLarge',
      'attachment/unreadable',
      'attachment/notStored',
    ],
  }),
  'attachments.get': route({
    method: 'GET',
    path: '/attachments/{attachmentId}',
    tag: 'attachments',
    roles: 'signedIn',
    summary: '一个附件的说明',
    params,
    response: Attachment,
    errors: ['attachment/unknown'],
  }),
  'attachments.read': route({
    method: 'GET',
    path: '/attachments/{attachmentId}/content',
    tag: 'attachments',
    roles: 'signedIn',
    summary: '附件的内容；照片原图含拍摄地点，只给值班长、平台主管、平台助理和受理员，每次都记入审计日志',
    produces: octets,
    params,
    query: Type.Object({ variant: Type.Optional(Type.Enum([...variants], { default: 'display' })) }, closed),
    response: Type.String({ description: '文件的字节' }),
    errors: ['auth/forbidden', 'attachment/unknown', 'attachment/notReady'],
  }),
} as const
