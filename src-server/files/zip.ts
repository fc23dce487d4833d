import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { err, ok, type Result } from '#shared/base/result'

/**
 * Reads a ZIP archive (APPNOTE 6.3.10) that is whole in memory: names first, contents when asked for. Stored and deflated entries; no encryption, no
 * ZIP64, which nothing as small as an import needs. An entry that would unpack beyond its bound is refused, whatever its header says.
 */
export interface ZipArchive {
  readonly names: readonly string[]
  /** Undefined: no such entry. Error: a Chinese sentence. */
  read(name: string, mostBytes: number): Promise<Result<Buffer | undefined, string>>
}

interface Entry {
  readonly method: number
  readonly start: number
  readonly packed: number
  readonly isEncrypted: boolean
}

const endSignature = 0x0605_4b50
const centralSignature = 0x0201_4b50
const localSignature = 0x0403_4b50
const endBytes = 22
const mostEntries = 5_000

export function openZip(bytes: Buffer): Result<ZipArchive, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + endBytes > bytes.length || bytes.readUInt32LE(end) !== endSignature) return err('文件不是 ZIP 压缩包，或已损坏')
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  const count = bytes.readUInt16LE(end + 10)
  if (count > mostEntries) return err(`压缩包里有 ${count} 个文件，太多`)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) return err('压缩包的目录已损坏')
    const [nameBytes, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const flags = bytes.readUInt16LE(at + 8)
    // Bit 11: the name is UTF-8; else it is whatever the machine had, and only its ending counts here.
    const name = bytes.toString((flags & 0x800) !== 0 ? 'utf8' : 'latin1', at + 46, at + 46 + nameBytes)
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      start: bytes.readUInt32LE(at + 42),
      packed: bytes.readUInt32LE(at + 20),
      isEncrypted: (flags & 1) !== 0,
    })
    at += 46 + nameBytes + extra + comment
  }
  return ok({ names: [...entries.keys()], read: (name, most) => readEntry(bytes, entries.get(name), most) })
}

async function readEntry(bytes: Buffer, entry: Entry | undefined, mostBytes: number): Promise<Result<Buffer | undefined, string>> {
  if (!entry) return ok(undefined)
  const { start, packed, method, isEncrypted } = entry
  if (isEncrypted) return err('压缩包加了密码，请去掉密码后再导入')
  if (start + 30 > bytes.length || bytes.readUInt32LE(start) !== localSignature) return err('压缩包已损坏')
  const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  if (from + packed > bytes.length) return err('压缩包不完整')
  const content = bytes.subarray(from, from + packed)
  if (method === 0) return content.length > mostBytes ? err(tooLarge(mostBytes)) : ok(content)
  if (method !== 8) return err('压缩包用了不支持的压缩方式，请用普通 ZIP 重新压缩')
  try {
    return ok(await promisify(inflateRaw)(content, { maxOutputLength: mostBytes }))
  } catch (thrown) {
    return err((thrown as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(mostBytes) : '压缩包已损坏')
  }
}

const tooLarge = (mostBytes: number): string => `压缩包解开后超过 ${Math.round(mostBytes / 1_048_576)} MB，没有读取；请分成几个文件`
