/** Rows about cameras. `state` is JSON of the domain's `CameraSteering`. */
export interface CameraTables {
  camera_steering: CameraSteeringRow
  patrol_stop: PatrolStopRow
  gb_device: GbDeviceRow
  gb_channel: GbChannelRow
  camera_state: CameraStateRow
  camera_outage: CameraOutageRow
}

export interface CameraSteeringRow {
  camera_no: string
  state: string
  is_ticking: number
}

/** `stop_json` is JSON of the domain's `PatrolStop`; `day` is that of its round. */
export interface PatrolStopRow {
  stop_id: string
  day: string
  at: number
  stop_json: string
}

/** `binding` and `info` are JSON of `KeptBinding` and the domain's `DeviceInfo`. */
export interface GbDeviceRow {
  device_id: string
  name: string
  is_enabled: number
  version: number
  realm: string
  secret_md5: string
  secret_sha256: string
  is_online: number
  seen_at: number | null
  binding: string | null
  info: string | null
  catalog_at: number | null
  is_catalog_whole: number
}

/** `item` is JSON of the domain's `CatalogItem`. */
export interface GbChannelRow {
  device_id: string
  channel_id: string
  item: string
}

export interface CameraStateRow {
  camera_no: string
  is_online: number
  since: number
  cause: string | null
}

export interface CameraOutageRow {
  outage_id: string
  camera_no: string
  name: string
  cause: string
  began_at: number
  ended_at: number | null
}
