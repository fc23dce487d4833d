import { AlignmentType, BorderStyle, Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'

/** Parts of the Word files: headings, paragraphs and ruled tables in the type of official papers. Sizes are half-points, as Word counts them. */
const songti = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' }
const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
/** Of the page between its margins, in twentieths of a point: A4 less 16 mm on each side. */
const pageWidth = 10_092

export const titleOf = (text: string) =>
  new Paragraph({
    heading: HeadingLevel.TITLE,
    alignment: AlignmentType.CENTER,
    spacing: { after: 160 },
    children: [new TextRun({ text, bold: true, size: 32, font: { ...songti, eastAsia: '黑体' }, color: '000000' })],
  })

export const headingOf = (text: string) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_2,
    spacing: { before: 160, after: 60 },
    keepNext: true,
    children: [new TextRun({ text, bold: true, size: 24, font: { ...songti, eastAsia: '黑体' }, color: '000000' })],
  })

export const paragraphOf = (text: string) => new Paragraph({ spacing: { after: 40 }, children: runsOf(text) })

/** `shares`: widths of the columns against each other. The first row can be a head that repeats on every page. */
export function tableOf(rows: readonly (readonly string[])[], shares: readonly number[], head?: readonly string[]): Table {
  const sum = shares.reduce((total, share) => total + share, 0)
  const widths = shares.map((share) => Math.floor((pageWidth * share) / sum))
  const rowOf = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHead,
      children: cells.map(
        (text, index) =>
          new TableCell({
            width: { size: widths[index] ?? 0, type: WidthType.DXA },
            margins: { left: 80, right: 80, top: 30, bottom: 30 },
            children: [new Paragraph({ children: runsOf(text, isHead) })],
          }),
      ),
    })
  return new Table({
    columnWidths: widths,
    width: { size: pageWidth, type: WidthType.DXA },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [...(head ? [rowOf(head, true)] : []), ...rows.map((cells) => rowOf(cells, false))],
  })
}

function runsOf(text: string, isBold = false): TextRun[] {
  return text
    .split('\n')
    .map((part, index) => new TextRun({ text: part, bold: isBold, size: 21, font: songti, ...(index > 0 && { break: 1 }) }))
}

export async function fileOf(title: string, children: (Paragraph | Table)[]): Promise<Blob> {
  const margin = { top: 1020, bottom: 1020, left: 907, right: 907 }
  const page = { size: { width: 11_906, height: 16_838 }, margin }
  return Packer.toBlob(new Document({ title, creator: '12319 坐席工作站', sections: [{ properties: { page }, children }] }))
}
