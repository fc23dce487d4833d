import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import { type CaseSource, caseSourceIds } from '#shared/domain/case/states'
import { rowEdits } from '../../../ui/virtual-table/row-edits'
import { createRowFilter } from '../../../ui/virtual-table/row-filter'
import { lampOf, lampOrder, type RowLamp } from './row-words'

/** The fields of the filter row as values, and what they leave of a queue. All must hold; empty fields hold always. Pure but for the row filters' memory. */
export interface QueueFields {
  readonly lamps: readonly RowLamp[]
  /** Last digits of the case number. */
  readonly number: string
  /** Characters or pinyin initials. */
  readonly subclass: string
  readonly source: CaseSource | null
  readonly street: string | null
  readonly verification: VerificationField | null
  readonly address: string
}

export const verificationFields = { true: '属实', false: '不属实', notFound: '未找到', none: '没有核实' } as const
export type VerificationField = keyof typeof verificationFields

export const noFields: QueueFields = { lamps: [], number: '', subclass: '', source: null, street: null, verification: null, address: '' }

export const isFiltering = (fields: QueueFields): boolean =>
  fields.lamps.length > 0 ||
  [fields.number, fields.subclass, fields.address].some((text) => text.trim() !== '') ||
  fields.source !== null ||
  fields.street !== null ||
  fields.verification !== null

export type FilterQueue = (rows: readonly CaseRow[], fields: QueueFields, now: EpochMs) => readonly CaseRow[]

export function createQueueFilter(): FilterQueue {
  const bySubclass = createRowFilter<CaseRow>({
    textOf: (row) => `${row.subclassName}\n${row.subclassCode}`,
    namesOf: (row) => [row.subclassName],
  })
  const byAddress = createRowFilter<CaseRow>({ textOf: (row) => `${row.address}\n${row.summary}` })
  return (rows, fields, now) => {
    const texts = byAddress.filter(bySubclass.filter(rows, fields.subclass), fields.address)
    const { lamps, source, street, verification } = fields
    const digits = fields.number.replace(/\D/g, '')
    if (lamps.length === 0 && digits === '' && source === null && street === null && verification === null) return texts
    return texts.filter(
      (row) =>
        (lamps.length === 0 || lamps.includes(lampOf(row, now))) &&
        (digits === '' || fitsNumber(row.caseNo, digits)) &&
        (source === null || row.source === source) &&
        (street === null || row.streetCode === street) &&
        (verification === null || (row.verification ?? 'none') === verification),
    )
  }
}

/** While typed, the digits stand anywhere in the last part; from five on they may reach into the date. */
const fitsNumber = (caseNo: string, digits: string): boolean =>
  digits.length <= 4 ? caseNo.slice(caseNo.indexOf('-') + 1).includes(digits) : caseNo.replace('-', '').includes(digits)

export type LampCounts = Readonly<Record<RowLamp, number>>

/** Counts rows by lamp. At the same moment only rows that differ from those before are looked at, and the same figures are the same object. */
export function createLampCounter(): (rows: readonly CaseRow[], now: EpochMs) => LampCounts {
  let last: { readonly rows: readonly CaseRow[]; readonly now: EpochMs; readonly counts: LampCounts } | undefined
  return (rows, now) => {
    const edits = last?.now === now ? rowEdits(last.rows, rows) : undefined
    const counts: Record<RowLamp, number> = { ...(last && edits ? last.counts : noLamps) }
    const count = (list: readonly CaseRow[], from: number, length: number, by: 1 | -1) => {
      for (let at = from; at < from + length; at += 1) counts[lampOf(list[at] as CaseRow, now)] += by
    }
    if (last && edits) {
      for (const { from, removed, to, added } of edits) {
        count(last.rows, from, removed, -1)
        count(rows, to, added, 1)
      }
    } else count(rows, 0, rows.length, 1)
    const isSame = last !== undefined && lampOrder.every((lamp) => last?.counts[lamp] === counts[lamp])
    last = { rows, now, counts: isSame && last ? last.counts : counts }
    return last.counts
  }
}

const noLamps: LampCounts = { red: 0, amber: 0, green: 0, frozen: 0, none: 0 }

/** Reads fields that a saved view kept; what is not understood (another release) is left empty. */
export function fieldsFrom(kept: unknown): QueueFields {
  const held = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {}
  const text = (key: string) => (typeof held[key] === 'string' ? held[key] : '')
  const one = <T extends string>(key: string, known: readonly T[]) => known.find((each) => each === held[key]) ?? null
  return {
    lamps: Array.isArray(held.lamps) ? lampOrder.filter((lamp) => (held.lamps as unknown[]).includes(lamp)) : [],
    number: text('number'),
    subclass: text('subclass'),
    source: one('source', caseSourceIds),
    street: typeof held.street === 'string' ? held.street : null,
    verification: one('verification', Object.keys(verificationFields) as VerificationField[]),
    address: text('address'),
  }
}
