import type { SqliteDatabase, SqliteStatement } from 'kysely'

/**
 * Keeps what SQLite compiled. Kysely hands every query over as text and has it compiled anew, which for a queue's page takes longer than running it;
 * the same texts come back all day. Values are always bound and never part of a text, so there are few texts; the longest unused goes first.
 */
const mostKept = 400
/** Written once, with as many places for values as rows: not worth a place. */
const longestKept = 8_000

export function keepingStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const found = kept.get(sql)
      const statement = found ?? database.prepare(sql)
      if (sql.length > longestKept) return statement
      // What was used last stands last.
      if (found) kept.delete(sql)
      else if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
      kept.set(sql, statement)
      return statement
    },
    close() {
      kept.clear()
      database.close()
    },
  }
}
