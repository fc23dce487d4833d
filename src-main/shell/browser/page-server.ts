import { Readable } from 'node:stream'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Clock, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Seat, SeatApi } from '../../seat-api/seat-api'
import type { FindPageFile } from '../page-files'
import { pageHeaders } from '../page-security'
import { serveBaseMap } from '../serve-base-map'
import { serveMapTiles } from '../serve-map-tiles'
import { pictureAddress } from '../serve-picture'
import type { ServedOctets } from '../serve-range'
import { serveRecording } from '../serve-recording'
import { type Admission, cookieValue, createAdmission } from './admission'
import { frameLimitBytes } from './frames'
import { servePicture } from './picture-socket'
import { refusalPage } from './refusal-page'
import { serveSocket } from './window-socket'

/**
 * Serves the page and its WebSocket to windows on this PC. Nothing is answered without the right Host (so that a name pointed at 127.0.0.1
 * cannot reach it), nothing but a one-time token without the session cookie, and no socket without our own Origin. It knows nothing of
 * commands: the core judges them.
 */
export interface PageServer {
  readonly port: number
  /** A new address that opens the seat once. */
  oneTimeAddress(): string
  /** How many windows are connected. */
  windowCount(): number
  /** Called after a window connected or went. */
  onWindowsChanged(listener: () => void): void
  close(): Promise<void>
}

export interface PageServerNeeds {
  readonly api: SeatApi
  /** What a window opened to listen to. */
  readonly playback: Seat['playback']
  readonly mapArchive: Seat['mapArchive']
  readonly baseMapTile: Seat['baseMapTile']
  /** What a window opened to look at. */
  readonly picture: Seat['picture']
  readonly findFile: FindPageFile
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** 32 random bytes as URL-safe text. */
  secret(): string
  /** 0 = any free port. */
  readonly port: number
}

/** Rejects when the port cannot be had. */
export async function startPageServer(needs: PageServerNeeds): Promise<PageServer> {
  const { clock, log } = needs
  const admission = createAdmission({ now: () => clock.now(), secret: needs.secret })
  const app = fastify({ logger: false, bodyLimit: 1_000, forceCloseConnections: true })
  const listeners = new Set<() => void>()
  const windows = new Set<string>()
  const setWindow = (windowId: string, isOpen: boolean) => {
    if (isOpen) windows.add(windowId)
    else windows.delete(windowId)
    for (const listener of listeners) listener()
  }

  await app.register(websocket, { options: { maxPayload: frameLimitBytes, perMessageDeflate: false } })
  app.addHook('onRequest', (request, reply) => admit(request, reply, { admission, log, port: () => portOf(app) }))
  app.get('/seat', { websocket: true }, (socket) => {
    const windowId = needs.ids.uuid()
    setWindow(windowId, true)
    serveSocket(socket, { windowId, api: needs.api, clock, log: log.child({ windowId }), onClosed: () => setWindow(windowId, false) })
  })
  app.get('/cameras/*', { websocket: true }, (socket, request) => {
    const watchId = pictureAddress.exec(pathOf(request))?.[1]
    void servePicture(socket, watchId === undefined ? undefined : needs.picture(watchId))
  })
  app.get('/recordings/*', (request, reply) => sendRanged(reply, serveRecording(needs.playback, askedOf(request))))
  app.get('/map-tiles/*', (request, reply) => sendRanged(reply, serveMapTiles(needs.mapArchive, askedOf(request))))
  app.get('/base-maps/*', async (request, reply) => sendRanged(reply, await serveBaseMap(needs.baseMapTile, askedOf(request))))
  app.get('/*', (request, reply) => sendFile(request, reply, needs.findFile))
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send('没有这个文件。'))

  await app.listen({ host: '127.0.0.1', port: needs.port })
  return {
    port: portOf(app),
    oneTimeAddress: () => `http://127.0.0.1:${portOf(app)}/?token=${admission.issueToken()}`,
    windowCount: () => windows.size,
    onWindowsChanged: (listener) => listeners.add(listener),
    close: () => app.close(),
  }
}

interface AdmitNeeds {
  readonly admission: Admission
  readonly log: Log
  port(): number
}

async function admit(request: FastifyRequest, reply: FastifyReply, { admission, log, port }: AdmitNeeds): Promise<unknown> {
  const { host, origin, cookie } = request.headers
  const socketOrigin = host ? `ws://${host}` : undefined
  const refuse = (reason: string) => {
    log.warn('request refused', { reason, method: request.method, path: pathOf(request) })
    return reply.headers(pageHeaders()).code(403).type('text/html; charset=utf-8').send(refusalPage)
  }
  if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`) return refuse('host')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse('method')
  reply.headers(pageHeaders(socketOrigin ? { socketOrigin } : {}))

  // Cookies do not tell ports apart (RFC 6265 §8.5): the name does, so that two seats on one PC do not sign each other out.
  const cookieName = `seat-${port()}`
  const session = cookieValue(cookie, cookieName)
  const isSocket = request.ws || request.headers.upgrade !== undefined
  const token = tokenOf(request)
  if (token !== undefined && !isSocket) {
    const fresh = admission.redeem(token)
    if (fresh) reply.header('set-cookie', `${cookieName}=${fresh}; HttpOnly; SameSite=Strict; Path=/`)
    else if (!admission.isSession(session)) return refuse('token')
    return reply.header('cache-control', 'no-store').redirect('/', 303)
  }
  if (!admission.isSession(session)) return refuse('session')
  if (isSocket && (!(pathOf(request) === '/seat' || pictureAddress.test(pathOf(request))) || origin !== `http://${host}`))
    return refuse('origin')
  return undefined
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, findFile: FindPageFile): Promise<unknown> {
  const file = await findFile(pathOf(request))
  if (!file) return reply.callNotFound()
  const caching = file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache'
  return reply.header('cache-control', caching).type(file.contentType).send(file.content)
}

const askedOf = (request: FastifyRequest) => ({ path: pathOf(request), method: request.method, range: request.headers.range })

async function sendRanged(reply: FastifyReply, served: ServedOctets | undefined): Promise<unknown> {
  if (!served) return reply.callNotFound()
  reply.code(served.status).headers(served.headers)
  return reply.send(served.body === null ? null : Readable.from(served.body))
}

/** The raw path, still encoded: the file lookup decodes it once, itself. */
const pathOf = (request: FastifyRequest) => request.raw.url?.split('?', 1)[0] ?? '/'

function tokenOf(request: FastifyRequest): string | undefined {
  if (pathOf(request) !== '/') return undefined
  return new URLSearchParams(request.raw.url?.split('?')[1] ?? '').get('token') ?? undefined
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}
