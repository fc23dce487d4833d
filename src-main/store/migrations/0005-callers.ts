import type { Migration } from './migration'

/**
 * Cases by the line of their caller, so that a caller is known while the centre is away. No number is in it: a line is only found by its hash. Rows
 * belong to one pair of eyes, as those of `case_row` do.
 */
export const callers: Migration = {
  id: 5,
  name: 'callers',
  up: (sql) =>
    sql(`
-- line_key: HMAC of the line under the centre's key. name: masked. row: JSON of the case's row.
CREATE TABLE caller_case (
  case_id  TEXT PRIMARY KEY,
  line_key TEXT NOT NULL,
  name     TEXT NOT NULL,
  gender   TEXT NOT NULL,
  row      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX caller_case_line ON caller_case (line_key);
`),
}
