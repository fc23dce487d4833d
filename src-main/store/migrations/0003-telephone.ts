import type { Migration } from './migration'

/**
 * Calls: those that live, as far as the next process needs them to go on, and those that are over. What lists ask for by field has columns; the
 * record itself is JSON, as it goes to the centre.
 */
export const telephone: Migration = {
  id: 3,
  name: 'telephone',
  up: (sql) =>
    sql(`
-- Each column is written by its own room: signalling, the telephone, speech.
CREATE TABLE live_call (
  call_id  TEXT PRIMARY KEY,
  snapshot TEXT,
  call     TEXT,
  stream   TEXT
) STRICT;

-- settled_at: a missed call was given back, or somebody said why not.
CREATE TABLE call_record (
  call_id    TEXT PRIMARY KEY,
  direction  TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  number     TEXT,
  is_missed  INTEGER NOT NULL CHECK (is_missed IN (0, 1)),
  started_at INTEGER NOT NULL,
  settled_at INTEGER,
  record     TEXT NOT NULL
) STRICT;
CREATE INDEX call_record_newest ON call_record (started_at DESC, call_id DESC);
CREATE INDEX call_record_number ON call_record (number, started_at DESC);
CREATE INDEX call_record_missed ON call_record (started_at) WHERE is_missed = 1 AND settled_at IS NULL;
`),
}
