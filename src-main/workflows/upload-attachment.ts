import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { chunkLimitBytes, type UploadProgress } from '#shared/contracts/central-api/attachments'
import { appError } from '#shared/contracts/errors'
import type { UploadBody } from './attachments'
import type { Central, Intent, Store } from './ports'

/**
 * Sends one file to the centre in pieces, going on where an earlier attempt stopped: the centre says how much it has. A cut in the middle is an
 * attempt that failed; nothing is sent twice that arrived.
 */
const pieceTimeoutMs = 60_000
const beginTimeoutMs = 10_000
/** Places at which the centre may say that it stands elsewhere, before this counts as a fault. */
const mostDetours = 5

export async function uploadAttachment(
  central: Central,
  attachments: Pick<Store['attachments'], 'readPiece'>,
  intent: Intent,
): Promise<Result<UploadProgress, AppError>> {
  const { announcement, accountNo } = intent.body as UploadBody
  const { attachmentId, bytes } = announcement
  const begun = await central.call(
    'attachments.begin',
    { body: announcement, idempotencyKey: intent.intentId },
    { accountNo, timeoutMs: beginTimeoutMs },
  )
  if (!begun.ok) return begun
  let progress = begun.value
  let detours = 0
  while (!progress.isComplete) {
    const { received: offset } = progress
    const piece = await attachments.readPiece(attachmentId, offset, Math.min(chunkLimitBytes, bytes - offset))
    if (!piece) return err(appError('attachment/unknown'))
    const sent = await central.call(
      'attachments.append',
      { params: { attachmentId }, query: { offset }, body: piece },
      { accountNo, timeoutMs: pieceTimeoutMs },
    )
    const elsewhere = sent.ok ? undefined : expectedOffset(sent.error)
    if (elsewhere !== undefined && detours < mostDetours) {
      detours += 1
      progress = { attachmentId, received: elsewhere, isComplete: false }
    } else if (!sent.ok) return sent
    else progress = sent.value
  }
  return ok(progress)
}

/** An answer was lost and the piece had arrived, or another try overtook this one. */
function expectedOffset({ code, detail }: AppError): number | undefined {
  const expected = detail?.expected
  return code === 'attachment/wrongOffset' && typeof expected === 'number' ? expected : undefined
}
