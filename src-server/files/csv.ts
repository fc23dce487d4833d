import { csvLine, csvMark } from '#shared/base/csv'
import type { Sheet } from './sheet'

/** A table of any length as CSV, page by page. */
export async function* csvOf({ watermark, columns, pages }: Sheet): AsyncGenerator<string> {
  yield `${csvMark}${csvLine([watermark])}${csvLine(columns.map(({ title }) => title))}`
  for await (const rows of pages) yield rows.map(csvLine).join('')
}
