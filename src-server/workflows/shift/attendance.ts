import { chinaDate, dayMs } from '#shared/base/china-time'
import { err, ok } from '#shared/base/result'
import { rosterWriters } from '#shared/contracts/central-api/shift'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { attendanceOf, statementOf, usualRule } from '#shared/domain/shift/attendance'
import { leavingRuleOf, usualShiftSettings } from '#shared/domain/shift/leaving'
import { overtimeOf, type ShiftRequest } from '#shared/domain/shift/request'
import { dutiesOf } from '#shared/domain/shift/roster'
import { documentsOfKind } from '../../store/reference-store'
import { insertCorrection, listAway, listCorrections, listRequests, listSignedIn, rosterLines } from '../../store/shift-store'
import { audit } from '../audit'
import { patternInForce } from '../describe-centre'
import type { Answer, Ask, Services } from '../services'

/** Attendance, worked out anew from the facts each time: nothing is stored that could go stale, except what the lead put right. */
const longestPeriodDays = 62

export async function readAttendance(services: Services, ask: Ask<InputOf<'attendance.read'>>): Answer<OutputOf<'attendance.read'>> {
  const { from, until } = ask.input.query
  const [begin, end] = [Date.parse(`${from}T00:00:00+08:00`), Date.parse(`${until}T00:00:00+08:00`) + 2 * dayMs]
  const pattern = await patternInForce(services)
  if (!pattern || !(end > begin) || end - begin > (longestPeriodDays + 2) * dayMs) {
    return err(appError('request/invalid', { fields: 'from, until' }))
  }
  const { db, clock } = services
  const now = clock.now()
  const requests = (await listRequests(db, begin - 400 * dayMs)) as readonly ShiftRequest[]
  const facts = {
    signedIn: await listSignedIn(db, begin, end),
    away: await listAway(db, begin, end),
    corrections: await listCorrections(db, from, chinaDate(end - dayMs)),
    requests,
    now,
  }
  const { accountNo, role } = ask.actor
  const isForAll = rosterWriters.some((writer) => writer === role)
  const own = (await rosterLines(db, from, until)).filter((line) => isForAll || line.accountNo === accountNo)
  const profile = (await documentsOfKind(db, 'centreProfile')).find(({ profileId }) => profileId === services.centre.profileId)
  const rule = { ...usualRule, awayHalfDayAfterMs: leavingRuleOf(profile?.shift ?? usualShiftSettings).limitMs }
  const lines = dutiesOf(pattern, own).flatMap((duty) => attendanceOf(duty, facts, rule))
  const rows = statementOf(lines).map((row) => ({ ...row, leave: { ...row.leave }, overtimeHours: overtimeOf(row.accountNo, requests) }))
  return ok({ lines: [...lines], rows })
}

export function correctAttendance(services: Services, ask: Ask<InputOf<'attendance.correct'>>): Answer<OutputOf<'attendance.correct'>> {
  return ask.transact(async (unit) => {
    const { accountNo: byNo, name: byName } = ask.actor
    if (ask.input.body.accountNo === byNo) return err(appError('attendance/own'))
    const correction = { ...ask.input.body, byNo, byName, at: services.clock.now() }
    await insertCorrection(unit.trx, services.ids.uuid(), correction)
    const { accountNo, shiftId, verdict, reason } = correction
    await audit(services, unit, ask.actor, { action: 'attendance.corrected', subject: accountNo, detail: { shiftId, verdict, reason } })
    return ok(correction)
  })
}
