import { ok } from '#shared/base/result'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { OutputOf } from '#shared/contracts/central-api/table'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { verifyLog } from '#shared/domain/duty-log/verify'
import type { Step } from '#shared/domain/shift/handover'
import { headsOfHandovers } from '#shared/domain/shift/handover-heads'
import { everyEntry, listSeatKeys } from '../../store/log-store'
import type { Database } from '../../store/open-database'
import { listSteps } from '../../store/shift-store'
import type { Answer, Services } from '../services'
import { createProving } from './proving'
import { isSignedStep } from './signed-step'

/** Reads the whole duty log as somebody who trusts nobody; the rules are `domain/duty-log/verify`. */
export async function proveLog({ db, clock }: Pick<Services, 'db' | 'clock'>): Answer<OutputOf<'dutyLog.verify'>> {
  const { sealed, unsealed } = await sealedLog(db)
  const keys = await listSeatKeys(db)
  const proving = createProving()
  const steps = (await listSteps(db, 0)).filter((step) => isSignedStep(step, keys, proving))
  const proofs = verifyLog(sealed, keys, proving, headsOfHandovers(steps as readonly Step[]))
  return ok({ proofs: proofs.map((proof) => ({ ...proof, findings: [...proof.findings] })), unsealed, at: clock.now() })
}

/** Kept by their ids, which are made in the order of writing; the proof looks at each chain by its places. */
export async function sealedLog(db: Database): Promise<{ readonly sealed: readonly SealedEntry[]; readonly unsealed: number }> {
  const sealed: SealedEntry[] = []
  let unsealed = 0
  for await (const entry of everyEntry(db)) {
    const one = sealedOf(entry)
    if (one) sealed.push(one)
    else unsealed += 1
  }
  sealed.sort((a, b) => a.seal.position - b.seal.position)
  return { sealed, unsealed }
}

export function sealedOf(entry: DutyLogEntry): SealedEntry | undefined {
  const {
    seal,
    entryId,
    kind,
    text,
    shiftId,
    authorNo,
    authorName,
    seatNo,
    writtenAt,
    origin = 'person',
    corrects = null,
    links = [],
  } = entry
  if (!seal) return undefined
  return { words: { entryId, kind, text, shiftId, authorNo, authorName, seatNo, writtenAt, origin, corrects, links }, seal }
}
