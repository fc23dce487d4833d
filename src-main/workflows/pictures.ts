import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { ok, type Result } from '#shared/base/result'
import { mediaTypes } from '#shared/contracts/central-api/attachments'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { CaseKeeper } from './cases/keep-cases'
import type { Central, PictureKey, Store } from './ports'

/**
 * Pictures and documents read from the centre, kept in a bounded cache as long as the case that they belong to is kept: who may no longer see the
 * case no longer finds its pictures here.
 */
export interface PictureParts {
  readonly store: Pick<Store, 'transaction' | 'cases' | 'attachments'>
  readonly central: Central
  readonly cases: Pick<CaseKeeper, 'holdsForViewer'>
  readonly now: () => EpochMs
}

export async function keptPicture(
  seat: Omit<PictureParts, 'central'>,
  key: PictureKey,
): Promise<OutputOfCommand<'attachments.read'> | undefined> {
  const { pictures } = seat.store.attachments
  const picture = seat.cases.holdsForViewer() ? pictures.get(key.attachmentId, key.variant) : undefined
  const bytes = picture && (await pictures.readFile(key))
  if (!picture || !bytes) return undefined
  seat.store.transaction(() => pictures.touch(key.attachmentId, key.variant, seat.now()), 'processDeath')
  return pictureAnswer(picture, bytes, true)
}

export const pictureAnswer = (about: { readonly mediaType: string; readonly fileName: string }, bytes: Uint8Array, isCached: boolean) => ({
  mediaType: about.mediaType,
  fileName: about.fileName,
  base64: Buffer.from(bytes).toString('base64'),
  isCached,
})

interface Fetched {
  readonly mediaType: string
  readonly fileName: string
  readonly content: Uint8Array
}

/** Several megabytes on a slow line take longer than an action may. */
const readTimeoutMs = 20_000

/** Asks the centre, and keeps what it gives when the case that the attachment belongs to is kept. */
export async function fetchPicture(seat: PictureParts, key: PictureKey): Promise<Result<Fetched, AppError>> {
  const { attachmentId, variant } = key
  const params = { attachmentId }
  const read = await seat.central.call('attachments.read', { params, query: { variant } }, { timeoutMs: readTimeoutMs })
  if (!read.ok) return read
  const { bytes: content, mediaType } = read.value
  const { cases, attachments } = seat.store
  const caseId = seat.cases.holdsForViewer() ? cases.caseOfAttachment(attachmentId) : undefined
  const named = caseId === undefined ? undefined : cases.detail(caseId)?.detail.attachments.find((one) => one.attachmentId === attachmentId)
  if (!named) return ok({ mediaType, fileName: `${attachmentId}.${extensionOf(mediaType)}`, content })
  const { fileName } = named
  if (await attachments.pictures.writeFile(key, content)) {
    const evicted = seat.store.transaction(() => {
      // Signed out, or hidden, while the file was written: without its row it is swept.
      if (!seat.cases.holdsForViewer() || cases.caseOfAttachment(attachmentId) === undefined) return [key]
      attachments.pictures.insert({ ...key, fileName, mediaType, bytes: content.length }, seat.now())
      return attachments.pictures.evict()
    }, 'processDeath')
    attachments.pictures.removeFiles(evicted.ok ? evicted.value : [key])
  }
  return ok({ mediaType, fileName, content })
}

const extensionOf = (mediaType: string): string =>
  Object.entries(mediaTypes).find(([known]) => mediaType.startsWith(known))?.[1].extension ?? 'bin'
