import type { Cell, Sheet } from './sheet'

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte-order mark, without which Excel takes it for the machine's own code page. Text that a spreadsheet
 * would take for a formula gets an apostrophe in front (OWASP, CSV Injection); numbers are numbers.
 */
const byteOrderMark = '\ufeff'
/** Full-width signs, too: Excel takes them for the usual ones. */
const formula = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/u

export async function* csvOf({ watermark, columns, pages }: Sheet): AsyncGenerator<string> {
  yield `${byteOrderMark}${lineOf([watermark])}${lineOf(columns.map(({ title }) => title))}`
  for await (const rows of pages) yield rows.map(lineOf).join('')
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(',')}\r\n`

function fieldOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
