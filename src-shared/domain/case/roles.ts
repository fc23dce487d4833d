import type { RoleId } from '../account/role'
import type { CaseActor } from './history'
import type { CentreProfile } from './profile'
import { type CaseProgress, type CaseRequest, pendingRequest } from './progress'
import { caseStates } from './states'
import type { Transition } from './transitions'

/**
 * Whom a row of the workflow means in this case and this centre. Two kinds of case have other hands than usual: one that names an agent is received
 * by the shift lead (G01), a sensitive one by the director or the assistant (G02).
 */
export function rolesOf({ roles }: Transition, progress: CaseProgress, profile: CentreProfile): readonly RoleId[] {
  const meant = roles.flatMap((role) => (role.startsWith('@') ? fromProfile(role, progress, profile) : [role as RoleId]))
  const standIns = meant.flatMap((role) => standInsFor(role, progress))
  return [...new Set([...meant, ...standIns])]
}

function fromProfile(role: string, progress: CaseProgress, { authority, reviewsHandling }: CentreProfile): readonly RoleId[] {
  if (role === '@reviewer') return [reviewsHandling]
  const request = pendingRequest(progress)
  if (role === '@consenter') return request?.kind === 'void' && request.state === 'reviewed' ? authority.voidConsent : []
  if (!request) return []
  if (request.kind === 'void') return request.state === 'pending' ? authority.voidReview : []
  return authority[request.kind]
}

function standInsFor(role: RoleId, { facts }: CaseProgress): readonly RoleId[] {
  // Nobody else sees it, so whatever is to be done with it must be theirs to do.
  if (facts.isSensitive) return ['director', 'assistant']
  if (facts.namedAgents.length === 0) return []
  if (role === 'intake') return ['shiftLead']
  // Whoever pre-filed in intake's place does not file: there must be others.
  return role === 'shiftLead' ? ['director', 'assistant'] : []
}

/** Whom one of the profile's authorities means in this case. */
export function rolesFor(authority: keyof CentreProfile['authority'], progress: CaseProgress, profile: CentreProfile): readonly RoleId[] {
  const meant = profile.authority[authority]
  return [...new Set([...meant, ...meant.flatMap((role) => standInsFor(role, progress))])]
}

/** Who decides a request that waits; the second of two people once the first agreed. */
export function decidersOf({ kind, state }: CaseRequest, progress: CaseProgress, profile: CentreProfile): readonly RoleId[] {
  return rolesFor(kind !== 'void' ? kind : state === 'reviewed' ? 'voidConsent' : 'voidReview', progress, profile)
}

/** Whose turn it is now, with their stand-ins; nobody's at an end. */
export function holdersOf(progress: CaseProgress, profile: CentreProfile): readonly RoleId[] {
  const { heldBy } = caseStates[progress.state]
  if (heldBy === null) return []
  const holder = progress.state === 'handled' ? profile.reviewsHandling : heldBy
  return [...new Set([holder, ...standInsFor(holder, progress)])]
}

/**
 * Whether the case waits for this post: whoever decides the request that is open, else whoever holds it. Only they keep others from writing while
 * they have it open; anybody else reads.
 */
export function isTurnOf(role: CaseActor['role'], progress: CaseProgress, profile: CentreProfile): boolean {
  const request = pendingRequest(progress)
  const due = request ? decidersOf(request, progress, profile) : holdersOf(progress, profile)
  return due.some((each) => each === role)
}

export function mayAct(transition: Transition, progress: CaseProgress, profile: CentreProfile, actor: CaseActor): boolean {
  return (rolesOf(transition, progress, profile) as readonly string[]).includes(actor.role)
}
