import type { Migration } from './migration'

/** Seals of the duty log, the end of this seat's chain, and the steps of handovers. */
export const shift: Migration = {
  id: 6,
  name: 'shift',
  up: (sql) =>
    sql(`
-- JSON of origin, corrects, links and seal; NULL for entries from before there were seals.
ALTER TABLE duty_log_entry ADD COLUMN sealed TEXT;

CREATE TABLE log_chain (
  key_id      TEXT PRIMARY KEY,
  position    INTEGER NOT NULL CHECK (position >= 0),
  hash        TEXT NOT NULL,
  stamp_ms    INTEGER NOT NULL,
  stamp_count INTEGER NOT NULL
) STRICT;

CREATE TABLE handover_step (
  step_id     TEXT PRIMARY KEY,
  handover_id TEXT NOT NULL,
  at          INTEGER NOT NULL,
  step        TEXT NOT NULL
) STRICT;
CREATE INDEX handover_step_handover ON handover_step (handover_id, at);
CREATE INDEX handover_step_at ON handover_step (at);
`),
}
