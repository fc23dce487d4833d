/**
 * Reads a dBASE III table, the fields of a Shapefile. Chinese programs write it in GBK more often than not: what the `.cpg` or the language byte says counts,
 * else UTF-8 when all of it is, else GBK.
 */
export type DbfRecord = Record<string, string | number | boolean | null>

interface Field {
  readonly name: string
  readonly type: string
  readonly start: number
  readonly length: number
}

const gbkLanguage = 0x4d

export function readDbf(bytes: Buffer, codePage: string | null): readonly DbfRecord[] | string {
  if (bytes.length < 33) return '.dbf 文件已损坏'
  const [count, headerBytes, recordBytes] = [bytes.readUInt32LE(4), bytes.readUInt16LE(8), bytes.readUInt16LE(10)]
  if (headerBytes < 33 || recordBytes < 1 || headerBytes + count * recordBytes > bytes.length + 1) return '.dbf 文件不完整'
  const encoding = encodingOf(bytes, codePage)
  const text = (from: number, length: number) => decoders[encoding].decode(bytes.subarray(from, from + length))
  const fields: Field[] = []
  let start = 1
  for (let at = 32; at + 32 <= headerBytes && bytes[at] !== 0x0d; at += 32) {
    const length = bytes[at + 16] ?? 0
    fields.push({ name: text(at, 11).split('\0')[0]?.trim() ?? '', type: String.fromCharCode(bytes[at + 11] ?? 67), start, length })
    start += length
  }
  return Array.from({ length: count }, (_, index) => {
    const at = headerBytes + index * recordBytes
    return Object.fromEntries(fields.map((field) => [field.name, cellValueOf(field.type, text(at + field.start, field.length).trim())]))
  })
}

const decoders = { 'utf-8': new TextDecoder('utf-8'), gbk: new TextDecoder('gbk') } as const

function encodingOf(bytes: Buffer, codePage: string | null): keyof typeof decoders {
  if (codePage !== null && /utf-?8|65001/i.test(codePage)) return 'utf-8'
  if (codePage !== null && /gb|936|54936|ansi/i.test(codePage)) return 'gbk'
  if (bytes[29] === gbkLanguage) return 'gbk'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(bytes.readUInt16LE(8)))
    return 'utf-8'
  } catch {
    return 'gbk'
  }
}

function cellValueOf(type: string, text: string): string | number | boolean | null {
  if (text === '' || /^\*+$/.test(text)) return null
  if (type === 'L') return /^[TtYy]$/.test(text) ? true : /^[FfNn]$/.test(text) ? false : null
  // A code of sixteen digits is more than a number holds.
  if ((type === 'N' || type === 'F') && text.length <= 15 && Number.isFinite(Number(text))) return Number(text)
  return text
}
