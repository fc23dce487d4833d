import type { Migration } from './migration'

/** Cases of callers by where they are, so that a repeated report is found while the centre is away. */
export const callerPlaces: Migration = {
  id: 7,
  name: 'caller-places',
  up: (sql) =>
    sql(`
CREATE INDEX caller_case_place ON caller_case (json_extract(row, '$.position.lat'));
`),
}
