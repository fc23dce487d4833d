import { ZipFile } from 'yazl'

/** A ZIP archive of a few files, as a stream. */
export function zipOf(files: Readonly<Record<string, Buffer>>, madeAt: Date): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name, { mtime: madeAt })
  zip.end()
  return zip.outputStream as unknown as AsyncIterable<Uint8Array>
}
