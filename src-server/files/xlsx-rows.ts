import { openZip, type ZipArchive } from './zip'

/**
 * Reads the first sheet of an Excel workbook (ECMA-376, SpreadsheetML): the first row that has at least two texts is taken for the titles, the rows below
 * it come as fields by title. Only values are read: no formulas, formats or dates as numbers (a date column is to be text).
 */
export interface SheetRow {
  readonly row: number
  readonly fields: Readonly<Record<string, string | number | null>>
}

const mostSheetBytes = 256 * 1_048_576

export async function readXlsxRows(bytes: Buffer): Promise<readonly SheetRow[] | string> {
  const opened = openZip(bytes)
  if (!opened.ok) return `不是 Excel 文件（.xlsx）：${opened.error}`
  const zip = opened.value
  const path = await firstSheetPath(zip)
  if (typeof path !== 'string') return '工作簿里没有工作表'
  const [sheet, shared] = [await textOf(zip, path), await textOf(zip, 'xl/sharedStrings.xml')]
  if (sheet.fault !== null) return sheet.fault
  if (shared.fault !== null) return shared.fault
  const strings = [...shared.text.matchAll(/<si>([\s\S]*?)<\/si>|<si\/>/g)].map(([, inner = '']) => textsIn(inner))
  return titled(cellRows(sheet.text, strings))
}

async function textOf(zip: ZipArchive, name: string): Promise<{ readonly text: string; readonly fault: string | null }> {
  const read = await zip.read(name, mostSheetBytes)
  return read.ok ? { text: read.value?.toString('utf8') ?? '', fault: null } : { text: '', fault: read.error }
}

async function firstSheetPath(zip: ZipArchive): Promise<string | undefined> {
  const workbook = (await textOf(zip, 'xl/workbook.xml')).text
  const relations = (await textOf(zip, 'xl/_rels/workbook.xml.rels')).text
  const id = /<sheet\b[^>]*?r:id="([^"]+)"/.exec(workbook)?.[1]
  for (const [relation] of relations.matchAll(/<Relationship\b[^>]*>/g)) {
    if (id === undefined || !relation.includes(`Id="${id}"`)) continue
    const target = /Target="([^"]+)"/.exec(relation)?.[1]
    if (target) return target.startsWith('/') ? target.slice(1) : `xl/${target}`
  }
  return zip.names.find((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
}

interface CellRow {
  readonly row: number
  readonly cells: ReadonlyMap<number, string | number>
}

function cellRows(xml: string, strings: readonly string[]): readonly CellRow[] {
  const rows: CellRow[] = []
  for (const [, attributes = '', inner = ''] of xml.matchAll(/<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g)) {
    const row = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? rows.length + 1)
    const cells = new Map<number, string | number>()
    let column = -1
    for (const [, about = '', content = ''] of inner.matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const letters = /\br="([A-Z]+)\d+"/.exec(about)?.[1]
      column = letters === undefined ? column + 1 : columnOf(letters)
      const value = cellValueOf(/\bt="(\w+)"/.exec(about)?.[1], content, strings)
      if (value !== null) cells.set(column, value)
    }
    rows.push({ row, cells })
  }
  return rows
}

function cellValueOf(type: string | undefined, content: string, strings: readonly string[]): string | number | null {
  if (type === 'inlineStr') return textsIn(content) || null
  const raw = /<v[^>]*>([\s\S]*?)<\/v>/.exec(content)?.[1]
  if (raw === undefined) return null
  if (type === 's') return strings[Number(raw)] || null
  if (type === 'str' || type === 'e' || type === 'b') return unescaped(raw) || null
  const number = Number(raw)
  // Fifteen digits are all that a number of Excel holds: a longer code that was not text has lost its end.
  return Number.isFinite(number) ? number : unescaped(raw)
}

const columnOf = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** Phonetic guides (`rPh`) are no part of the text. */
const textsIn = (xml: string): string =>
  [...xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, '').matchAll(/<t\b[^>]*>([\s\S]*?)<\/t>/g)].map(([, text = '']) => unescaped(text)).join('')

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text
    .replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
      if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
      return name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : (entities[name] ?? whole)
    })
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function titled(rows: readonly CellRow[]): readonly SheetRow[] | string {
  const at = rows.findIndex(({ cells }) => [...cells.values()].filter((value) => typeof value === 'string').length > 1)
  const titles = at < 0 ? undefined : rows[at]?.cells
  if (!titles) return '第一张工作表里没有标题行'
  return rows.slice(at + 1).flatMap(({ row, cells }) => {
    if (cells.size === 0) return []
    const fields: Record<string, string | number | null> = {}
    for (const [column, title] of titles) fields[String(title).trim()] = cells.get(column) ?? null
    return [{ row, fields }]
  })
}
