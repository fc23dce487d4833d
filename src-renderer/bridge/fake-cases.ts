import { chinaDate } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseAttachment, CaseDetail, CaseLock, CaseRowSchema } from '#shared/contracts/case-shapes'
import type { RoleId } from '#shared/domain/account/role'
import type { ActionId } from '#shared/domain/case/actions'
import { clocksOf } from '#shared/domain/case/clocks'
import { decide, decideUndo } from '#shared/domain/case/decide'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { Refusal } from '#shared/domain/case/guards'
import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, pendingRequest, progressOf } from '#shared/domain/case/progress'
import { rowOf } from '#shared/domain/case/row'
import { caseSources } from '#shared/domain/case/states'
import { maskName, maskNumber, maySee, type Viewer } from '#shared/domain/case/visibility'
import { workCalendarOf } from '#shared/domain/clock/work-calendar'
import {
  type FakeScenario,
  type FakeStep,
  fakeCalendar,
  fakeCollectorNo,
  fakeMatters,
  fakePlaces,
  fakeProfileDocument,
  fakeScenarios,
} from './fake-case-data'
import { fakeAccountOf, fakeUuid } from './fake-data'

/**
 * The fake centre's cases: about sixty in every state, each come there by steps that the real rules allowed, and decided further by the same rules.
 * Held in memory and gone with the page.
 */
export interface FakeCase {
  readonly caseId: string
  readonly caseNo: string
  readonly facts: CaseFacts
  readonly photoIds: readonly string[]
  history: readonly HistoryEntry[]
  attachments: readonly CaseAttachment[]
  citizen: { readonly name: string; readonly number: string; readonly gender: 'male' | 'female' | 'unknown' } | null
  lock: CaseLock | null
}

export const fakeProfile = fakeProfileDocument as CentreProfile
const calendar = workCalendarOf([fakeCalendar])

export const caseActorOf = (role: RoleId): CaseActor => {
  if (role === 'collector') return { accountNo: fakeCollectorNo, name: '邵春生', role, departmentCode: null }
  const { accountNo, name } = fakeAccountOf(role)
  return { accountNo, name, role, departmentCode: role === 'departmentOperator' ? fakeDepartmentCode : null }
}

/** Whose operator the fake department's account is. */
export const fakeDepartmentCode = 'D01'

const secondLead: CaseActor = { accountNo: '0201', name: '范丽', role: 'shiftLead', departmentCode: null }

export function progress(one: FakeCase): CaseProgress {
  const folded = progressOf({ facts: one.facts, photoIds: one.photoIds }, one.history)
  if (!folded) throw new Error(`${one.caseNo} has no registration`)
  return folded
}

export function rowOfFake(one: FakeCase): CaseRowSchema {
  const folded = progress(one)
  const row = rowOf(one, folded, clocksOf(folded, fakeProfile, calendar), fakeProfile)
  return structuredClone(row) as CaseRowSchema
}

export function detailOfFake(one: FakeCase, all: ReadonlyMap<string, FakeCase>): CaseDetail {
  const related = progress(one).relatedTo.flatMap((caseId) => all.get(caseId) ?? [])
  return structuredClone({
    row: rowOfFake(one),
    beginning: { facts: one.facts, photoIds: one.photoIds },
    history: one.history,
    attachments: one.attachments,
    citizen: one.citizen && { ...one.citizen, name: maskName(one.citizen.name), number: maskNumber(one.citizen.number) },
    lock: one.lock,
    related: related.map(rowOfFake),
    profileId: fakeProfile.profileId,
  }) as CaseDetail
}

export const isSeenBy = (one: FakeCase, viewer: Viewer): boolean =>
  maySee(rowOfFake(one), { namedAgents: one.facts.namedAgents, collectors: [fakeCollectorNo] }, viewer)

export function decideFake(
  one: FakeCase,
  action: ActionId,
  actor: CaseActor,
  input: ActionInput,
  now: number,
): Result<CaseRowSchema, Refusal> {
  const decided = decide(action, { progress: progress(one), actor, input, profile: fakeProfile, now })
  if (!decided.ok) return decided
  take(one, decided.value.entry)
  return ok(rowOfFake(one))
}

export function undoFake(one: FakeCase, actor: CaseActor, now: number): Result<CaseRowSchema, Refusal> {
  const undone = decideUndo({ progress: progress(one), actor, profile: fakeProfile, now })
  if (!undone.ok) return undone
  one.history = [...one.history, undone.value]
  return ok(rowOfFake(one))
}

function take(one: FakeCase, entry: HistoryEntry): void {
  one.history = [...one.history, entry]
  const purpose = entry.action === 'reportHandled' ? 'after' : entry.action === 'reportCheck' ? 'check' : 'verification'
  const photos = (entry.input.photoIds ?? []).map((id) => photo(id, purpose, entry))
  const papers = (entry.input.documentIds ?? []).map((id) => paper(id, entry))
  one.attachments = [...one.attachments, ...photos, ...papers]
}

function photo(attachmentId: string, purpose: CaseAttachment['purpose'], { at, seq }: Pick<HistoryEntry, 'at' | 'seq'>): CaseAttachment {
  const about = { attachmentId, purpose, fileName: '现场照片.jpg', mediaType: 'image/jpeg', bytes: 184_320, width: 1600, height: 1200 }
  return { ...about, takenAt: at - 60_000, uploadedAt: at, distanceM: (seq * 7) % 40, seq }
}

