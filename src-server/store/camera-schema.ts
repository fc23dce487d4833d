/** Rows about cameras. `state` is JSON of the domain's `CameraSteering`. */
export interface CameraTables {
  camera_steering: CameraSteeringRow
  patrol_stop: PatrolStopRow
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
