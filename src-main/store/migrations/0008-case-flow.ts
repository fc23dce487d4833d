import type { Migration } from './migration'

/** Steps of cases that count for a handover, as this seat heard them. */
export const caseFlow: Migration = {
  id: 8,
  name: 'case-flow',
  up: (sql) =>
    sql(`
-- By the number of the event. flows: JSON of kinds and counts; '' where the whole state was read anew, and what lies before was not heard step by step.
CREATE TABLE case_flow (
  seq   INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,
  flows TEXT NOT NULL
) STRICT;
`),
}
