import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { Recording, RecordingMark, Recordings } from '../media'
import { peaksOf } from './peaks'
import { createRecorder, type Recorder } from './recorder'
import { fingerprint, mendRecordingFile, type OpenRecordingFile } from './recording-file'
import { millisecondsOf, samplesPerSecond } from './wav'

/**
 * The folder of recordings: for each a WAV and its notes (JSON, replaced as a whole). The notes are written first, so that no file is ever without a call. It
 * keeps and mends; what is kept for how long is decided elsewhere.
 */
export interface RecordingFolder extends Recordings {
  begin(callId: string, recordingId: string, events: RecorderEvents): Promise<Result<Recorder, AppError>>
}

export interface RecorderEvents {
  onChanged(recording: Recording): void
  onFailed(recording: Recording, error: AppError): void
}

export interface RecordingFolderNeeds {
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  readonly openFile: OpenRecordingFile
}

/** Longer away than this is not filled: the call was another one, or the clock was set. */
const mostGapMs = 10 * 60_000

export function createRecordingFolder({ folder, clock, log, openFile }: RecordingFolderNeeds): RecordingFolder {
  const wavOf = (id: string): string => join(folder, `${id}.wav`)
  const notesOf = (id: string): string => join(folder, `${id}.json`)

  const keep = async (recording: Recording): Promise<void> => {
    const next = `${notesOf(recording.recordingId)}.next`
    await writeFile(next, JSON.stringify(recording), { mode: 0o600, flush: true })
    await rename(next, notesOf(recording.recordingId))
  }
  const find = async (id: string): Promise<Recording | null> => {
    if (!isId(id)) return null
    return readFile(notesOf(id), 'utf8').then(readNotes, () => null)
  }
  const finish = async (recording: Recording): Promise<Recording> => {
    const finished = { ...recording, ...(await fingerprint(wavOf(recording.recordingId))) }
    await keep(finished)
    return finished
  }
  const list = async (): Promise<Recording[]> => {
    const names = await readdir(folder).catch(() => [])
    const all = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => find(name.slice(0, -5))))
    return all.filter((one) => one !== null).sort((a, b) => a.startedAt - b.startedAt)
  }
  const mend = async (recording: Recording): Promise<Recording> => {
    const durationMs = millisecondsOf(await mendRecordingFile(wavOf(recording.recordingId)))
    return finish({ ...recording, state: 'finished', durationMs })
  }
  return {
    begin: async (callId, recordingId, events) => {
      if (!isId(recordingId)) throw new Error('a recording id is letters, digits and dashes')
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const before = await find(recordingId)
        const fresh: Recording = {
          ...{ recordingId, callId, state: 'recording', startedAt: clock.now(), durationMs: 0, bytes: 0, sha256: null, marks: [] },
        }
        const known = before?.callId === callId ? before : fresh
        const recording: Recording = { ...known, state: known.state === 'paused' ? 'paused' : 'recording', sha256: null }
        await keep(recording)
        const file = await openFile(wavOf(recordingId))
        const gap = before ? await fillGap(file, recording.startedAt, clock.now()) : null
        const marks: readonly RecordingMark[] = gap ? [...recording.marks, { kind: 'gap', atMs: gap.atMs }] : recording.marks
        const opened = gap ? { ...file, samples: gap.samples } : file
        // Kept now: the process may die again, and what is missing twice is marked twice.
        if (gap) await keep({ ...recording, marks })
        return ok(createRecorder({ recording: { ...recording, marks }, file: opened, clock, keep, finish, ...events }))
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code
        log.error('recording does not begin', { recordingId, code })
        return err(appError(code === 'ENOSPC' || code === 'EDQUOT' ? 'recording/diskFull' : 'recording/notWritable', { at: '0:00' }))
      }
    },
    repair: async (except) => {
      const left = (await list()).filter(
        ({ state, recordingId }) => (state === 'recording' || state === 'paused') && !except.includes(recordingId),
      )
      const mended: Recording[] = []
      for (const one of left) {
        try {
          mended.push(await mend(one))
        } catch (cause) {
          log.error('recording cannot be mended', { recordingId: one.recordingId, code: (cause as NodeJS.ErrnoException).code })
        }
      }
      return mended
    },
    find,
    list,
    fileOf: (id) => (isId(id) ? wavOf(id) : null),
    peaks: async (id, count) => {
      const handle = isId(id) ? await open(wavOf(id), 'r').catch(() => null) : null
      if (!handle) return err(appError('record/notFound'))
      try {
        return ok(await peaksOf(handle, count))
      } finally {
        await handle.close()
      }
    },
    readPiece: async (id, from, length) => {
      const handle = isId(id) ? await open(wavOf(id), 'r').catch(() => null) : null
      if (!handle) return undefined
      try {
        const piece = new Uint8Array(length)
        const { bytesRead } = await handle.read(piece, 0, length, from)
        return piece.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
    freeBytes: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined)
      return statfs(folder).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => null,
      )
    },
    remove: async (id) => {
      if (!isId(id)) return false
      const isThere = await stat(notesOf(id)).then(
        () => true,
        () => false,
      )
      await rm(wavOf(id), { force: true })
      await rm(notesOf(id), { force: true })
      return isThere
    },
  }
}

/** Silence for the time in which no process wrote, so that times in the file stay times of the call. */
async function fillGap(file: { readonly samples: number; append(octets: Buffer): Promise<void> }, startedAt: number, now: number) {
  const atMs = millisecondsOf(file.samples)
  const missingMs = now - startedAt - atMs
  if (missingMs <= 0 || missingMs > mostGapMs) return { atMs, samples: file.samples }
  const samples = Math.round((missingMs * samplesPerSecond) / 1_000)
  await file.append(Buffer.alloc(samples * 2, 0xd5))
  return { atMs, samples: file.samples + samples }
}

const isId = (id: string): boolean => /^[A-Za-z0-9-]{1,64}$/.test(id)

/** Notes are ours, yet a torn disk may hold anything. */
function readNotes(text: string): Recording | null {
  try {
    const value = JSON.parse(text) as Recording
    return typeof value === 'object' &&
      value &&
      isId(value.recordingId) &&
      typeof value.startedAt === 'number' &&
      Array.isArray(value.marks)
      ? value
      : null
  } catch {
    return null
  }
}
