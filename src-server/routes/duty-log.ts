import { appendDutyLog } from '../workflows/append-duty-log'
import { readDutyLog, searchDutyLog } from '../workflows/read-duty-log'
import type { Services } from '../workflows/services'
import { proveLog } from '../workflows/shift/verify-log'
import type { HandlersFor } from './handler'

/** `dutyLog`. */
export const dutyLogHandlers = (
  services: Services,
): HandlersFor<'dutyLog.append' | 'dutyLog.list' | 'dutyLog.search' | 'dutyLog.verify'> => ({
  'dutyLog.append': (ask) => appendDutyLog(services, ask),
  'dutyLog.list': (ask) => readDutyLog(services, ask),
  'dutyLog.search': (ask) => searchDutyLog(services, ask),
  'dutyLog.verify': () => proveLog(services),
})
