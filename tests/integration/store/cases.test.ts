import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAttachments } from '#main/store/attachments'
import { openDatabase } from '#main/store/database'
import { betterSqlite3 } from '#main/store/driver'
import { migrations } from '#main/store/migrations/index'
import type { CaseDetail, CaseRowSchema } from '#shared/contracts/case-shapes'
import type { Variant } from '#shared/contracts/central-api/attachments'
import { factsOf } from '../../fixtures/case-facts'
import { caseRowOf } from '../../fixtures/case-rows'
import { createStoreBench, intent, type StoreBench, startMs } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const row = (number: number) => caseRowOf({ caseId: id(number), summary: `第 ${number} 件` }) as CaseRowSchema
const attachment = (number: number): CaseDetail['attachments'][number] => ({
  ...{
    attachmentId: id(9_000 + number),
    purpose: 'report',
    fileName: `${number}.jpg`,
    mediaType: 'image/jpeg',
    bytes: 10,
    width: 4,
    height: 3,
  },
  ...{ takenAt: null, uploadedAt: startMs, distanceM: null, seq: 1 },
})
const detail = (number: number): CaseDetail => ({
  ...{
    row: row(number),
    beginning: { facts: { ...factsOf(), namedAgents: [] }, photoIds: [] },
    history: [],
    attachments: [attachment(number)],
  },
  ...{ citizen: null, lock: null, related: [], profileId: 'standard' },
})
const picture = (number: number, variant: Variant = 'thumb', bytes = 10) => ({
  ...{ attachmentId: id(9_000 + number), variant, fileName: `${number}.jpg`, mediaType: 'image/jpeg', bytes },
})
const folder = () => join(bench.folder, 'attachments')
const kept = (number: number, bytes: number) => ({
  ...{ attachmentId: id(number), accountNo: 'A01', purpose: 'report', fileName: '甲.jpg', mediaType: 'image/jpeg', bytes, received: 0 },
  ...{ sha256: null, createdAt: startMs },
})

describe('cases on disk', () => {
  it('are read in slices, replaced in place, and forgotten whole when another person or post begins', () => {
    const store = bench.open()
    const { cases } = store
    expect([cases.enter('0201/intake/'), cases.enter('0201/intake/')]).toEqual([true, false])
    for (const number of [3, 1, 2]) cases.putRow(row(number))
    cases.putRow({ ...row(2), version: 7 })
    cases.putDetail(detail(1), startMs)
    cases.setReadAt(startMs)
    expect(cases.rowsAfter('', 2).map(({ caseId, version }) => [caseId, version])).toEqual([
      [id(1), 1],
      [id(2), 7],
    ])
    expect(cases.rowsAfter(id(2), 2)).toEqual([row(3)])
    expect([cases.detail(id(1)), cases.caseOfAttachment(id(9_001)), cases.readAt()]).toEqual([
      { detail: detail(1), readAt: startMs },
      id(1),
      startMs,
    ])
    cases.enter('0101/shiftLead/')
    expect([cases.rowsAfter('', 9), cases.detail(id(1)), cases.caseOfAttachment(id(9_001)), cases.readAt(), cases.scope()]).toEqual([
      ...[[], undefined, undefined, null, '0101/shiftLead/'],
    ])
  })

  it('that are hidden take their detail and pictures along; one that only left the queues keeps them', () => {
    const { cases, attachments } = bench.open()
    cases.enter('s')
    for (const number of [1, 2]) {
      cases.putRow(row(number))
      cases.putDetail(detail(number), startMs)
      attachments.pictures.insert(picture(number), startMs)
    }
    expect(cases.removeRow(id(1))).toEqual([{ attachmentId: id(9_001), variant: 'thumb' }])
    cases.dropRow(id(2))
    expect([cases.detail(id(1)), attachments.pictures.get(id(9_001), 'thumb')]).toEqual([undefined, undefined])
    expect([cases.detail(id(2))?.readAt, attachments.pictures.get(id(9_002), 'thumb')]).toEqual([startMs, picture(2)])
    expect(cases.forgetUnheld()).toEqual([{ attachmentId: id(9_002), variant: 'thumb' }])
    expect(cases.detail(id(2))).toBeUndefined()
  })

  it('keep the details that were read last', () => {
    const store = bench.open()
    store.transaction(() => {
      store.cases.enter('s')
      for (let number = 1; number <= 2_005; number += 1) store.cases.putDetail(detail(number), startMs + number)
    })
    expect([store.cases.detail(id(5)), store.cases.detail(id(6))?.readAt]).toEqual([undefined, startMs + 6])
  })
})

