import { cancelExport, createExport, readExport, readExportJob } from '../workflows/exports/manage-exports'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `exports`. */
type Names = 'exports.create' | 'exports.get' | 'exports.cancel' | 'exports.read'

export const exportHandlers = (services: Services): HandlersFor<Names> => ({
  'exports.create': (ask) => createExport(services, ask),
  'exports.get': (ask) => readExportJob(services, ask),
  'exports.cancel': (ask) => cancelExport(services, ask),
  'exports.read': (ask) => readExport(services, ask),
})
