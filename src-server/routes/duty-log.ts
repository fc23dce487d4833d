import { appendDutyLog } from '../workflows/append-duty-log'
import { readDutyLog } from '../workflows/read-duty-log'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `dutyLog`. */
export const dutyLogHandlers = (services: Services): HandlersFor<'dutyLog.append' | 'dutyLog.list'> => ({
  'dutyLog.append': (ask) => appendDutyLog(services, ask),
  'dutyLog.list': (ask) => readDutyLog(services, ask),
})
