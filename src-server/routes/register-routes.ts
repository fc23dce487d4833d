import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '#shared/base/app-error'
import { rangeOf } from '#shared/base/byte-range'
import { err, ok, type Result } from '#shared/base/result'
import { octets, type RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { roles } from '#shared/domain/account/role'
import { partnerByKey } from '../exchange-with-others/partners'
import type { RateLimit } from '../exchange-with-others/rate-limit'
import { mayCall } from '../workflows/describe-centre'
import { onceOnly } from '../workflows/run-once'
import type { Actor, Answer, Ask, FileAnswer, RangedFile, Services } from '../workflows/services'
import { canonicalJson, sha256 } from '../workflows/tokens'
import { identify } from '../workflows/use-session'
import type { Handlers, StreamHandler } from './handler'
import { routerPath, schemaOf } from './openapi'
import { Refusal, sendProblem } from './problems'

/** Registers every row of the contract table: who may call, what is checked, which handler answers. The rows decide; this file only obeys them. */
export interface RouteParts {
  readonly services: Services
  readonly handlers: Handlers
  readonly stream: StreamHandler
  /** A fixed token with which a scraper may read `/metrics`; null = only an administrator's session may. */
  readonly metricsToken: string | null
  /** How often one partner may call. */
  readonly partnerRate: RateLimit
}

const defaultBodyLimitBytes = 65_536
/** Also answered outside `/api/v1`, where load balancers and scrapers look. */
const rootRoutes: readonly RouteName[] = ['health.get', 'metrics.get']

export function bodyLimitOf(spec: RouteSpec | undefined): number {
  return spec?.bodyLimitBytes ?? defaultBodyLimitBytes
}

export function registerRoutes(app: FastifyInstance, parts: RouteParts): void {
  for (const name of routeNames) {
    const spec: RouteSpec = centralApi[name]
    const route = {
      method: spec.method,
      bodyLimit: bodyLimitOf(spec),
      config: { name },
      onRequest: admission(name, parts),
      handler: name === 'events.stream' ? streamAnswer(parts) : answer(name, spec, parts),
    }
    const place = { ...route, url: routerPath(spec.path), schema: schemaOf(name, spec) }
    if (spec.consumes === undefined) app.route(place)
    else takeBytes(app, (scope) => scope.route(place))
    if (rootRoutes.includes(name)) app.route({ ...route, url: spec.path, schema: { hide: true } })
  }
}

/** Routes in a scope of their own, in which a body is bytes and nothing else is understood. */
function takeBytes(app: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(octets, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    register(scope)
  })
}

/** Who is asking, and may they; before the body is read. */
function admission(name: RouteName, { services, metricsToken, partnerRate }: RouteParts) {
  /** False when the token is no partner's key; it may then be a person's, who is told that this is not for people. */
  const admitPartner = async (request: FastifyRequest, token: string | undefined): Promise<boolean> => {
    const partner = token === undefined ? undefined : await partnerByKey(services, token)
    if (!partner) return false
    if (!partnerRate.isAllowed(partner.partnerId)) throw new Refusal(appError('request/busy'))
    request.setDecorator('actor', partner)
    return true
  }
  return async (request: FastifyRequest): Promise<void> => {
    if (mayCall(name, null)) return
    const spec: RouteSpec = centralApi[name]
    const token = bearerToken(request)
    if (spec.roles === 'partner' && (await admitPartner(request, token))) return
    if (name === 'metrics.get' && metricsToken !== null && token !== undefined && sha256(token) === sha256(metricsToken)) return
    const actor = await identify(services, token)
    if (!actor.ok) throw new Refusal(actor.error)
    const { role, mustChangePassword } = actor.value
    if (!mayCall(name, role)) throw new Refusal(appError('auth/forbidden', { role: roles[role], route: name }))
    if (mustChangePassword && !spec.beforePasswordChange) throw new Refusal(appError('auth/passwordMustChange'))
    request.setDecorator('actor', actor.value)
  }
}

function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
}

function streamAnswer({ stream }: RouteParts) {
  return (request: FastifyRequest, reply: FastifyReply) => stream(request.getDecorator<Actor>('actor'), request, reply)
}

