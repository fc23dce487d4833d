import type { Migration } from './migration'

/**
 * The first schema. Tables are STRICT, so that a wrong type is refused and not stored. Times are epoch milliseconds; JSON is text that was made by
 * `JSON.stringify` here. What is asked for by field has columns; what is only kept and given back whole is JSON.
 */
export const first: Migration = {
  id: 1,
  name: 'first',
  up: (sql) =>
    sql(`
CREATE TABLE draft (
  key      TEXT PRIMARY KEY,
  body     TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot (
  name    TEXT PRIMARY KEY,
  state   TEXT NOT NULL,
  read_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reference_entry (
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  entry    TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;

-- Has no foreign key to reference_entry: a document may arrive before the list that names it, and keeps the entry it was read under.
CREATE TABLE reference_document (
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  entry    TEXT NOT NULL,
  document TEXT NOT NULL,
  read_at  INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE session (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  body     TEXT NOT NULL
) STRICT;

CREATE TABLE verifier (
  account_no  TEXT PRIMARY KEY,
  verifier    TEXT NOT NULL,
  me          TEXT NOT NULL,
  verified_at INTEGER NOT NULL
) STRICT;

CREATE TABLE duty_log_entry (
  entry_id    TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  text        TEXT NOT NULL,
  author_no   TEXT NOT NULL,
  author_name TEXT NOT NULL,
  seat_no     TEXT NOT NULL,
  shift_id    TEXT,
  written_at  INTEGER NOT NULL,
  received_at INTEGER,
  sync        TEXT NOT NULL CHECK (sync IN ('waiting', 'parked', 'sent')),
  reason      TEXT
) STRICT;
CREATE INDEX duty_log_entry_newest ON duty_log_entry (written_at DESC, entry_id DESC);

-- AUTOINCREMENT: a number is never used twice, so the order of making survives deletions.
CREATE TABLE intent (
  position        INTEGER PRIMARY KEY AUTOINCREMENT,
  intent_id       TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL,
  subject         TEXT NOT NULL,
  account_no      TEXT NOT NULL,
  body            TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'parked')),
  attempts        INTEGER NOT NULL CHECK (attempts >= 0),
  next_attempt_at INTEGER,
  reason_code     TEXT,
  reason_message  TEXT
) STRICT;

-- Single values with a name, each set by one area: eventCursor, lastAccountNo, referenceReadAt.
CREATE TABLE fact (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
`),
}
