/** The tables of the city's geodata, by the same column rules as those in `schema.ts`. */
export interface GeoTables {
  geo_version: GeoVersionRow
  geo_import: GeoImportRow
  geo_export: GeoExportRow
  geo_revision: GeoRevisionRow
  base_map_key: BaseMapKeyRow
}

export interface BaseMapKeyRow {
  source_id: string
  origins: string
  key_text: string
}

export interface GeoVersionRow {
  layer: string
  code: string
  version: number
  name: string | null
  state: string
  parent_code: string | null
  department_code: string | null
  owner_code: string | null
  /** `2026-11-21`. */
  valid_from: string
  valid_to: string | null
  /** JSON of a GeoJSON geometry, CGCS2000. */
  geometry: string | null
  attributes: string
  /** The box around the geometry, in degrees. */
  west: number | null
  south: number | null
  east: number | null
  north: number | null
  changed_at: number
  changed_by: string | null
  note: string
  import_id: string | null
  /** When the next version came; null while this is the one in force. */
  superseded_at: number | null
}

export interface GeoImportRow {
  import_id: string
  account_id: string
  account_no: string
  account_name: string
  /** JSON of what was announced. */
  announcement: string
  state: string
  received: number
  progress: number
  step: string
  counts: string | null
  problems: string
  has_report: 0 | 1
  failure: string | null
  created_at: number
  touched_at: number
}

export interface GeoExportRow {
  export_id: string
  account_id: string
  file_name: string
  bytes: number
  features: number
  created_at: number
}

export interface GeoRevisionRow {
  id: number
  revision: number
  documents: number
  tiles: number
  /** The moment of the versions that an import is writing; null when none is. */
  writing_at: number | null
  writing_import: string | null
}
