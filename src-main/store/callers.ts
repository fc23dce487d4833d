import { createHmac } from 'node:crypto'
import type { EpochMs } from '#shared/base/clock'
import type { CallerCase } from '#shared/contracts/caller-shapes'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { Bounds } from '#shared/domain/geo/position'
import type { Database } from './database'
import type { Facts } from './facts'

/**
 * Cases by the line of their caller, as the centre last told them, for one pair of eyes (`scope`). Lines are kept as hashes under the centre's key:
 * whoever calls is found again, and nobody reads numbers from this file.
 */
export interface CallerStore {
  /** Forgets what was read for somebody else, or under another key. True: it was. */
  enter(scope: string): boolean
  state(): { readonly place: string | null; readonly readAt: EpochMs | null }
  /** A page of the centre's list. Another salt than before: everything is forgotten first, and the answer is false. */
  putPage(
    items: readonly CallerCase[],
    page: { readonly salt: string; readonly place: string | null; readonly readAt: EpochMs | null },
  ): boolean
  /** Cases of a line, in no particular order. */
  find(line: string): readonly Omit<CallerCase, 'lineKey'>[]
  /** Rows of the cases inside a box, in no particular order. */
  around(box: Bounds): readonly CaseRow[]
  /** What the centre says of a line now; `name` masked. */
  putFound(line: string, name: string, rows: readonly CaseRow[]): void
  /** A case that is held changes, or may no longer be seen. */
  changed(caseId: string, row: CaseRow | null): void
  removeBefore(at: EpochMs): void
}

export function createCallers(database: Database, facts: Facts): CallerStore {
  const put = database.prepare(
    `INSERT INTO caller_case (case_id, line_key, name, gender, row) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (case_id) DO UPDATE SET line_key = excluded.line_key, name = excluded.name, gender = excluded.gender, row = excluded.row
     WHERE json_extract(caller_case.row, '$.version') <= json_extract(excluded.row, '$.version')`,
  )
  const find = database.prepare('SELECT name, gender, row FROM caller_case WHERE line_key = ?')
  const around = database.prepare(
    `SELECT row FROM caller_case WHERE json_extract(row, '$.position.lat') BETWEEN ? AND ? AND json_extract(row, '$.position.lng') BETWEEN ? AND ?`,
  )
  const update = database.prepare('UPDATE caller_case SET row = ? WHERE case_id = ?')
  const remove = database.prepare('DELETE FROM caller_case WHERE case_id = ?')
  const removeBefore = database.prepare("DELETE FROM caller_case WHERE json_extract(row, '$.beganAt') < ?")
  const clear = database.prepare('DELETE FROM caller_case')
  const salt = () => facts.get('callerSalt') ?? ''
  const keyOf = (line: string) => createHmac('sha256', salt()).update(line).digest('hex').slice(0, 32)

  function forget(): void {
    clear.run()
    facts.set('callerPlace', '')
    facts.set('callerReadAt', '')
  }
  return {
    enter(scope) {
      if (facts.get('callerScope') === scope) return false
      forget()
      facts.set('callerScope', scope)
      return true
    },
    state: () => ({ place: facts.get('callerPlace') || null, readAt: Number(facts.get('callerReadAt') ?? '') || null }),
    putPage(items, page) {
      if (salt() !== page.salt) {
        const isFirst = salt() === ''
        forget()
        facts.set('callerSalt', page.salt)
        if (!isFirst) return false
      }
      for (const { row, lineKey, name, gender } of items) put.run(row.caseId, lineKey, name, gender, JSON.stringify(row))
      if (page.place !== null) facts.set('callerPlace', page.place)
      if (page.readAt !== null) facts.set('callerReadAt', String(page.readAt))
      return true
    },
    find(line) {
      if (salt() === '') return []
      const rows = find.all(keyOf(line)) as readonly {
        readonly name: string
        readonly gender: CallerCase['gender']
        readonly row: string
      }[]
      return rows.map(({ row, ...person }) => ({ ...person, row: JSON.parse(row) as CaseRow }))
    },
    around: ({ south, north, west, east }) =>
      (around.all(south, north, west, east) as readonly { readonly row: string }[]).map(({ row }) => JSON.parse(row) as CaseRow),
    putFound(line, name, rows) {
      if (salt() === '') return
      for (const row of rows) put.run(row.caseId, keyOf(line), name, 'unknown', JSON.stringify(row))
    },
    changed(caseId, row) {
      if (row === null) remove.run(caseId)
      else update.run(JSON.stringify(row), caseId)
    },
    removeBefore: (at) => void removeBefore.run(at),
  }
}
