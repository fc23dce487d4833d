/**
 * Tables as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection); numbers are numbers. Pure.
 */
export type CsvCell = string | number | null

/** Stands before the first line: without it Excel takes UTF-8 for the machine's own code page. */
export const csvMark = '\ufeff'
/** Full-width signs, too: Excel takes them for the usual ones. */
const formula = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/u

export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(fieldOf).join(',')}\r\n`

function fieldOf(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