function paper(attachmentId: string, { at, seq }: HistoryEntry): CaseAttachment {
  const about = { attachmentId, purpose: 'document' as const, fileName: '审批单.pdf', mediaType: 'application/pdf', bytes: 92_160 }
  return { ...about, width: null, height: null, takenAt: null, uploadedAt: at, distanceM: null, seq }
}

export function newFakeCase(
  number: number,
  given: Pick<FakeCase, 'facts' | 'photoIds' | 'citizen'> & { readonly caseId: string },
  by: CaseActor,
  at: number,
): FakeCase {
  const entry: HistoryEntry = { seq: 1, at, action: 'register', by, from: null, to: 'reported', input: {} }
  const caseNo = `${chinaDate(at).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
  const attachments = given.photoIds.map((id) => photo(id, 'report', entry))
  return { ...given, caseNo, history: [entry], attachments, lock: null }
}

/** Every case of the scenarios, as they stand at `now`. A step that the rules refuse is a mistake of the scenario and throws. */
export function createFakeCases(now: number): Map<string, FakeCase> {
  const cases = new Map<string, FakeCase>()
  let number = 0
  for (const scenario of fakeScenarios) {
    for (const age of scenario.ages) {
      number += 1
      const one = begun(number, scenario, now, age)
      play(one, scenario.steps, number, now - age * 60_000)
      cases.set(one.caseId, one)
    }
  }
  return cases
}

const usualMinutes = 5

function begun(number: number, { source, steps, isUrgent, isSensitive, namesAgent }: FakeScenario, now: number, age: number): FakeCase {
  const minutes = steps.reduce((sum, { after = usualMinutes }) => sum + after, age)
  const { isPublic, isExternal } = caseSources[source]
  const by = caseActorOf(source === 'camera' ? 'wallOperator' : source === 'collector' ? 'collector' : 'intake')
  const photoIds = isPublic ? [] : [fakeUuid(0x5000 + number * 16)]
  const citizen = isPublic
    ? { name: ['赵国强', '王淑芬', '刘洋'][number % 3] ?? '', number: `1390451${1000 + number * 37}`, gender: 'unknown' as const }
    : null
  const facts = {
    ...factsOf(number, source),
    isUrgent: isUrgent ?? false,
    isSensitive: isSensitive ?? false,
    hasCitizen: isPublic,
    wantsReply: isPublic,
  }
  const external = isExternal
    ? { platform: caseSources[source].name, no: `ZB${2026_000 + number}`, replyBy: now + (number % 5) * 7_200_000 }
    : null
  const namedAgents = namesAgent ? [fakeAccountOf('intake').accountNo] : []
  return newFakeCase(
    number,
    { caseId: fakeUuid(0x9000 + number), facts: { ...facts, external, namedAgents }, photoIds, citizen },
    by,
    now - minutes * 60_000,
  )
}

function factsOf(
  number: number,
  source: FakeScenario['source'],
): Omit<CaseFacts, 'isUrgent' | 'isSensitive' | 'hasCitizen' | 'wantsReply'> {
  const matter = fakeMatters[number % fakeMatters.length] ?? fakeMatters[0]
  const place = fakePlaces[(number * 5) % fakePlaces.length] ?? fakePlaces[0]
  const streetCode = `23010800${place.street + 1}`
  return {
    source,
    kind: matter.kind,
    standard: fakeProfile.classification,
    ...{ subclassCode: matter.code, subclassName: matter.name, majorName: matter.major, description: matter.words },
    address: place.address,
    position: { lng: 126.6 + ((number * 13) % 50) / 1000, lat: 45.59 + ((number * 7) % 40) / 1000 },
    ...{ streetCode, communityCode: `${streetCode}001`, gridCode: `${streetCode}001001` },
    componentCode: null,
    namedAgents: [],
    mayNotBeCalled: false,
    cameraNo: source === 'camera' ? 'C-017' : null,
    external: null,
    instruction: source === 'leader' ? { by: '区长', text: '请今日内办结并回复。' } : null,
  }
}

function play(one: FakeCase, steps: readonly FakeStep[], number: number, endsAt: number): void {
  let at = endsAt - steps.reduce((sum, { after = usualMinutes }) => sum + after, 0) * 60_000
  steps.forEach(({ by, action, input = {}, after = usualMinutes }, index) => {
    at += after * 60_000
    const id = (kind: number) => fakeUuid(0x5000 + number * 16 + kind + index)
    const requestId = pendingRequest(progress(one))?.requestId
    const filled: ActionInput = {
      ...input,
      ...(input.photoIds && { photoIds: [id(1)] }),
      ...(input.documentIds && { documentIds: [id(9)] }),
      ...(requestId !== undefined && action === 'approveRequest' && { requestId }),
    }
    const department = progress(one).rounds.at(-1)?.departmentCode ?? null
    const actor = by === 'secondLead' ? secondLead : caseActorOf(by)
    const decided = decideFake(one, action, by === 'departmentOperator' ? { ...actor, departmentCode: department } : actor, filled, at)
    if (!decided.ok) throw new Error(`${one.caseNo} ${action}: ${decided.error.code}`)
  })
}

/** A lock that has run out is none. */
export function lockedByOther(one: FakeCase, accountNo: string, now: number): Result<void, CaseLock> {
  const { lock } = one
  return lock && lock.accountNo !== accountNo && lock.until > now ? err(lock) : ok(undefined)
}