function answer(name: Exclude<RouteName, 'events.stream'>, spec: RouteSpec, parts: RouteParts) {
  // Fastify has checked the parts against the row's schemas, and `Handlers` ties each handler to the same row: here the two meet.
  const handler = parts.handlers[name] as unknown as (ask: Ask<unknown, Actor | null>) => Answer<unknown>
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const ask = askOf(name, spec, request, parts.services)
    const result = ask.ok ? await handler(ask.value) : ask
    if (!result.ok) {
      await sendProblem(reply, result.error)
      return reply
    }
    if (spec.produces === octets) return sendFile(request, reply, result.value as FileAnswer)
    const version = (result.value as { version?: unknown } | null)?.version
    if (spec.versioned && typeof version === 'number') reply.header('etag', `"${version}"`)
    reply.code(spec.status ?? 200)
    reply.header('content-type', spec.produces ? `${spec.produces}; charset=utf-8` : 'application/json; charset=utf-8')
    return spec.produces ? reply.send(result.value) : reply.send(JSON.stringify(result.value))
  }
}

/** Pieces of a file that is sent whole: large enough to be quick, small enough that several readers fit. */
const pieceBytes = 1_048_576

async function* piecesOf(file: RangedFile, from: number, until: number): AsyncGenerator<Buffer, void> {
  for (let at = from; at < until; ) {
    const piece = await file.read(at, Math.min(until, at + pieceBytes))
    // Gone meanwhile: the connection ends short of what was promised, and the caller sees it.
    if (piece.length === 0) throw new Error('the file ended early')
    yield piece
    at += piece.length
  }
}

/** Read when the caller takes it; a caller that goes away ends the reading. */
function streamOf(pieces: AsyncGenerator<Buffer, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    async cancel() {
      await pieces.return()
    },
  })
}

/** RFC 9110 §14; a range that was asked for of another content (`If-Range`) is answered with the whole. */
async function sendRanged(request: FastifyRequest, reply: FastifyReply, file: FileAnswer & RangedFile): Promise<FastifyReply> {
  const ifRange = request.headers['if-range']
  const isSame = ifRange === undefined || ifRange === `"${file.etag}"`
  const range = isSame ? rangeOf(request.headers.range, file.size) : undefined
  reply.header('accept-ranges', 'bytes')
  if (range === 'unsatisfiable') {
    reply.headers({ 'content-range': `bytes */${file.size}`, 'cache-control': 'no-store' })
    await sendProblem(reply, appError('request/range', { bytes: file.size }))
    return reply
  }
  const { from, until } = range ?? { from: 0, until: file.size }
  if (range) reply.code(206).header('content-range', `bytes ${from}-${until - 1}/${file.size}`)
  return reply.header('content-length', until - from).send(streamOf(piecesOf(file, from, until)))
}

/** The bytes never change, so whoever has them need not ask again, unless they are for once; but only this person's own cache may keep them. */
async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): Promise<FastifyReply> {
  const etag = `"${file.etag}"`
  reply.headers({ etag, 'cache-control': file.isForOnce ? 'no-store' : 'private, max-age=31536000, immutable' })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  reply.headers({ 'content-type': file.mediaType, 'content-disposition': file.disposition })
  return 'bytes' in file ? reply.send(file.bytes) : sendRanged(request, reply, file)
}

function askOf(
  name: RouteName,
  spec: RouteSpec,
  request: FastifyRequest,
  services: Services,
): Result<Ask<unknown, Actor | null>, AppError> {
  const actor = request.getDecorator<Actor | null>('actor')
  const { params, query, body } = request
  if (spec.consumes !== undefined && !Buffer.isBuffer(body)) return err(appError('request/unsupportedMedia'))
  const seenVersion = spec.versioned ? versionOf(request.headers['if-match']) : ok(0)
  if (!seenVersion.ok) return seenVersion
  const key = spec.idempotent ? keyOf(request.headers['idempotency-key']) : ok(undefined)
  if (!key.ok) return key
  const transact: Ask<unknown>['transact'] = (work) => {
    if (key.value === undefined || actor === null) return services.transactor.inTransaction(work)
    const requestHash = sha256(canonicalJson({ name, params, body, seenVersion: seenVersion.value }))
    const keyed = { key: key.value, accountId: actor.accountId, requestHash }
    return services.transactor.inTransaction(onceOnly(keyed, services.clock.now(), work))
  }
  return ok({ input: { params, query, body }, actor, seenVersion: seenVersion.value, transact })
}

function keyOf(header: string | string[] | undefined): Result<string, AppError> {
  if (typeof header !== 'string' || header === '') return err(appError('request/keyMissing'))
  const key = header.toLowerCase()
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)
    ? ok(key)
    : err(appError('request/invalid', { fields: 'Idempotency-Key 应为 UUID' }))
}

function versionOf(header: string | undefined): Result<number, AppError> {
  if (header === undefined) return err(appError('request/versionMissing'))
  const version = /^"?(\d{1,9})"?$/.exec(header)?.[1]
  return version === undefined ? err(appError('request/invalid', { fields: 'If-Match 应为版本号' })) : ok(Number(version))
}
