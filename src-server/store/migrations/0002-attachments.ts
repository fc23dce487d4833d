import { type Kysely, sql } from 'kysely'

/** Attachments: what was announced, how much of it arrived, what the file turned out to be, whose case it belongs to. The bytes are on disk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attachment')
    .addColumn('attachment_id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('media_type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('taken_at', 'bigint')
    .addColumn('lng', 'double precision')
    .addColumn('lat', 'double precision')
    .addColumn('uploader_id', 'text', (c) => c.notNull().references('account.account_id'))
    .addColumn('uploader_no', 'text', (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('refusal', 'text')
    .addColumn('refusal_detail', 'text')
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('exif_taken_at', 'bigint')
    .addColumn('exif_lng', 'double precision')
    .addColumn('exif_lat', 'double precision')
    .addColumn('touched_at', 'bigint', (c) => c.notNull())
    .addColumn('uploaded_at', 'bigint')
    .addColumn('case_id', 'text')
    .addColumn('swept_at', 'bigint')
    .execute()
  await db.schema.createIndex('attachment_case').on('attachment').columns(['case_id', 'uploaded_at']).execute()
  // What nobody has claimed is little at any time; it is counted per person and swept by age.
  await db.schema.createIndex('attachment_unclaimed').on('attachment').column('uploader_id').where(sql.ref('case_id'), 'is', null).execute()
  await db.schema.createIndex('attachment_age').on('attachment').column('touched_at').where(sql.ref('case_id'), 'is', null).execute()
}
