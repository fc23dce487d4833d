import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { Central } from '../ports'
import type { SessionHolder } from '../session-holder'

/** What the workflow needs of `src-main/cameras`. */
export interface PictureStreams {
  watch(source: CameraSource): Promise<Result<{ readonly watchId: string }, AppError>>
  stream(watchId: string): AsyncGenerator<Uint8Array> | undefined
  leave(watchId: string): void
}

/**
 * Looking through cameras at this seat. Where a camera's picture comes from is asked of the centre and remembered while the program runs, so that
 * pictures go on, and come back, while the centre is away. Nothing is shown at a locked seat.
 */
export interface CameraWatcher {
  watch(input: InputOfCommand<'cameras.watch'>): Promise<Result<OutputOfCommand<'cameras.watch'>, AppError>>
  /** For the wall in the hall, which goes on while the seat is locked. */
  watchOnWall(input: InputOfCommand<'cameras.watch'>): Promise<Result<OutputOfCommand<'cameras.watch'>, AppError>>
  leave(watchId: string): void
  /** For the shell, which carries it to the page. */
  picture(watchId: string): AsyncGenerator<Uint8Array> | undefined
}

export function createCameraWatcher(parts: {
  readonly central: Central
  readonly streams: PictureStreams
  readonly session: Pick<SessionHolder, 'current'>
}): CameraWatcher {
  const { central, streams, session } = parts
  const known = new Map<string, CameraSource>()
  const onWall = new Set<string>()

  async function sourceOf({ cameraNo, quality }: InputOfCommand<'cameras.watch'>): Promise<Result<CameraSource, AppError>> {
    const key = `${cameraNo}/${quality}`
    const asked = await central.call('cameras.source', { params: { cameraNo }, query: { quality } })
    if (asked.ok) known.set(key, asked.value)
    const before = known.get(key)
    if (asked.ok || !before || !asked.error.retryable) return asked
    return ok(before)
  }

  return {
    async watch(input) {
      const source = await sourceOf(input)
      return source.ok ? streams.watch(source.value) : source
    },
    async watchOnWall(input) {
      const source = await sourceOf(input)
      const watching = source.ok ? await streams.watch(source.value) : source
      if (watching.ok) onWall.add(watching.value.watchId)
      return watching
    },
    leave(watchId) {
      onWall.delete(watchId)
      streams.leave(watchId)
    },
    picture(watchId) {
      const present = session.current()
      if (present && onWall.delete(watchId)) return whileSignedIn(streams.stream(watchId), session)
      return present && !present.isLocked ? whileHere(streams.stream(watchId), session) : undefined
    },
  }
}

/** Ends when whoever drives the wall leaves the seat. */
function whileSignedIn(stream: AsyncGenerator<Uint8Array> | undefined, session: Pick<SessionHolder, 'current'>) {
  const owner = session.current()?.me.accountNo
  async function* carried(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      if (session.current()?.me.accountNo !== owner) return
      yield piece
    }
  }
  return stream && carried(stream)
}

/** Ends when the person locks the seat or leaves it. */
function whileHere(stream: AsyncGenerator<Uint8Array> | undefined, session: Pick<SessionHolder, 'current'>) {
  const owner = session.current()?.me.accountNo
  async function* carried(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const present = session.current()
      if (present?.me.accountNo !== owner || present?.isLocked) return
      yield piece
    }
  }
  return stream && carried(stream)
}
