import type { Clock } from '#shared/base/clock'
import { type AppError, appError, err, ok, type Result } from '../camera-error'
import type { OpenedCamera } from '../opened-camera'
import { createPaced } from '../paced'
import type { CodedPicture } from '../rtsp/h264'
import { nextPieces, type Piece, type Playlist, readPlaylist } from './playlist'
import { createTransportReader, TransportSyntaxError } from './transport-stream'

/**
 * A picture from a gateway that gives HLS: the playlist is asked for again and again, new segments, or parts of them where the gateway gives parts,
 * are fetched and taken apart here, so that the page plays one form whatever the source is, and never learns the gateway's address. Begins with the
 * newest piece; the picture is late by the length of one to two pieces.
 */
export interface HlsOptions {
  readonly address: string
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  onPicture(picture: CodedPicture): void
  onLost(error: AppError): void
}

const requestMs = 5_000
const silentMs = 10_000
const longestPlaylist = 1_000_000
const largestPiece = 64 * 1024 * 1024
/** A playlist that was not ready is asked for again after this share of what it brings. */
const askAgainShare = 0.4
const fewestMs = 200

type Pieces = Extract<Playlist, { kind: 'pieces' }>

export async function openHlsCamera(options: HlsOptions): Promise<Result<OpenedCamera, AppError>> {
  const { clock, onPicture, onLost } = options
  if (!/^https?:\/\//.test(options.address) || !URL.canParse(options.address)) return err(appError('camera/badAddress'))
  const web = createWeb(options)
  const first = await findPieces(web, options.address)
  if (!first.ok) return first
  const { address } = first.value
  let list = first.value.playlist
  let isOver = false
  let taken: Piece | null = null
  const transport = createTransportReader()
  const paced = createPaced(clock, { mostWaitingMs: () => Math.max(3_000, list.targetMs * 2.5), onPicture })
  let lastAt = clock.monotonicMs()
  const end = (error: AppError | null) => {
    if (isOver) return
    isOver = true
    paced.stop()
    if (error) onLost(error)
  }
  const take = async (piece: Piece): Promise<AppError | null> => {
    const octets = await web.piece(piece)
    if (piece.isDiscontinuous || (taken && piece.sequence > taken.sequence + 1)) transport.skip()
    taken = piece
    // A piece that left the list meanwhile is passed over; the playlist says whether the gateway is there.
    if (!octets.ok) return octets.error.code === 'camera/notFound' ? null : octets.error
    try {
      const pictures = transport.read(octets.value)
      if (pictures.length > 0) lastAt = clock.monotonicMs()
      if (!isOver) for (const picture of pictures) paced.push(picture)
      return null
    } catch (error) {
      if (error instanceof TransportSyntaxError) return appError('camera/noPicture', { codec: error.found })
      throw error
    }
  }
  const readOn = async (): Promise<AppError | null> => {
    const waitsThere = list.canWait && taken !== null
    if (!waitsThere) await pause(clock, Math.max(fewestMs, (list.partMs ?? list.targetMs) * askAgainShare))
    const read = await (waitsThere
      ? web.playlist(waitingAddress(address, taken, list), requestMs + list.targetMs * 3)
      : web.playlist(address, requestMs))
    if (!read.ok) return read.error
    if (read.value.kind !== 'pieces') return appError('camera/lost')
    list = read.value
    // The gateway began anew: what it numbered before says nothing of what it numbers now.
    if (taken && (list.pieces.at(-1)?.sequence ?? taken.sequence) < taken.sequence) taken = null
    return null
  }
  /** Goes on until the camera is closed or lost; gives the reason. */
  const follow = async (): Promise<AppError | null> => {
    while (!isOver) {
      for (const piece of nextPieces(list.pieces, taken)) {
        const error = await take(piece)
        if (error) return error
      }
      if (list.isEnded) return appError('camera/lost')
      if (clock.monotonicMs() - lastAt > silentMs) return appError('camera/silent', { seconds: silentMs / 1_000 })
      const error = isOver ? null : await readOn()
      if (error) return error
    }
    return null
  }
  // The first piece is waited for: what a gateway lists and cannot give is told at once.
  const begins = nextPieces(list.pieces, null)[0]
  const failure = begins ? await take(begins) : null
  if (failure) {
    end(null)
    return err(failure)
  }
  void follow().then(end, () => end(appError('camera/lost')))
  return ok({ close: () => end(null) })
}

/** The directives of a reload that waits (rfc8216bis §6.2.5.2). */
function waitingAddress(address: string, taken: Piece | null, { partMs }: Pieces): string {
  if (!taken) return address
  const url = new URL(address)
  url.searchParams.set('_HLS_msn', String(taken.isWhole ? taken.sequence + 1 : taken.sequence))
  if (partMs !== null) url.searchParams.set('_HLS_part', String(taken.isWhole ? 0 : taken.part + 1))
  return url.href
}

/** The playlist with pieces, through a choice of variants where there is one: the largest that can be shown. */
async function findPieces(web: Web, given: string): Promise<Result<{ readonly address: string; readonly playlist: Pieces }, AppError>> {
  let address = given
  for (let steps = 0; steps < 2; steps++) {
    const read = await web.playlist(address, requestMs)
    if (!read.ok) return read
    const playlist = read.value
    if (playlist.kind === 'pieces') {
      if (playlist.obstacle) return err(appError('camera/noContainer', { form: playlist.obstacle }))
      return playlist.isEnded ? err(appError('camera/lost')) : ok({ address, playlist })
    }
    const playable = playlist.variants.filter(({ codecs }) => codecs === '' || /avc[13]/.test(codecs))
    const best = playable.sort((a, b) => b.bandwidth - a.bandwidth)[0]
    if (!best) return err(appError('camera/noPicture', { codec: playlist.variants[0]?.codecs || '没有视频' }))
    address = best.address
  }
  return err(appError('camera/noContainer', { form: '一层套一层的播放列表' }))
}

interface Web {
  playlist(address: string, withinMs: number): Promise<Result<Playlist, AppError>>
  piece(piece: Piece): Promise<Result<Buffer, AppError>>
}

function createWeb({ fetch }: HlsOptions): Web {
  async function get(address: string, range: Piece['range'], most: number, withinMs: number): Promise<Result<Buffer, AppError>> {
    try {
      const headers = range ? { range: `bytes=${range.from}-${range.to}` } : {}
      const response = await fetch(address, { signal: AbortSignal.timeout(withinMs), headers })
      const body = Buffer.from(await response.arrayBuffer())
      if (!response.ok) return err(refusalOf(response))
      return body.length > most ? err(appError('camera/refused', { status: response.status, reason: '太长' })) : ok(body)
    } catch {
      return err(appError('camera/unreachable', { address: URL.canParse(address) ? new URL(address).host : address }))
    }
  }
  return {
    async playlist(address, withinMs) {
      const got = await get(address, null, longestPlaylist, withinMs)
      if (!got.ok) return got
      const playlist = readPlaylist(got.value.toString('utf8'), address)
      return playlist ? ok(playlist) : err(appError('camera/noContainer', { form: '不是 HLS 播放列表' }))
    },
    piece: ({ address, range }) => get(address, range, largestPiece, requestMs),
  }
}

export function refusalOf({ status, statusText }: Response): AppError {
  if (status === 401 || status === 403) return appError('camera/wrongPassword')
  return status === 404 || status === 410 ? appError('camera/notFound') : appError('camera/refused', { status, reason: statusText })
}

const pause = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve))
