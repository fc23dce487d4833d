import { err, ok } from '#shared/base/result'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, type OutputOf, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type RoleId, roleIds, roles } from '#shared/domain/account/role'
import { type ShiftPattern, shiftsToChoose } from '#shared/domain/shift/shift'
import { eventRange } from '../store/event-store'
import type { Database, Statements } from '../store/open-database'
import { documentsOfKind } from '../store/reference-store'
import { listSeats } from '../store/seat-store'
import { listOpenSessions, onDutyOf } from '../store/session-store'
import type { Answer, Services } from './services'

/** What the centre tells about itself: its name and shifts before sign-in, who is on duty, what each post may do, whether it is well. */
export async function describeCentre(services: Services): Answer<OutputOf<'centre.get'>> {
  const { centre, clock, db } = services
  const now = clock.now()
  const seats = (await listSeats(db)).filter((seat) => seat.isEnabled)
  const pattern = await patternInForce(services)
  return ok({
    name: centre.name,
    demonstration: centre.demonstration,
    version: centre.version,
    now,
    seats: seats.map(({ seatNo, name, extension }) => ({ seatNo, name, extension })),
    shiftPatternId: pattern?.id ?? '',
    profileId: centre.profileId,
    shifts: pattern ? [...shiftsToChoose(pattern, now)] : [],
  })
}

/** Inside a transaction its own statements are used: SQLite has one connection. */
export async function patternInForce(
  { db: outside, centre }: Services,
  db: Database | Statements = outside,
): Promise<ShiftPattern | undefined> {
  const patterns = (await documentsOfKind(db, 'shiftPatterns')).flatMap((document) => document.patterns)
  return patterns.find((pattern) => pattern.id === centre.shiftPatternId) ?? patterns[0]
}

export async function readOnDuty({ db, clock }: Services): Answer<OutputOf<'onDuty.list'>> {
  // The number first: an event that slips in between is then received again, never missed.
  const { latestSeq } = await eventRange(db)
  const sessions = await listOpenSessions(db, clock.now())
  return ok({ items: sessions.map(onDutyOf), seq: latestSeq })
}

export async function describeRoles(): Answer<OutputOf<'roles.list'>> {
  return ok({ items: roleIds.map((role) => ({ role, name: roles[role], routes: routeNames.filter((name) => mayCall(name, role)) })) })
}

/** What the table says about a role; a person who is not signed in has the role null. */
export function mayCall(name: RouteName, role: RoleId | null): boolean {
  const allowed: RouteSpec['roles'] = centralApi[name].roles
  if (allowed === 'public') return true
  if (role === null || allowed === 'partner') return false
  return allowed === 'signedIn' || allowed.includes(role)
}

export async function checkHealth({ db, databaseKind, clock, centre, log }: Services): Answer<OutputOf<'health.get'>> {
  try {
    await eventRange(db)
  } catch (thrown) {
    log.error('database does not answer', { reason: String(thrown) })
    return err(appError('central/fault', { database: databaseKind }))
  }
  return ok({ status: 'ok', database: databaseKind, now: clock.now(), version: centre.version })
}
