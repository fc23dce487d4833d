import type { Migration } from './migration'

/**
 * Cases as this seat holds them, the files of their attachments, and batches of decisions under way. Rows, details and pictures were read for one
 * pair of eyes (the fact `caseScope` says whose) and are a cache; attachments that wait and batch items are a person's own work and are not.
 */
export const cases: Migration = {
  id: 2,
  name: 'cases',
  up: (sql) =>
    sql(`
CREATE TABLE case_row (
  case_id TEXT PRIMARY KEY,
  row     TEXT NOT NULL
) STRICT;

CREATE TABLE case_detail (
  case_id TEXT PRIMARY KEY,
  detail  TEXT NOT NULL,
  read_at INTEGER NOT NULL
) STRICT;
CREATE INDEX case_detail_age ON case_detail (read_at);

-- Which case an attachment belongs to, as the kept details say: a picture is kept only as long as its case may be seen.
CREATE TABLE case_attachment (
  attachment_id TEXT PRIMARY KEY,
  case_id       TEXT NOT NULL
) STRICT;
CREATE INDEX case_attachment_case ON case_attachment (case_id);

-- The file of a row lies in the attachment folder under its id and variant.
CREATE TABLE picture (
  attachment_id TEXT NOT NULL,
  variant       TEXT NOT NULL CHECK (variant IN ('original', 'display', 'thumb')),
  file_name     TEXT NOT NULL,
  media_type    TEXT NOT NULL,
  bytes         INTEGER NOT NULL,
  used_at       INTEGER NOT NULL,
  PRIMARY KEY (attachment_id, variant)
) STRICT;
CREATE INDEX picture_use ON picture (used_at);

-- sha256 is null until every byte is here.
CREATE TABLE attachment (
  attachment_id TEXT PRIMARY KEY,
  account_no    TEXT NOT NULL,
  purpose       TEXT NOT NULL,
  file_name     TEXT NOT NULL,
  media_type    TEXT NOT NULL,
  bytes         INTEGER NOT NULL,
  received      INTEGER NOT NULL,
  sha256        TEXT,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE bulk_job (
  bulk_id    TEXT PRIMARY KEY,
  account_no TEXT NOT NULL,
  action     TEXT NOT NULL,
  input      TEXT NOT NULL,
  title      TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'interrupted'))
) STRICT;

-- item_key is the idempotency key. 'sent': a request left and its answer is not here yet.
CREATE TABLE bulk_item (
  item_key TEXT PRIMARY KEY,
  bulk_id  TEXT NOT NULL,
  position INTEGER NOT NULL,
  case_id  TEXT NOT NULL,
  case_no  TEXT NOT NULL,
  version  INTEGER NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'done', 'refused')),
  code     TEXT,
  message  TEXT
) STRICT;
CREATE INDEX bulk_item_order ON bulk_item (bulk_id, position);
`),
}
