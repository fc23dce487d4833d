import type { Migration } from './migration'

/** Copies of recordings at this seat, and whether the centre has them. The sound and its notes lie beside, in the folder of recordings. */
export const recordings: Migration = {
  id: 4,
  name: 'recordings',
  up: (sql) =>
    sql(`
-- account_no: who took the call; NULL: nobody was signed in, and nobody can bring it. sent_at: the centre confirmed every octet.
CREATE TABLE recording_copy (
  recording_id TEXT PRIMARY KEY,
  call_id      TEXT NOT NULL,
  account_no   TEXT,
  bytes        INTEGER NOT NULL,
  started_at   INTEGER NOT NULL,
  sent_at      INTEGER
) STRICT;
CREATE INDEX recording_copy_call ON recording_copy (call_id);
`),
}
