/** What gives pictures until it is closed or lost, whatever kind of source it is. */
export interface OpenedCamera {
  close(): void
}
