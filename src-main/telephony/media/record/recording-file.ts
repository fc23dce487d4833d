import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { samplesIn, wavHeader, wavHeaderLength } from './wav'

/**
 * A recording on disk while it grows. Speech is appended first and the header says so after, so that a process that dies at any moment leaves a file whose header
 * is true of what is in it. Failures of the disk are thrown as Node throws them; the recorder makes values of them.
 */
export interface RecordingFile {
  /** Already in it, on each side. */
  readonly samples: number
  append(octets: Buffer): Promise<void>
  /** Down to the disk, for a power cut. */
  sync(): Promise<void>
  close(): Promise<void>
}

export type OpenRecordingFile = (path: string) => Promise<RecordingFile>

/** Opens or continues. Half a sample at the end of a torn file is cut off. */
export const openRecordingFile: OpenRecordingFile = async (path) => {
  // Not 'a': in append mode Linux ignores positions, and the header is written over.
  const handle = await open(path, 'r+').catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause
    return open(path, 'wx+', 0o600)
  })
  try {
    const start = samplesIn((await handle.stat()).size)
    await handle.truncate(wavHeaderLength + start * 2)
    await handle.write(wavHeader(start), 0, wavHeaderLength, 0)
    let samples = start
    return {
      samples: start,
      append: async (octets) => {
        const at = wavHeaderLength + samples * 2
        for (let written = 0; written < octets.length; )
          written += (await handle.write(octets, written, octets.length - written, at + written)).bytesWritten
        samples += octets.length / 2
        await handle.write(wavHeader(samples), 0, wavHeaderLength, 0)
      },
      sync: () => handle.datasync(),
      close: () => handle.close(),
    }
  } catch (cause) {
    await handle.close()
    throw cause
  }
}

/** Makes header and length of a file agree that nobody writes any more. Samples on each side. */
export async function mendRecordingFile(path: string): Promise<number> {
  const file = await openRecordingFile(path)
  await file.sync()
  await file.close()
  return file.samples
}

/** Lower-case hexadecimal SHA-256 and length of a file. */
export async function fingerprint(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size }
}
