import type { Kysely } from 'kysely'

/** Every version of an article of the knowledge, so that an answer that was given can be read as it was given. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('knowledge_version')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('article_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'bigint')
    .addColumn('changed_by', 'text', (c) => c.notNull())
    // Null: it was taken out.
    .addColumn('article', 'text')
    .addPrimaryKeyConstraint('knowledge_version_key', ['document_id', 'article_id', 'version'])
    .execute()
}
