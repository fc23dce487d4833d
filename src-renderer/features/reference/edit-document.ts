import type { ReferenceDocument } from '#shared/contracts/reference'

/** Changes of documents that a city keeps itself, as functions from document to document. Whether the result is fit is the centre's to say. */
export type Handbook = ReferenceDocument<'handbook'>
export type HandbookEntry = Handbook['entries'][number]
export type Condition = HandbookEntry['conditions'][number]
export type Responsibility = ReferenceDocument<'responsibility'>
export type ResponsibilityRow = Responsibility['rows'][number]

const isSameItem = (a: { kind: string; subclassCode: string }, b: { kind: string; subclassCode: string }) =>
  a.kind === b.kind && a.subclassCode === b.subclassCode

export function withEntry(document: Handbook, entry: HandbookEntry): Handbook {
  return { ...document, entries: document.entries.map((each) => (isSameItem(each, entry) ? entry : each)) }
}

/** Cases keep the id of the condition they were filed under, so a number is never given twice: the next is above all there ever were. */
export function nextConditionId({ kind, subclassCode, conditions }: HandbookEntry, given: readonly Condition[]): string {
  const numbers = [...conditions, ...given].map(({ conditionId }) => Number(conditionId.split('-')[1] ?? 0))
  return `${kind === 'component' ? 'C' : 'E'}${subclassCode}-${Math.max(0, ...numbers) + 1}`
}

/** Replaces the row of the same subclass and area, or adds one: a narrower area goes before a wider one. */
export function withRow(document: Responsibility, row: ResponsibilityRow): Responsibility {
  const isSame = (each: ResponsibilityRow) => isSameItem(each, row) && each.areaCode === row.areaCode
  if (document.rows.some(isSame)) return { ...document, rows: document.rows.map((each) => (isSame(each) ? row : each)) }
  const at = document.rows.findIndex((each) => isSameItem(each, row))
  const place = at < 0 ? document.rows.length : at
  return { ...document, rows: [...document.rows.slice(0, place), row, ...document.rows.slice(place)] }
}
