import { describe, expect, it } from 'vitest'
import type { SqlConnection } from '#main/store/driver'
import { readableRows } from '#main/store/salvage'

/** A table whose rows stand where given, some of them on pages that cannot be read. */
function tableOf(rowids: readonly number[], unreadable: (rowid: number) => boolean) {
  let reads = 0
  const read = (rowid: number | undefined): unknown => {
    reads += 1
    if (rowid === undefined) return undefined
    if (unreadable(rowid)) throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' })
    return { salvage_rowid: rowid, text: `row ${rowid}` }
  }
  const sorted = [...rowids].sort((a, b) => a - b)
  const connection: SqlConnection = {
    exec: () => undefined,
    pragma: () => undefined,
    close: () => undefined,
    prepare: (sql) => ({
      run: () => ({ changes: 0 }),
      all: () => [],
      get: (value) => {
        const at = Number(value)
        if (sql.includes('ASC')) return read(sorted.find((rowid) => rowid > at))
        if (sql.includes('DESC')) return read(sorted.findLast((rowid) => rowid < at))
        if (unreadable(at)) return read(at)
        return read(sorted.find((rowid) => rowid === at))
      },
    }),
  }
  return { connection, reads: () => reads }
}

const found = (rowids: readonly number[], unreadable: (rowid: number) => boolean) => {
  const table = tableOf(rowids, unreadable)
  const { rows, isComplete } = readableRows(table.connection, 'draft')
  return { rowids: rows.map((row) => row.salvage_rowid), isComplete, reads: table.reads() }
}
const range = (from: number, until: number): number[] => Array.from({ length: until - from }, (_, index) => from + index)

describe('the readable rows of a damaged table', () => {
  it('are all of them, and known to be all, when nothing is damaged', () => {
    expect(found([3, 9, 700], () => false)).toMatchObject({ rowids: [3, 9, 700], isComplete: true })
    expect(found([], () => false)).toMatchObject({ rowids: [], isComplete: true })
  })

  it('are those on both sides of an unreadable stretch, however wide it is', () => {
    const rowids = [...range(1, 5), ...range(100_000, 100_004)]
    expect(found([...rowids, 50], (rowid) => rowid === 50)).toMatchObject({ rowids, isComplete: false })
  })

  it('are also the islands inside of it', () => {
    const result = found(range(1, 100), (rowid) => rowid === 10 || rowid === 90)
    expect(result).toMatchObject({ rowids: range(1, 100).filter((rowid) => rowid !== 10 && rowid !== 90), isComplete: false })
  })

  it('are those before the damage when the end of the table cannot be read, with an end to the trying', () => {
    const result = found(range(1, 100), (rowid) => rowid >= 60)
    expect(result).toMatchObject({ rowids: range(1, 60), isComplete: false })
    expect(result.reads).toBeLessThan(2_000)
  })

  it('are none when no page can be read', () => {
    expect(found(range(1, 10), () => true)).toMatchObject({ rowids: [], isComplete: false })
  })
})
