import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Partner } from '../../store/exchange-store'
import type { Services } from '../../workflows/services'
import { partnerByKey } from '../partners'
import type { RateLimit } from '../rate-limit'
import { type Fields, type Format, type Listed, mediaTypes, written, writtenOne } from './formats'
import { type Asked, type Fault, findRequests, listServices, postRequest, queryOf } from './requests'

/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2, frozen) at `/open311/v2/`: addresses, formats, statuses and the shape of errors are the
 * specification's and not this project's, so these routes are not in the contract table. Reading needs no key; posting needs a partner's.
 */
interface Parts {
  readonly services: Services
  /** By key, or by address for who has none. */
  readonly rate: RateLimit
}

const root = '/open311/v2'
const bodyLimitBytes = 65_536

export function registerOpen311(app: FastifyInstance, parts: Parts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: bodyLimitBytes },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.setErrorHandler((thrown: { readonly statusCode?: number }, request, reply) => {
      const status = thrown.statusCode ?? 500
      if (status >= 500) parts.services.log.error('open311 request failed', { requestId: request.id, reason: String(thrown) })
      return refuse(reply, formatOf(request), status, status === 413 ? 'the request is too large' : 'the request could not be read')
    })
    for (const format of ['json', 'xml'] as const) registerFormat(scope, parts, format)
  })
}

function registerFormat(scope: FastifyInstance, parts: Parts, format: Format): void {
  const { services } = parts
  const get = (path: string, answer: (asked: Asked, request: FastifyRequest) => Promise<Fault | string>) =>
    scope.get(`${root}${path}.${format}`, { schema: { hide: true } }, async (request, reply) => {
      const asked = askedOf(request.query)
      const turned = (await turnedAway(parts, asked, request)) ?? (await wrongJurisdiction(parts, asked))
      const result = turned ?? (await answer(asked, request))
      return typeof result === 'string' ? send(reply, format, 200, result) : refuse(reply, format, result.status, result.words)
    })
  const settings = () => services.caseSettings.read(services.db)
  const requests = (items: readonly Fields[]) => written(format, { root: 'service_requests', item: 'request', items })

  get('/discovery', async (_, request) => writtenOne(format, 'discovery', discovery(request, services)))
  get('/services', async () => written(format, { root: 'services', item: 'service', items: listServices(await settings()) }))
  get('/services/:id(^[0-9A-Za-z-]+)', async (_, request) => {
    const known = listServices(await settings()).some(({ service_code }) => service_code === idOf(request))
    const attributes: Listed = { root: 'attributes', item: 'attribute', items: [] }
    return known ? writtenOne(format, 'service_definition', { service_code: idOf(request), attributes }) : notFound('service_code')
  })
  get('/requests', async (asked) => {
    const query = queryOf(asked, await settings(), services.clock.now())
    return query.ok ? requests(await findRequests(services, query.value)) : query.error
  })
  const one = async (request: FastifyRequest) => {
    const query = { caseNos: [idOf(request)], subclasses: null, from: null, until: null, isOpen: null, limit: 1 }
    return findRequests(services, query)
  }
  get('/requests/:id(^[0-9A-Za-z-]+)', async (_, request) => {
    const found = await one(request)
    return found.length > 0 ? requests(found) : notFound('service_request_id')
  })
  // Every request has its number at once; whoever asks with a token all the same has the number as one.
  get('/tokens/:id(^[0-9A-Za-z-]+)', async (_, request) => {
    const [found] = await one(request)
    if (!found) return notFound('token')
    const items = [{ service_request_id: found.service_request_id ?? '', token: idOf(request) }]
    return written(format, { root: 'service_requests', item: 'request', items })
  })
  scope.post(`${root}/requests.${format}`, { schema: { hide: true }, bodyLimit: bodyLimitBytes }, async (request, reply) => {
    const asked = { ...askedOf(request.query), ...askedOf(request.body) }
    const turned = (await turnedAway(parts, asked, request)) ?? (await wrongJurisdiction(parts, asked))
    if (turned) return refuse(reply, format, turned.status, turned.words)
    const partner = await partnerOf(services, asked)
    if (!partner) return refuse(reply, format, 403, asked.api_key ? 'api_key is not valid' : 'api_key was not provided')
    const result = await postRequest(services, partner, asked)
    if (!result.ok) return refuse(reply, format, result.error.status, result.error.words)
    const items = [{ service_request_id: result.value, service_notice: '', account_id: '' }]
    return send(reply, format, 201, written(format, { root: 'service_requests', item: 'request', items }))
  })
}

const notFound = (what: string): Fault => ({ status: 404, words: `${what} was not found` })
const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id
const formatOf = (request: FastifyRequest): Format => (request.url.split('?')[0]?.endsWith('.xml') ? 'xml' : 'json')

/** Of a name that is given twice, the last one. */
function askedOf(given: unknown): Asked {
  const entries = Object.entries((given ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]))
}

const partnerOf = async (services: Services, { api_key }: Asked): Promise<Partner | undefined> =>
  api_key ? partnerByKey(services, api_key) : undefined

async function turnedAway({ services, rate }: Parts, asked: Asked, request: FastifyRequest): Promise<Fault | undefined> {
  const caller = (await partnerOf(services, asked))?.partnerId ?? `address ${request.ip}`
  return rate.isAllowed(caller) ? undefined : { status: 429, words: 'too many requests, please wait a minute' }
}

/** One centre, one region; who names none means it. */
async function wrongJurisdiction({ services }: Parts, { jurisdiction_id }: Asked): Promise<Fault | undefined> {
  if (jurisdiction_id === undefined) return undefined
  const { areas } = await services.caseSettings.read(services.db)
  const [street] = areas.streets
  return street?.slice(0, 6) === jurisdiction_id ? undefined : notFound('jurisdiction_id')
}

function discovery(request: FastifyRequest, { centre }: Services): Fields {
  const formats = { item: 'format', texts: ['application/json', 'text/xml'] }
  const changeset = '2026-01-01T00:00:00+08:00'
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${request.protocol}://${request.host}${root}`,
    changeset,
    type: centre.demonstration ? 'test' : 'production',
    formats,
  }
  return {
    changeset,
    contact: centre.name,
    key_service: '密钥由系统管理员发放',
    endpoints: { root: 'endpoints', item: 'endpoint', items: [endpoint] },
  }
}

const send = (reply: FastifyReply, format: Format, status: number, text: string) =>
  reply.code(status).header('content-type', mediaTypes[format]).send(text)

function refuse(reply: FastifyReply, format: Format, status: number, words: string): FastifyReply {
  return send(reply, format, status, written(format, { root: 'errors', item: 'error', items: [{ code: status, description: words }] }))
}
