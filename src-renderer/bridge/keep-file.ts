import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { Bridge } from './bridge'

/** Puts a file into the core's keeping, piece by piece; the core sends it on by itself. The words of a refusal come from the core. */
export type Purpose = InputOfCommand<'attachments.begin'>['purpose']

/** Divisible by three, so that pieces of base64 join without filling. */
const pieceBytes = 960_000

export async function keepFile(
  call: Bridge['call'],
  file: File,
  purpose: Purpose,
  onProgress: (share: number) => void,
): Promise<Result<string, AppError>> {
  const fileName = file.name === '' ? '粘贴的照片.png' : file.name.slice(-120)
  const begun = await call('attachments.begin', {
    purpose,
    fileName,
    mediaType: file.type === '' ? 'application/octet-stream' : file.type,
    bytes: file.size,
  })
  if (!begun.ok) return begun
  const { attachmentId } = begun.value
  for (let offset = 0; offset < file.size; offset += pieceBytes) {
    const piece = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer())
    const kept = await call('attachments.append', { attachmentId, offset, base64: base64Of(piece) })
    if (!kept.ok) return err(kept.error)
    onProgress(Math.min(1, (offset + piece.length) / file.size))
  }
  return ok(attachmentId)
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  // In parts: a call has only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
