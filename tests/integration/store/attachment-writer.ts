/**
 * A program that writes attachments piece by piece, as windows do, and says on its output which are complete and queued; the test kills it.
 * Arguments: the database file, the backup folder.
 */
import { createHash, randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import { openStore } from '#main/store/open-store'
import { appendAttachment, beginAttachment } from '#main/workflows/attachments'
import type { SeatContext } from '#main/workflows/context'
import type { Me } from '#shared/contracts/central-api/sessions'

const [file = '', backupFolder = ''] = process.argv.slice(2)
const log = createLog({ level: 'silent' })
const opened = openStore({ file, backupFolder, key: null, clock: createSystemClock(), log })
if (!opened.ok) throw new Error(opened.error.code)
const outbox = { wake: () => {} } as SeatContext['outbox']
const seat = { store: opened.value, ids: { uuid: randomUUID }, now: Date.now, outbox, log }
const me = { accountNo: 'A01' } as Me
const pieceLength = 50_000

for (let number = 0; ; number += 1) {
  const content = Buffer.alloc(pieceLength * 3, number)
  const about = { purpose: 'report' as const, fileName: `${number}.jpg`, mediaType: 'image/jpeg', bytes: content.length }
  const begun = beginAttachment(seat, me, about)
  if (!begun.ok) throw new Error(begun.error.code)
  const { attachmentId } = begun.value
  for (let offset = 0; offset < content.length; offset += pieceLength) {
    const base64 = content.subarray(offset, offset + pieceLength).toString('base64')
    const appended = await appendAttachment(seat, me, { attachmentId, offset, base64 })
    if (!appended.ok) throw new Error(appended.error.code)
    // Straight to the pipe: what is buffered in this process would die with it.
    if (appended.value.isComplete) writeSync(1, `${attachmentId} ${createHash('sha256').update(content).digest('hex')}\n`)
  }
}
