import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Ids } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { playLifeMs, recordingPieceBytes } from '#shared/contracts/central-api/recordings'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { mayHear } from '#shared/domain/call/recording'
import type { Recordings } from '../../telephony/media/media'
import type { Central, Outbox, Store } from '../ports'
import type { SessionHolder } from '../session-holder'
import type { PlayBody } from './recording-intents'

/**
 * Listening at this seat: from its own copy when it has one, else from the centre. Either way the centre's audit hears of it: before a byte is given when the
 * sound is the centre's, and through the outbox when it is the seat's own. What is opened plays for the person who opened it, while they are here.
 */
export interface Playback {
  readonly mediaType: string
  readonly bytes: number
  /** Octets `from` to before `until`, in pieces. Ends early when what it comes from goes away; rejects never. */
  read(from: number, until: number): AsyncGenerator<Uint8Array>
}

export interface RecordingPlayer {
  open(me: Me, input: InputOfCommand<'recordings.open'>): Promise<Result<OutputOfCommand<'recordings.open'>, AppError>>
  /** For the shell, which serves it to the page. Undefined: there is no such play, it is over, or its person is not here. */
  playback(playId: string): Playback | undefined
}

export interface RecordingPlayerParts {
  readonly store: Pick<Store, 'transaction' | 'recordings' | 'calls' | 'intents'>
  readonly recordings: Pick<Recordings, 'find' | 'peaks' | 'readPiece'>
  readonly central: Central
  readonly outbox: Pick<Outbox, 'lookAgain'>
  readonly session: Pick<SessionHolder, 'current'>
  readonly ids: Ids
  readonly now: () => EpochMs
}

type Opened = OutputOfCommand<'recordings.open'>

interface Play {
  readonly accountNo: string
  readonly begunAt: EpochMs
  readonly playback: Playback
}

const peakCount = 600
const mediaType = 'audio/wav'
/** One person hears one recording at a time; a few stay open for going back and forth. */
const mostOpen = 8
const readTimeoutMs = 15_000

export function createRecordingPlayer(parts: RecordingPlayerParts): RecordingPlayer {
  const { store, recordings, central, outbox, session, ids, now } = parts
  const plays = new Map<string, Play>()

  function begin(accountNo: string, playback: Playback, playId: string): void {
    const [oldest] = plays.keys()
    if (plays.size >= mostOpen && oldest !== undefined) plays.delete(oldest)
    plays.set(playId, { accountNo, begunAt: now(), playback })
  }

  /** Undefined: there is no whole copy here. */
  async function openCopy(me: Me, recordingId: string): Promise<Result<Opened, AppError> | undefined> {
    const found = await recordings.find(recordingId)
    if (found?.state !== 'finished') return undefined
    const owner = store.recordings.get(recordingId)?.accountNo ?? store.calls.get(found.callId)?.accountNo ?? null
    if (!mayHear(me, owner)) return err(appError('recording/notYours'))
    const peaks = await recordings.peaks(recordingId, peakCount)
    if (!peaks.ok) return undefined
    const playId = ids.uuid()
    const { callId, startedAt, durationMs, marks, bytes } = found
    const told = store.transaction(() =>
      store.intents.append({
        ...{ intentId: ids.uuid(), kind: 'recording.play', subject: `play/${playId}`, accountNo: me.accountNo, createdAt: now() },
        body: { recordingId, playId, callId, at: now() } satisfies PlayBody,
        ...{ state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
      }),
    )
    // What cannot be told is not heard.
    if (!told.ok) return told
    outbox.lookAgain()
    const pieceAt = (from: number, length: number) => recordings.readPiece(recordingId, from, length)
    begin(me.accountNo, { mediaType, bytes, read: inPieces(bytes, pieceAt) }, playId)
    return ok({
      ...{ playId, source: 'seat' as const, startedAt, durationMs: Math.round(durationMs), marks: [...marks] },
      peaks: { left: [...peaks.value.left], right: [...peaks.value.right] },
    })
  }

  async function openAtCentre(me: Me, { recordingId, callId }: InputOfCommand<'recordings.open'>): Promise<Result<Opened, AppError>> {
    const playId = ids.uuid()
    const params = { recordingId, playId }
    const begun = await central.call('recordings.play', { params, body: { callId, at: now(), source: 'centre' } })
    if (!begun.ok) return begun
    const { recording } = begun.value
    if (!recording) return err(appError('recording/unknown'))
    const { startedAt, durationMs, marks, peaks, bytes } = recording
    async function pieceAt(from: number, length: number): Promise<Uint8Array | undefined> {
      const read = await central.call(
        'recordings.read',
        { params: { recordingId }, query: { playId, from, length } },
        { accountNo: me.accountNo, timeoutMs: readTimeoutMs },
      )
      return read.ok ? read.value.bytes : undefined
    }
    begin(me.accountNo, { mediaType, bytes, read: inPieces(bytes, pieceAt) }, playId)
    return ok({ playId, source: 'centre', startedAt, durationMs, marks, peaks })
  }

  return {
    open: async (me, input) => (await openCopy(me, input.recordingId)) ?? openAtCentre(me, input),
    playback(playId) {
      const play = plays.get(playId)
      const present = session.current()
      const isOpen = play && present?.me.accountNo === play.accountNo && !present.isLocked && now() < play.begunAt + playLifeMs
      return isOpen ? play.playback : undefined
    },
  }
}

function inPieces(bytes: number, pieceAt: (from: number, length: number) => Promise<Uint8Array | undefined>): Playback['read'] {
  return async function* read(from, until) {
    const end = Math.min(until, bytes)
    for (let at = from; at < end; ) {
      const piece = await pieceAt(at, Math.min(recordingPieceBytes, end - at))
      if (!piece || piece.length === 0) return
      yield piece
      at += piece.length
    }
  }
}
