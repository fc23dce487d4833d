import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { appError } from '#shared/contracts/errors'
import type { Recording, RecordingMark } from '../media'
import type { RecordingFile } from './recording-file'
import { createTimeline, type Side } from './timeline'
import { millisecondsOf, samplesPerSecond, wavHeaderLength } from './wav'

/**
 * Writes one call to one file as it goes, twice a second, so that a process that dies loses less than a second. A disk that fails ends the recording and
 * says so once; nothing of the call waits for the disk.
 */
export interface Recorder {
  lay(side: Side, aLaw: Uint8Array, timestamp: number, isNewStream: boolean): void
  pause(): Recording
  resume(): Recording
  view(): Recording
  /** Resolves when the file is closed, or was given up; calling it again changes nothing. */
  close(): Promise<Recording>
}

export interface RecorderNeeds {
  readonly recording: Recording
  readonly file: RecordingFile
  readonly clock: Clock
  /** Keeps the notes beside the file. */
  keep(recording: Recording): Promise<void>
  /** Closed for good: hash and length. */
  finish(recording: Recording): Promise<Recording>
  onChanged(recording: Recording): void
  onFailed(recording: Recording, error: AppError): void
}

const flushEveryMs = 500
const syncEveryMs = 5_000
/** A disk that takes nothing for so long is not coming back while the call lasts. */
const mostWaitingOctets = 30 * samplesPerSecond * 2

export function createRecorder(needs: RecorderNeeds): Recorder {
  const { clock, file } = needs
  const now = (): number => clock.monotonicMs()
  const timeline = createTimeline(now(), file.samples)
  let state: Recording['state'] = needs.recording.state === 'paused' ? 'paused' : 'recording'
  let marks: readonly RecordingMark[] = needs.recording.marks
  let waiting = 0
  let syncedMs = now()
  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<Recording> | null = null
  timeline.setPaused(state === 'paused')

  const view = (): Recording => ({
    ...needs.recording,
    state,
    marks,
    durationMs: millisecondsOf(timeline.samples()),
    bytes: wavHeaderLength + timeline.samples() * 2,
  })
  const fail = (cause: unknown): void => {
    if (state === 'failed') return
    state = 'failed'
    stopFlushing()
    const code = (cause as NodeJS.ErrnoException | undefined)?.code
    const at = clockText(view().durationMs)
    needs.onFailed(view(), appError(code === 'ENOSPC' || code === 'EDQUOT' ? 'recording/diskFull' : 'recording/notWritable', { at }))
  }
  const inTurn = (work: () => Promise<void>): void => {
    last = last.then(() => (state === 'failed' ? undefined : work())).catch(fail)
  }
  const write = (octets: Buffer): void => {
    if (octets.length === 0 || state === 'failed') return
    waiting += octets.length
    if (waiting > mostWaitingOctets) {
      fail(undefined)
      return
    }
    inTurn(async () => {
      await file.append(octets)
      waiting -= octets.length
      if (now() - syncedMs < syncEveryMs) return
      syncedMs = now()
      await file.sync()
    })
  }
  const stopFlushing = clock.every(flushEveryMs, () => write(timeline.take(now())))
  const mark = (kind: 'pause' | 'resume'): Recording => {
    state = kind === 'pause' ? 'paused' : 'recording'
    timeline.setPaused(state === 'paused')
    marks = [...marks, { kind, atMs: millisecondsOf(timeline.position(now())) }]
    const changed = view()
    inTurn(() => needs.keep(changed))
    needs.onChanged(changed)
    return changed
  }
  const end = async (): Promise<Recording> => {
    stopFlushing()
    write(timeline.takeAll(now()))
    inTurn(() => file.sync())
    await last
    await file.close().catch(fail)
    if (state !== 'failed') state = 'finished'
    const finished = await needs.finish(view()).catch((cause: unknown) => {
      fail(cause)
      return view()
    })
    needs.onChanged(finished)
    return finished
  }
  return {
    lay: (side, aLaw, timestamp, isNewStream) => {
      if (!closing && state !== 'failed') timeline.lay(side, aLaw, timestamp, isNewStream, now())
    },
    pause: () => (state === 'recording' ? mark('pause') : view()),
    resume: () => (state === 'paused' ? mark('resume') : view()),
    view,
    close: () => {
      closing ??= end()
      return closing
    },
  }
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
