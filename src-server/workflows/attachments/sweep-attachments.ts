import { deleteSwept, listSwept, markSwept } from '../../store/attachment-store'
import type { Services } from '../services'

/**
 * Removes what nobody made part of a case within seven days. First the rows say that it is gone, so that no case can claim it any more, then the
 * files go, then the rows: a server that dies in between goes on at the next sweep.
 */
export const unclaimedKeptMs = 7 * 86_400_000
const mostAtOnce = 100

export async function sweepAttachments(services: Services): Promise<void> {
  const now = services.clock.now()
  await markSwept(services.db, now - unclaimedKeptMs, now)
  const swept = await listSwept(services.db, mostAtOnce)
  for (const attachmentId of swept) {
    await services.files.remove(attachmentId)
    await deleteSwept(services.db, attachmentId)
  }
  if (swept.length > 0) services.log.info('unclaimed attachments removed', { count: swept.length })
}
