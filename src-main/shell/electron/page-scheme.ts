import { Readable } from 'node:stream'
import { protocol } from 'electron'
import type { Seat } from '../../seat-api/seat-api'
import type { FindPageFile } from '../page-files'
import { pageHeaders } from '../page-security'
import { serveBaseMap } from '../serve-base-map'
import { serveMapTiles } from '../serve-map-tiles'
import { pictureAddress, pictureHeaders } from '../serve-picture'
import { serveRecording } from '../serve-recording'
import { pageHost, pageScheme } from './page-origin'

/**
 * Serves the page from `app://seat/`. A scheme of our own, standard and secure, gives the page a real origin (a `file:` page has none), so the
 * content security policy, storage and the microphone permission work as on the web, without any port being open.
 */
export function announcePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ])
}

/** After `ready`. */
export function servePageScheme(
  findFile: FindPageFile,
  { playback, picture, mapArchive, baseMapTile }: Pick<Seat, 'playback' | 'picture' | 'mapArchive' | 'baseMapTile'>,
): void {
  protocol.handle(pageScheme, async (request) => {
    const url = new URL(request.url)
    const headers = { ...pageHeaders() }
    const isAsking = request.method === 'GET' || request.method === 'HEAD'
    const asked = { path: url.pathname, method: request.method, range: request.headers.get('range') ?? undefined }
    const isOurs = url.host === pageHost && isAsking
    const sound = isOurs
      ? (serveRecording(playback, asked) ?? serveMapTiles(mapArchive, asked) ?? (await serveBaseMap(baseMapTile, asked)))
      : undefined
    if (sound) {
      const body = sound.body === null ? null : (Readable.toWeb(Readable.from(sound.body)) as ReadableStream<Uint8Array>)
      return new Response(body, { status: sound.status, headers: { ...headers, ...sound.headers } })
    }
    const watchId = url.host === pageHost && isAsking ? pictureAddress.exec(url.pathname)?.[1] : undefined
    const stream = watchId === undefined ? undefined : picture(watchId)
    if (stream) {
      const body = Readable.toWeb(Readable.from(stream)) as ReadableStream<Uint8Array>
      return new Response(body, { headers: { ...headers, ...pictureHeaders } })
    }
    const file = url.host === pageHost && isAsking ? await findFile(url.pathname) : undefined
    if (!file) return new Response('没有这个文件。', { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } })
    return new Response(new Uint8Array(file.content), { headers: { ...headers, 'content-type': file.contentType } })
  })
}
