/** Rows of the wall. `state` and `entry` are JSON of the domain's `Wall` and `Entry`. */
export interface WallTables {
  wall: WallRow
  wall_entry: WallEntryRow
}

export interface WallRow {
  wall_id: string
  revision: number
  state: string
}

export interface WallEntryRow {
  wall_id: string
  revision: number
  at: number
  by_kind: string
  by_id: string
  entry: string
}
