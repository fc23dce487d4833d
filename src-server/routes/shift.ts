import type { shiftRoutes } from '#shared/contracts/central-api/shift'
import type { Services } from '../workflows/services'
import { correctAttendance, readAttendance } from '../workflows/shift/attendance'
import { readCaseFlow } from '../workflows/shift/case-flow'
import { readHandovers, takeInStep, vouch } from '../workflows/shift/handovers'
import { readKeys, registerKey } from '../workflows/shift/log-keys'
import { answerShiftRequest, askForShift, readRequests } from '../workflows/shift/requests'
import { admit, listRosterPeople, readRoster, writeRoster } from '../workflows/shift/roster'
import type { HandlersFor } from './handler'

/** `seatKeys`, `roster`, `admissions`, `shiftRequests`, `handovers`, `attendance`. */
export const shiftHandlers = (services: Services): HandlersFor<keyof typeof shiftRoutes> => ({
  'seatKeys.register': (ask) => registerKey(services, ask),
  'seatKeys.list': () => readKeys(services),
  'roster.read': (ask) => readRoster(services, ask),
  'roster.people': () => listRosterPeople(services),
  'roster.write': (ask) => writeRoster(services, ask),
  'admissions.create': (ask) => admit(services, ask),
  'shiftRequests.list': (ask) => readRequests(services, ask),
  'shiftRequests.ask': (ask) => askForShift(services, ask),
  'shiftRequests.answer': (ask) => answerShiftRequest(services, ask),
  'handovers.step': (ask) => takeInStep(services, ask),
  'handovers.list': (ask) => readHandovers(services, ask),
  'handovers.caseFlow': (ask) => readCaseFlow(services, ask),
  'handovers.vouch': (ask) => vouch(services, ask),
  'attendance.read': (ask) => readAttendance(services, ask),
  'attendance.correct': (ask) => correctAttendance(services, ask),
})
