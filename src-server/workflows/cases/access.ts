import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import type { CaseProgress } from '#shared/domain/case/progress'
import { caseReaders, maskName, mayReveal, notForRecused, sensitiveReaders, type Viewer } from '#shared/domain/case/visibility'
import { sidesOf } from '../../store/case-columns'
import { isCaseVisible } from '../../store/case-list-store'
import type { Audience } from '../../store/event-store'
import type { Actor, CaseAccess } from '../services'

/** Who may see a case, as the server applies it: a person as a viewer, an event's audience, and names that are not for everybody. */
export function viewerOf({ accountNo, role, departmentCode }: Pick<Actor, 'accountNo' | 'role' | 'departmentCode'>): Viewer {
  return { accountNo, role, departmentCode: role === 'departmentOperator' ? departmentCode : null }
}

export function caseActorOf(actor: Actor): CaseActor {
  return { name: actor.name, ...viewerOf(actor) }
}

export const mayReadCase: CaseAccess = (actor, caseId, db) => isCaseVisible(db, caseId, viewerOf(actor))

/** Exactly those for whom `maySee` holds; the contract suite proves it. */
export function audienceOf(progress: CaseProgress): Audience {
  const { isSensitive, namedAgents } = progress.facts
  const exceptAccounts = [...namedAgents]
  if (isSensitive) return { roles: sensitiveReaders, exceptAccounts }
  const { departments, collectors } = sidesOf(progress)
  const isRecused = namedAgents.length > 0
  const roles = caseReaders.filter(
    (role) => role !== 'collector' && role !== 'departmentOperator' && !(isRecused && notForRecused.includes(role)),
  )
  return { roles, departments, collectors, exceptAccounts }
}

/** Whether somebody who could see the case before cannot see it any more. */
export function isNarrowed(before: CaseProgress, after: CaseProgress): boolean {
  const [had, has] = [sidesOf(before), sidesOf(after)]
  return (
    isMadeSecret(before, after) ||
    had.departments.some((code) => !has.departments.includes(code)) ||
    had.collectors.some((accountNo) => !has.collectors.includes(accountNo))
  )
}

/** It was open to somebody and is now kept from them, whatever they did for it: not merely handed on to others. */
export function isMadeSecret({ facts: was }: CaseProgress, { facts: is }: CaseProgress): boolean {
  return (is.isSensitive && !was.isSensitive) || is.namedAgents.some((accountNo) => !was.namedAgents.includes(accountNo))
}

/** Collectors meet the people they report; their names are for those who may reveal, and for themselves. */
export function entryFor(viewer: Viewer, entry: HistoryEntry): HistoryEntry {
  const isHidden = entry.by.role === 'collector' && entry.by.accountNo !== viewer.accountNo && !mayReveal.includes(viewer.role)
  return isHidden ? { ...entry, by: { ...entry.by, name: maskName(entry.by.name) } } : entry
}
