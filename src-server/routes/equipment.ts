import type { equipmentRoutes } from '#shared/contracts/central-api/equipment'
import type { moraleRoutes } from '#shared/contracts/central-api/morale'
import type { Services } from '../workflows/services'
import { readEquipment, takeInRepairStep, writeEquipment } from '../workflows/shift/equipment'
import { appendMoraleReport, readMoraleReports } from '../workflows/shift/morale'
import type { HandlersFor } from './handler'

/** `equipment`, `repairs`, `moraleReports`. */
export const equipmentHandlers = (services: Services): HandlersFor<keyof typeof equipmentRoutes | keyof typeof moraleRoutes> => ({
  'equipment.list': () => readEquipment(services),
  'equipment.write': (ask) => writeEquipment(services, ask),
  'moraleReports.append': (ask) => appendMoraleReport(services, ask),
  'moraleReports.list': (ask) => readMoraleReports(services, ask),
  'repairs.step': (ask) => takeInRepairStep(services, ask),
})
