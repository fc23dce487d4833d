import { appendDutyLog } from '../workflows/append-duty-log'
import { readDutyLog, searchDutyLog } from '../workflows/read-duty-log'
import type { Services } from '../workflows/services'
import { archiveMonth } from '../workflows/shift/archive'
import { proveLog } from '../workflows/shift/verify-log'
import type { HandlersFor } from './handler'

/** `dutyLog`. */
export const dutyLogHandlers = (
  services: Services,
): HandlersFor<'dutyLog.append' | 'dutyLog.list' | 'dutyLog.search' | 'dutyLog.verify' | 'dutyLog.archive'> => ({
  'dutyLog.append': (ask) => appendDutyLog(services, ask),
  'dutyLog.list': (ask) => readDutyLog(services, ask),
  'dutyLog.search': (ask) => searchDutyLog(services, ask),
  'dutyLog.archive': (ask) => archiveMonth(services, ask),
  'dutyLog.verify': () => proveLog(services),
})
