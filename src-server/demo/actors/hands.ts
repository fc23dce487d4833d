/** How simulated people act: through the workflows of real ones, under their own accounts, with photos that are really uploaded. */
import { createHash } from 'node:crypto'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf } from '#shared/contracts/central-api/table'
import type { RoleId } from '#shared/domain/account/role'
import type { CaseActor } from '#shared/domain/case/history'
import type { Position } from '#shared/domain/geo/position'
import { appendUpload } from '../../workflows/attachments/append-upload'
import { beginUpload } from '../../workflows/attachments/begin-upload'
import type { Actor, Ask, Services } from '../../workflows/services'
import { readPicture } from '../photos/pictures'

export interface Hands {
  ask<I>(by: CaseActor, input: I, seenVersion?: number): Ask<I>
  /** Takes a photo and sends it; its id. */
  upload(by: CaseActor, photo: Photo): Promise<Result<string, AppError>>
}

export interface Photo {
  readonly picture: number
  readonly purpose: InputOf<'attachments.begin'>['body']['purpose']
  readonly position: Position | null
  readonly takenAt: EpochMs
}

const dayMs = 86_400_000

/** `accounts`: ids by number. */
export function createHands(services: Services, filesFolder: string, accounts: ReadonlyMap<string, string>): Hands {
  const ask: Hands['ask'] = (by, input, seenVersion = 0) => ({
    input,
    actor: personOf(by, accounts.get(by.accountNo) ?? '', services.clock.now()),
    seenVersion,
    transact: (work) => services.transactor.inTransaction(work),
  })
  return {
    ask,
    async upload(by, { picture, purpose, position, takenAt }) {
      const bytes = await readPicture(filesFolder, picture)
      const attachmentId = services.ids.uuid()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const file = { fileName: '演示.jpg', mediaType: 'image/jpeg', bytes: bytes.length, sha256 }
      const body = { attachmentId, purpose, position, takenAt, ...file }
      const begun = await beginUpload(services, ask(by, { params: {}, query: {}, body } as InputOf<'attachments.begin'>))
      if (!begun.ok) return begun
      const piece = { params: { attachmentId }, query: { offset: 0 }, body: bytes } as unknown as InputOf<'attachments.append'>
      const sent = await appendUpload(services, ask(by, piece))
      return sent.ok ? ok(attachmentId) : err(sent.error)
    },
  }
}

function personOf({ accountNo, name, role, departmentCode }: CaseActor, accountId: string, now: EpochMs): Actor {
  return {
    ...{ sessionId: '', accountId, accountNo, name, departmentCode },
    role: role as RoleId,
    roles: [role as RoleId],
    seatNo: '99',
    shift: null,
    signedInAt: now,
    expiresAt: now + dayMs,
    mustChangePassword: false,
  }
}
