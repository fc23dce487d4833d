import { err, ok } from '#shared/base/result'
import type { CaseAttachment } from '#shared/contracts/case-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { HistoryEntry } from '#shared/domain/case/history'
import { maskName, maskNumber, type Viewer } from '#shared/domain/case/visibility'
import type { Position } from '#shared/domain/geo/position'
import { metresBetween } from '#shared/domain/geo/position'
import type { CasePerson } from '../../store/case-columns'
import { findCitizen, findLock, markSeen } from '../../store/case-desk-store'
import { findRelated } from '../../store/case-list-store'
import { findCase, findSeenBy, type StoredCase } from '../../store/case-store'
import { type AttachmentFact, attachmentsOfCase, maySeeOrigin } from '../attachments/access'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'
import { entryFor, viewerOf } from './access'
import { wire } from './change-case'

/** One case with everything that the viewer may see of it, and its persons one by one for a reason that is kept. */
export async function readCase(services: Services, ask: Ask<InputOf<'cases.get'>>): Answer<OutputOf<'cases.get'>> {
  const { actor, input } = ask
  const { caseId } = input.params
  const { db, clock } = services
  const viewer = viewerOf(actor)
  const stored = await findCase(db, caseId, viewer)
  if (!stored) return err(appError('record/notFound'))
  const citizen = await findCitizen(db, caseId)
  const detail: OutputOf<'cases.get'> = {
    row: wire(stored.row),
    beginning: stored.beginning as OutputOf<'cases.get'>['beginning'],
    history: (await historyFor(services, viewer, stored)) as OutputOf<'cases.get'>['history'],
    attachments: attachmentsFor(actor, stored, await attachmentsOfCase(db, caseId)),
    citizen: citizen ? masked(citizen) : null,
    lock: (await findLock(db, caseId, clock.now())) ?? null,
    related: (await findRelated(db, caseId, viewer)).map(wire),
    profileId: stored.identity.profileId,
  }
  if (!input.query.peek) await markSeen(db, caseId, actor, stored.row.version, clock.now())
  return ok(detail)
}

/** A step that names another case, which this viewer may not see, is told without it: not even that there is one. */
async function historyFor({ db }: Services, viewer: Viewer, { history }: StoredCase): Promise<readonly HistoryEntry[]> {
  const named = history.flatMap(({ input }) => input.otherCaseId ?? [])
  const seen = await findSeenBy(db, [...new Set(named)], viewer)
  return history.map((entry) => {
    const { otherCaseId, otherCaseNo: _no, ...rest } = entry.input
    const isTold = otherCaseId === undefined || seen.has(otherCaseId)
    return entryFor(viewer, isTold ? entry : { ...entry, input: rest })
  })
}

const masked = ({ name, number, gender }: CasePerson) => ({ name: maskName(name), number: maskNumber(number), gender })

function attachmentsFor(actor: Actor, stored: StoredCase, facts: readonly AttachmentFact[]): CaseAttachment[] {
  const seqs = new Map<string, number>(stored.beginning.photoIds.map((id) => [id, 1]))
  for (const { seq, input } of stored.history) {
    for (const id of [...(input.photoIds ?? []), ...(input.documentIds ?? [])]) if (!seqs.has(id)) seqs.set(id, seq)
  }
  const maySeePlaces = maySeeOrigin(actor.role)
  const place = maySeePlaces ? stored.row.position : null
  return facts.map((fact) => ({
    attachmentId: fact.attachmentId,
    purpose: fact.purpose,
    fileName: fact.fileName,
    mediaType: fact.mediaType,
    bytes: fact.bytes,
    width: fact.width,
    height: fact.height,
    takenAt: fact.exifTakenAt ?? fact.takenAt,
    uploadedAt: fact.uploadedAt ?? 0,
    distanceM: distance(place, fact.exifPosition ?? fact.position),
    position: maySeePlaces ? (fact.exifPosition ?? fact.position) : null,
    seq: seqs.get(fact.attachmentId) ?? 1,
  }))
}

const distance = (a: Position | null, b: Position | null): number | null => (a && b ? Math.round(metresBetween(a, b)) : null)

/** The full words of a masked person. The reason is in the audit log before they are sent. */
export function revealPerson(services: Services, ask: Ask<InputOf<'cases.reveal'>>): Answer<OutputOf<'cases.reveal'>> {
  const { actor, input } = ask
  const { caseId } = input.params
  const { person, reason } = input.body
  return ask.transact(async (unit) => {
    const stored = await findCase(unit.trx, caseId, viewerOf(actor))
    const found = stored && (person === 'citizen' ? await findCitizen(unit.trx, caseId) : reporterOf(stored))
    if (!stored || !found) return err(appError('record/notFound'))
    await audit(services, unit, actor, {
      action: 'case.personRevealed',
      subject: caseId,
      detail: { caseNo: stored.identity.caseNo, person, reason },
    })
    return ok({ name: found.name, number: found.number })
  })
}

/** Whoever reported it, by their number at the centre. */
function reporterOf({ history }: StoredCase): Pick<CasePerson, 'name' | 'number'> | undefined {
  const by = history[0]?.by
  return by && { name: by.name, number: by.accountNo }
}
