/**
 * The two formats of Open311 GeoReport v2: the same records as JSON, or as XML in a named list. Records are flat: a text, a number, nothing, or a
 * list of records. Source: wiki.open311.org/GeoReport_v2, "Format Support".
 */
export type Format = 'json' | 'xml'
export type Value = string | number | null | Listed | Texts
export interface Fields {
  readonly [name: string]: Value
}
/** `root` and `item` name the elements of XML; JSON has neither. */
export interface Listed {
  readonly root: string
  readonly item: string
  readonly items: readonly Fields[]
}

/** A list of plain texts. */
export interface Texts {
  readonly item: string
  readonly texts: readonly string[]
}

export const mediaTypes: Readonly<Record<Format, string>> = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' }

export function written(format: Format, list: Listed): string {
  if (format === 'json') return JSON.stringify(plain(list))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(list)}`
}

/** For what is one record and not a list. */
export function writtenOne(format: Format, root: string, fields: Fields): string {
  if (format === 'json') return JSON.stringify(plainFields(fields))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner(fields)}</${root}>`
}

const plain = ({ items }: Listed): unknown => items.map(plainFields)
const plainFields = (fields: Fields): unknown =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plainValue(value)]))

function plainValue(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value
  return 'texts' in value ? value.texts : plain(value)
}

const element = ({ root, item, items }: Listed): string =>
  `<${root}>${items.map((fields) => `<${item}>${inner(fields)}</${item}>`).join('')}</${root}>`
const inner = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => named(name, value))
    .join('')

function named(name: string, value: Value): string {
  if (typeof value !== 'object' || value === null) return `<${name}>${value === null ? '' : escaped(String(value))}</${name}>`
  if (!('texts' in value)) return element({ ...value, root: name })
  return `<${name}>${value.texts.map((text) => `<${value.item}>${escaped(text)}</${value.item}>`).join('')}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 §2.2 knows no such characters, not even escaped.
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
export const escaped = (text: string): string => text.replace(notInXml, '').replace(/[&<>"']/g, (letter) => entities[letter] ?? '')
