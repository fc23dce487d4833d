import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Cell, Sheet } from './sheet'

/**
 * A table as an Excel workbook (ECMA-376, the few parts that one sheet needs), written as it comes. Every text is an inline string in a cell of the
 * format “text”, so nothing in it is ever a formula. The watermark is the first row and stands in the header and footer of each printed page.
 */
export function xlsxOf(sheet: Sheet): Readable {
  const zip = new ZipFile()
  const part = (path: string, content: string) => zip.addBuffer(Buffer.from(content), path, { mtime: sheet.madeAt })
  part('[Content_Types].xml', contentTypes)
  part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]))
  part('xl/workbook.xml', workbook(sheet.name))
  part(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  )
  part('xl/styles.xml', styles)
  const table = Readable.from(worksheet(sheet), { objectMode: false })
  zip.addReadStream(table, 'xl/worksheets/sheet1.xml', { mtime: sheet.madeAt })
  const output = zip.outputStream as Readable
  // What goes wrong while rows are read ends the file: it must not look whole.
  table.once('error', (error) => output.destroy(error))
  output.once('close', () => table.destroy())
  zip.end()
  return output
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const ofSheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${ofSheets}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${ofSheets}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${ofSheets}.styles+xml"/></Types>`

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `${xml}<Relationships xmlns="${packages}/relationships">${targets
    .map(([type, target], at) => `<Relationship Id="r${at + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const workbook = (name: string): string =>
  `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`

/** 0 as it comes · 1 text · 2 text in bold, for titles · 3 text in grey, for the watermark. */
const styles = `${xml}<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FF808080"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const titleRow = 2

async function* worksheet({ columns, pages, watermark }: Sheet): AsyncGenerator<string> {
  const widths = columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')
  const frozen = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${titleRow}" topLeftCell="A${titleRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  yield `${xml}<worksheet xmlns="${main}">${frozen}<cols>${widths}</cols><sheetData>`
  yield rowOf([watermark], 1, 3)
  yield rowOf(
    columns.map(({ title }) => title),
    titleRow,
    2,
  )
  let number = titleRow
  for await (const rows of pages) {
    let text = ''
    for (const cells of rows) text += rowOf(cells, ++number, 1)
    if (text !== '') yield text
  }
  // In headers and footers `&` begins a command, and is itself when it stands twice (ECMA-376 part 1, §18.3.1.46).
  const marked = escaped(watermark.replaceAll('&', '&&'))
  yield `</sheetData><pageSetup orientation="landscape"/><headerFooter><oddHeader>&amp;C${marked}</oddHeader><oddFooter>&amp;L${marked}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
}

function rowOf(cells: readonly Cell[], number: number, style: number): string {
  const parts = cells.map((cell, at) => {
    if (cell === null || cell === '') return ''
    const place = `r="${letters(at)}${number}"`
    if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`
    return `<c ${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  })
  return `<row r="${number}">${parts.join('')}</row>`
}

/** A … Z, AA … */
function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last
}

/** XML 1.0 §2.2 has no place for these, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** `_x0041_` in a cell would be read as the letter A (ECMA-376 part 1, §22.9.2.19), so its underscore is written as one. */
function escaped(text: string): string {
  const readable = text.replace(unwritable, '').replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  return readable.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
