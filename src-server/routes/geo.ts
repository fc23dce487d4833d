import { exportLayer, readExportFile, readTiles } from '../workflows/geo/export-layer'
import { listGeo, readGeo, readGeoHistory, readLayers, saveGeo } from '../workflows/geo/features'
import {
  appendImport,
  applyImport,
  beginImport,
  cancelImport,
  listImports,
  readImport,
  readImportReport,
} from '../workflows/geo/manage-imports'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `geo`. */
type Names = Extract<keyof import('./handler').Handlers, `geo.${string}`>

export const geoHandlers = (services: Services): HandlersFor<Names> => ({
  'geo.layers': () => readLayers(services),
  'geo.list': (ask) => listGeo(services, ask),
  'geo.get': (ask) => readGeo(services, ask),
  'geo.history': (ask) => readGeoHistory(services, ask),
  'geo.save': (ask) => saveGeo(services, ask),
  'geo.imports': () => listImports(services),
  'geo.beginImport': (ask) => beginImport(services, ask),
  'geo.appendImport': (ask) => appendImport(services, ask),
  'geo.import': (ask) => readImport(services, ask),
  'geo.applyImport': (ask) => applyImport(services, ask),
  'geo.cancelImport': (ask) => cancelImport(services, ask),
  'geo.importReport': (ask) => readImportReport(services, ask),
  'geo.export': (ask) => exportLayer(services, ask),
  'geo.exportFile': (ask) => readExportFile(services, ask),
  'geo.tiles': (ask) => readTiles(services, ask),
})
