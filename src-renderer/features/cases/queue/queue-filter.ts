import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import { type CaseSource, caseSourceIds } from '#shared/domain/case/states'
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

export function countLamps(rows: readonly CaseRow[], now: EpochMs): Readonly<Record<RowLamp, number>> {
  const counts: Record<RowLamp, number> = { red: 0, amber: 0, green: 0, frozen: 0, none: 0 }
  for (const row of rows) counts[lampOf(row, now)] += 1
  return counts
}

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