describe('files of attachments', () => {
  it('grow piece by piece, are hashed on the way, also over a restart, and are read in pieces', async () => {
    const bytes = Buffer.from('一张照片的全部字节')
    let store = bench.open()
    store.attachments.insert(kept(1, bytes.length))
    expect(await store.attachments.write(kept(1, bytes.length), bytes.subarray(0, 10))).toEqual({ ok: true, value: { sha256: null } })
    store.attachments.setReceived(id(1), 10, null)
    bench.close(store)
    store = bench.open()
    const half = store.attachments.get(id(1))
    if (!half) throw new Error('lost')
    // More than was acknowledged may lie in the file: it is written over.
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await store.attachments.write(half, bytes.subarray(10))).toEqual({ ok: true, value: { sha256 } })
    expect(Buffer.from((await store.attachments.readPiece(id(1), 3, 6)) ?? [])).toEqual(bytes.subarray(3, 9))
    expect([await store.attachments.readPiece(id(1), bytes.length - 1, 5), await store.attachments.readPiece(id(2), 0, 1)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('without a row are swept when the store opens; those that wait and those that are cached stay', async () => {
    const store = bench.open()
    store.attachments.insert(kept(1, 3))
    await store.attachments.write(kept(1, 3), Buffer.from('abc'))
    await store.attachments.pictures.writeFile(picture(2), Buffer.from('def'))
    store.attachments.pictures.insert(picture(2), startMs)
    writeFileSync(join(folder(), 'left-behind.thumb'), 'x')
    // Begun two days ago and never finished: whoever wrote it has long begun anew.
    store.attachments.insert({ ...kept(3, 9), createdAt: startMs - 48 * 3_600_000 })
    await store.attachments.write(kept(3, 9), Buffer.from('ghi'))
    bench.close(store)
    const again = bench.open()
    expect([again.attachments.get(id(1))?.bytes, again.attachments.get(id(3))]).toEqual([3, undefined])
    expect(readdirSync(folder()).toSorted()).toEqual([`${id(1)}.original`, `${id(9_002)}.thumb`])
  })

  it('that are cached stay within their bound, the least recently used going first', () => {
    const database = (() => {
      bench.close(bench.open())
      return openDatabase({ file: bench.file, key: null, driver: betterSqlite3, clock: bench.clock, log: bench.log })
    })()
    const { pictures } = createAttachments(database, folder(), startMs, 100)
    for (const number of [1, 2, 3]) pictures.insert(picture(number, 'display', 40), startMs + number)
    pictures.touch(id(9_001), 'display', startMs + 9)
    expect(pictures.evict()).toEqual([{ attachmentId: id(9_002), variant: 'display' }])
    expect([pictures.get(id(9_001), 'display')?.bytes, pictures.get(id(9_002), 'display'), pictures.evict()]).toEqual([40, undefined, []])
    database.close()
  })
})

describe('the step that brings cases', () => {
  it('is taken on a copy first, and what an older program wrote is all there', () => {
    const first = migrations.slice(0, 1)
    const old = openDatabase({ file: bench.file, key: null, driver: betterSqlite3, clock: bench.clock, log: bench.log })
    for (const { id: version, up } of first) {
      up((sql) => old.exec(sql))
      old.exec(`PRAGMA user_version = ${version}; PRAGMA application_id = ${0x53543139}`)
    }
    const { intentId, kind, subject, accountNo, body, createdAt } = intent(1)
    old
      .prepare(
        'INSERT INTO intent (intent_id, kind, subject, account_no, body, created_at, state, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
      )
      .run(intentId, kind, subject, accountNo, JSON.stringify(body), createdAt, 'waiting')
    old.prepare('INSERT INTO draft (key, body, saved_at) VALUES (?, ?, ?)').run('A01/dutyLog', '写到一半', 5)
    old.close()
    const store = bench.open()
    expect(store.facts()).toMatchObject({ schemaVersion: migrations.length, opening: { how: 'migrated' }, lastBackupAt: bench.clock.now() })
    expect([store.intents.list(), store.drafts.get('A01/dutyLog')?.body, store.cases.scope()]).toEqual([[intent(1)], '写到一半', undefined])
    expect(bench.leftovers()).toEqual([])
  })
})
