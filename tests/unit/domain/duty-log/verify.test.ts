import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from '#shared/base/canonical'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { verifyLog } from '#shared/domain/duty-log/verify'
import type { Step } from '#shared/domain/shift/handover'
import { headsOfHandovers } from '#shared/domain/shift/handover-heads'
import { createLogSeat, proving } from '../../../fakes/log-seat'

const monday = 1_763_683_200_000

function written(count: number) {
  const seat = createLogSeat('02')
  for (let i = 1; i <= count; i++) seat.write(monday + i * 1000, `第 ${i} 条：联盟大街井盖缺失`)
  return { seat, rows: seat.written }
}

const { seat, rows } = written(8)
const find = (changed: readonly SealedEntry[], heads?: Parameters<typeof verifyLog>[3]) =>
  verifyLog(changed, [seat.key], proving, heads)[0]?.findings.map(({ kind, position }) => `${kind} ${position}`)
const at = (index: number): SealedEntry => rows[index] as SealedEntry
const placed = (index: number, position: number): SealedEntry => ({ ...at(index), seal: { ...at(index).seal, position } })

test('an untouched log proves itself', () => {
  expect(find(rows)).toEqual([])
})

test('each field that is changed is found, by whoever changes it', () => {
  const changes: readonly ((row: SealedEntry) => SealedEntry)[] = [
    ({ words, seal }) => ({ words: { ...words, text: `${words.text}。` }, seal }),
    ({ words, seal }) => ({ words: { ...words, kind: 'visitor' }, seal }),
    ({ words, seal }) => ({ words: { ...words, writtenAt: words.writtenAt + 1 }, seal }),
    ({ words, seal }) => ({ words: { ...words, authorNo: '0999' }, seal }),
    ({ words, seal }) => ({ words: { ...words, seatNo: '03' }, seal }),
    ({ words, seal }) => ({ words: { ...words, origin: 'automatic' }, seal }),
    ({ words, seal }) => ({ words: { ...words, corrects: '02-1' }, seal }),
    ({ words, seal }) => ({ words: { ...words, links: [{ to: 'case', id: 'c', label: '1' }] }, seal }),
    ({ words, seal }) => ({ words, seal: { ...seal, stamp: { ...seal.stamp, count: seal.stamp.count + 1 } } }),
    ({ words, seal }) => ({ words, seal: { ...seal, previousHash: 'f'.repeat(64) } }),
    // Whoever also works out the new hash has no key to sign it with.
    ({ words, seal }) => ({ words, seal: { ...seal, hash: proving.sha256('anything') } }),
  ]
  for (const change of changes) expect(find(rows.map((row, i) => (i === 3 ? change(row) : row)))).toEqual(['tampered 4'])
})

test('a deleted entry leaves a gap, and a cut end is found against the head that was handed over', () => {
  expect(find(rows.filter((_, i) => i !== 2))).toEqual(['deleted 3'])
  expect(find(rows.slice(0, 6))).toEqual([])
  const { position, hash, keyId } = at(7).seal
  expect(find(rows.slice(0, 6), [{ keyId, position, hash }])).toEqual(['deleted 7', 'deleted 8'])
  expect(find([], [{ keyId, position: 2, hash }])).toEqual(['deleted 1', 'deleted 2'])
})

test('a cut end shows against the cut-offs that handovers were signed with, and says whose', () => {
  const { keyId } = at(0).seal
  const handedOver = (did: 'begin' | 'refresh' | 'judge', position: number) =>
    ({ at: monday, by: { name: '沈玉梅' }, words: { did, facts: { cut: { log: { [keyId]: position } } } } }) as unknown as Step
  const heads = headsOfHandovers([handedOver('begin', 5), handedOver('refresh', 7), handedOver('begin', 6)])
  expect(heads).toMatchObject([{ keyId, position: 7, hash: null }])
  expect(find(rows, heads)).toEqual([])
  expect(find(rows.slice(0, 6), heads)).toEqual(['deleted 7'])
  expect(verifyLog(rows.slice(0, 6), [seat.key], proving, heads)[0]?.findings[0]?.because).toBe(
    '2025-11-21 08:00 沈玉梅交班时已有第 7 条，这里没有',
  )
})

test('a part of a chain proves itself from the entry it hangs on, and shows a cut or another chain before it', () => {
  const { keyId } = at(0).seal
  const from = (index: number, part: readonly SealedEntry[]) =>
    verifyLog(part, [seat.key], proving, [], [{ keyId, position: index, hash: at(index - 1).seal.hash }])[0]?.findings.map(
      ({ kind, position }) => `${kind} ${position}`,
    )
  expect(from(3, rows.slice(3))).toEqual([])
  expect(from(3, rows.slice(4))).toEqual(['deleted 4'])
  const other = [{ keyId, position: 3, hash: 'a'.repeat(64) }]
  expect(verifyLog(rows.slice(3), [seat.key], proving, [], other)[0]?.findings.map(({ kind }) => kind)).toEqual(['inserted'])
})

test('an entry that was put in is found: copied, made without the key, or made at another seat', () => {
  expect(find([...rows, at(1)])).toEqual(['inserted 2'])
  const made = { words: { ...at(4).words, entryId: 'x', text: '没有发生' }, seal: { ...at(4).seal, hash: proving.sha256('x') } }
  expect(find([...rows, made])).toEqual(['inserted 5'])
  const stranger = createLogSeat('02')
  stranger.write(monday, '另一台电脑')
  const proofs = verifyLog([...rows, ...stranger.written], [seat.key], proving)
  expect(proofs.map(({ findings }) => findings.map(({ kind }) => kind))).toEqual([[], ['inserted']])
})

test('entries that changed places are found, in the file or by their numbers', () => {
  const moved = [at(0), at(2), at(1), ...rows.slice(3)]
  expect(find(moved)).toEqual(['reordered 2'])
  const swapped = [at(0), placed(2, 2), placed(1, 3), ...rows.slice(3)]
  expect(find(swapped)).toEqual(['reordered 2', 'reordered 3'])
})

test('a seat that goes on from an old image of its disk is found: two entries for one place', () => {
  const again = createLogSeat('02')
  again.write(monday, '一')
  again.write(monday + 1, '二')
  const lost = again.write(monday + 2, '三，写在映像之后')
  again.goBack(1)
  again.write(monday + 3, '三，另写')
  const next = again.write(monday + 4, '四')
  const proof = verifyLog([...again.written.slice(0, 2), lost, next], [again.key], proving)[0]
  expect(proof?.findings.map(({ kind, position }) => `${kind} ${position}`)).toEqual(['inserted 4'])
  const both = verifyLog([...again.written, lost], [again.key], proving)[0]
  expect(both?.findings.map(({ kind, position }) => `${kind} ${position}`)).toEqual(['inserted 3'])
})

test('any damage to any row is found, and names that row', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), fc.string({ minLength: 1 }), (index, more) => {
      const changed = rows.map((row, i) => (i === index ? { ...row, words: { ...row.words, text: row.words.text + more } } : row))
      expect(find(changed)).toEqual([`tampered ${index + 1}`])
    }),
  )
})

test('one value has one spelling', () => {
  expect(canonicalText({ b: 1, a: ['汉\n', null, true], '10': -0 })).toBe('{"10":0,"a":["汉\\n",null,true],"b":1}')
  expect(() => canonicalText({ a: 0.5 })).toThrow()
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.maxSafeInteger())), (value) => {
      const backwards = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalText(backwards)).toBe(canonicalText(value))
      expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
