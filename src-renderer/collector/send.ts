import type { AppError } from '../../src-shared/base/app-error'
import { err, ok, type Result } from '../../src-shared/base/result'
import { appError } from '../../src-shared/contracts/errors'
import type { CaseFacts } from '../../src-shared/domain/case/facts'
import type { Central } from './central'
import type { KeptPhoto, Report } from './kept'
import { newId } from './new-id'

/** Brings one report to central: its photos first, each from where it was broken off, then the report itself under its one key. It keeps nothing. */
export interface SendProgress {
  /** Of all bytes of the photos, 0 to 1. */
  readonly share: number
  readonly sent?: KeptPhoto
}

const pieceBytes = 262_144

export async function sendReport(
  central: Central,
  report: Report,
  onProgress: (progress: SendProgress) => void,
): Promise<Result<void, AppError>> {
  const total = report.photos.reduce((sum, { blob }) => sum + blob.size, 0)
  let before = 0
  for (const photo of report.photos) {
    if (!photo.isSent) {
      const sent = await upload(central, report, photo, (received) => onProgress({ share: (before + received) / total }))
      if (!sent.ok) return sent
      onProgress({ share: (before + photo.blob.size) / total, sent: { ...photo, isSent: true } })
    }
    before += photo.blob.size
  }
  const marks = { key: report.key, version: report.version }
  const answer =
    report.kind === 'new'
      ? await central.call('cases.register', { body: draftOf(report) }, marks)
      : await central.call('cases.act', actOf(report, report.kind), marks)
  return answer.ok ? ok(undefined) : answer
}

async function upload(
  central: Central,
  report: Report,
  photo: KeptPhoto,
  onReceived: (bytes: number) => void,
): Promise<Result<void, AppError>> {
  const { attachmentId, blob, fileName, takenAt } = photo
  const sha256 = await sha256Of(blob)
  if (sha256 === undefined) return err(appError('internal/fault'))
  const purpose = report.kind === 'new' ? 'report' : report.kind
  const announced = {
    attachmentId,
    purpose,
    fileName,
    mediaType: blob.type,
    bytes: blob.size,
    sha256,
    takenAt,
    position: report.position,
  } as const
  // A key of its own each time: the question is how far it has come by now.
  let progress = await central.call('attachments.begin', { body: announced }, { key: newId() })
  while (progress.ok && !progress.value.isComplete && progress.value.received < blob.size) {
    const offset = progress.value.received
    onReceived(offset)
    progress = await central.append(attachmentId, offset, blob.slice(offset, offset + pieceBytes))
  }
  return progress.ok ? ok(undefined) : progress
}

/** Undefined on a page that did not come over HTTPS: there browsers give no digests. */
async function sha256Of(blob: Blob): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function actOf(report: Report, kind: 'verification' | 'check') {
  const { caseId, answer, words, photos, position } = report
  const photoIds = photos.map(({ attachmentId }) => attachmentId)
  const common = { photoIds, ...(words.trim() !== '' && { opinion: words.trim() }), ...(position && { position: { ...position } }) }
  return kind === 'verification'
    ? {
        params: { caseId, action: 'reportVerification' as const },
        body: { ...common, conclusion: answer === 'true' || answer === 'notFound' ? answer : ('false' as const) },
      }
    : { params: { caseId, action: 'reportCheck' as const }, body: { ...common, solved: answer === 'solved' } }
}

function draftOf(report: Report) {
  const { newCase, caseId, photos, words, changedAt } = report
  const gridCode = newCase?.gridCode ?? null
  const facts = {
    source: 'collector',
    kind: newCase?.kind ?? 'event',
    standard: newCase?.standard ?? '',
    subclassCode: newCase?.subclassCode ?? '',
    subclassName: '',
    majorName: '',
    description: words.trim(),
    address: newCase?.address.trim() ?? '',
    position: newCase?.position ? { ...newCase.position } : null,
    gridCode,
    communityCode: gridCode?.slice(0, 12) ?? null,
    streetCode: gridCode?.slice(0, 9) ?? null,
    componentCode: null,
    isUrgent: false,
    isSensitive: false,
    hasCitizen: false,
    wantsReply: false,
    mayNotBeCalled: true,
    cameraNo: null,
    external: null,
    instruction: null,
  } as const satisfies Omit<CaseFacts, 'namedAgents'>
  const photoIds = photos.map(({ attachmentId }) => attachmentId)
  return { caseId, facts: { ...facts, namedAgents: [] }, citizen: null, photoIds, registeredAt: changedAt }
}
