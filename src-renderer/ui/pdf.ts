/**
 * One sheet of paper with one picture that fills it, as a PDF (ISO 32000-1). Words are part of the picture: drawn by the page with its own font, every
 * Chinese character is there on any machine that opens the file, which an embedded font of ten megabytes would be needed for otherwise. They cannot be
 * searched for; the title stands in the document's information.
 */
export interface PdfSheet {
  readonly title: string
  /** Millimetres. */
  readonly width: number
  readonly height: number
  /** JPEG, baseline, three colours. */
  readonly jpeg: Uint8Array
  readonly pixels: { readonly width: number; readonly height: number }
  readonly madeAt: Date
}

const pointsPerMm = 72 / 25.4

export function pdfOf({ title, width, height, jpeg, pixels, madeAt }: PdfSheet): Uint8Array<ArrayBuffer> {
  const [w, h] = [width * pointsPerMm, height * pointsPerMm].map((points) => points.toFixed(2)) as [string, string]
  const drawing = `q ${w} 0 0 ${h} 0 0 cm /Sheet Do Q`
  const image = `<< /Type /XObject /Subtype /Image /Width ${pixels.width} /Height ${pixels.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`
  const objects: readonly (string | readonly [string, Uint8Array])[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Resources << /XObject << /Sheet 5 0 R >> >> /Contents 4 0 R >>`,
    [`<< /Length ${drawing.length} >>`, ascii(drawing)],
    [image, jpeg],
    `<< /Title ${text(title)} /CreationDate (${dateOf(madeAt)}) >>`,
  ]
  // The second line holds bytes above 127, so that nobody takes the file for text (§7.5.2).
  const parts: Uint8Array[] = [ascii('%PDF-1.4\n%'), new Uint8Array([0xe2, 0xe3, 0xcf, 0xd3]), ascii('\n')]
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  const starts: number[] = []
  const put = (part: Uint8Array) => {
    parts.push(part)
    length += part.length
  }
  objects.forEach((object, at) => {
    starts.push(length)
    const [dictionary, stream] = typeof object === 'string' ? [object, undefined] : object
    put(ascii(`${at + 1} 0 obj\n${dictionary}\n`))
    if (stream) {
      put(ascii('stream\n'))
      put(stream)
      put(ascii('\nendstream\n'))
    }
    put(ascii('endobj\n'))
  })
  const crossReferences = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const startOfTable = length
  put(ascii(`xref\n0 ${count}\n0000000000 65535 f \n${crossReferences}`))
  put(ascii(`trailer\n<< /Size ${count} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${startOfTable}\n%%EOF\n`))
  return joined(parts, length)
}

const ascii = (words: string): Uint8Array => Uint8Array.from(words, (character) => character.charCodeAt(0))

/** §7.9.2.2: UTF-16, big-endian, with its mark. */
const text = (words: string): string =>
  `<FEFF${Array.from({ length: words.length }, (_, at) => words.charCodeAt(at).toString(16).padStart(4, '0'))
    .join('')
    .toUpperCase()}>`

/** §7.9.4. */
const dateOf = (at: Date): string => `D:${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}
