/** Lines up a table on a terminal, where a Chinese character is two columns wide. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => columns(row[column] ?? ''))))
  return all
    .map((row) => `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columns(cell))).join('   ')}`.trimEnd())
    .join('\n')
}

/** Terminal columns of a text: the East Asian wide blocks that Chinese uses count two (Unicode UAX #11). */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1), 0)
}
