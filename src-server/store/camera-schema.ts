/** Rows about cameras. `state` is JSON of the domain's `CameraSteering`. */
export interface CameraTables {
  camera_steering: CameraSteeringRow
}

export interface CameraSteeringRow {
  camera_no: string
  state: string
  is_ticking: number
}
