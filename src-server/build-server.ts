import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import type { Clock, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { centralApi } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { EventHub } from './events/event-hub'
import { registerOpen311 } from './exchange-with-others/open311/routes'
import { createRateLimit } from './exchange-with-others/rate-limit'
import { accountHandlers } from './routes/accounts'
import { attachmentHandlers } from './routes/attachments'
import { baseMapHandlers } from './routes/base-maps'
import { callerHandlers } from './routes/callers'
import { callHandlers } from './routes/calls'
import { cameraHandlers, gbDeviceHandlers } from './routes/cameras'
import { caseHandlers } from './routes/cases'
import { centreHandlers } from './routes/centre'
import { registerCitizenPage } from './routes/citizen-page'
import { type CollectorFile, registerCollectorPage } from './routes/collector-page'
import { collectorHandlers } from './routes/collectors'
import { dutyLogHandlers } from './routes/duty-log'
import { equipmentHandlers } from './routes/equipment'
import { eventStream } from './routes/event-stream'
import { exchangeHandlers } from './routes/exchange'
import { exportHandlers } from './routes/exports'
import { geoHandlers } from './routes/geo'
import type { Handlers } from './routes/handler'
import { knowledgeHandlers } from './routes/knowledge'
import { createMetrics, type Metrics } from './routes/metrics'
import { withNamedShapes } from './routes/named-shapes'
import { partnerScheme, problemSchema, securityScheme } from './routes/openapi'
import { operationHandlers } from './routes/operations'
import { knownFailure, problemOf, problemType, Refusal, sendProblem } from './routes/problems'
import { qualityHandlers } from './routes/quality'
import { recordingHandlers } from './routes/recordings'
import { referenceHandlers } from './routes/reference'
import { bodyLimitOf, registerRoutes } from './routes/register-routes'
import { searchHandlers } from './routes/search'
import { sessionHandlers } from './routes/sessions'
import { shiftHandlers } from './routes/shift'
import { bodyCheck, queryCheck } from './routes/validation'
import { viewHandlers } from './routes/views'
import { wallHandlers } from './routes/walls'
import { listReplies } from './workflows/cases/replies'
import { createLink } from './workflows/citizen-pictures'
import { listFollowUps } from './workflows/follow-ups'
import { claimMissed, listMissed, settleMissed } from './workflows/missed-calls'
import type { Services } from './workflows/services'

/** Builds the central server without listening, so that a test can inject requests. Everything it uses comes in as an argument. */
export interface ServerParts {
  readonly services: Services
  readonly hub: EventHub
  readonly metricsToken: string | null
  readonly collectorPage: readonly CollectorFile[]
}

/** No page of another origin has any business with this API, and nothing that it says is kept by a cache. */
const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'permissions-policy': 'geolocation=(), camera=(), microphone=()',
} as const

/** The pages that show OpenAPI bring their own scripts and styles, and reach for nothing outside. */
const docsPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

export async function buildServer({ services, hub, metricsToken, collectorPage }: ServerParts): Promise<FastifyInstance> {
  const { clock, ids, log } = services
  const app = newApp(ids, log)
  const metrics = createMetrics({
    databaseKind: services.databaseKind,
    version: services.centre.version,
    streams: () => hub.listenerCount(),
  })
  const partnerRate = createRateLimit(clock, { perMinute: 600, burst: 120 })
  const handlers: Handlers = {
    ...sessionHandlers(services),
    ...centreHandlers(services),
    ...accountHandlers(services),
    ...referenceHandlers(services),
    ...knowledgeHandlers(services),
    ...dutyLogHandlers(services),
    ...shiftHandlers(services),
    ...equipmentHandlers(services),
    ...callHandlers(services),
    ...cameraHandlers(services),
    ...gbDeviceHandlers(services),
    ...callerHandlers(services),
    ...recordingHandlers(services),
    ...qualityHandlers(services),
    ...geoHandlers(services),
    ...baseMapHandlers(services),
    ...caseHandlers(services),
    ...searchHandlers(services),
    'citizenLinks.create': (ask) => createLink(services, ask),
    'followUps.list': (ask) => listFollowUps(services, ask),
    'replies.list': (ask) => listReplies(services, ask),
    'missedCalls.list': () => listMissed(services),
    'missedCalls.claim': (ask) => claimMissed(services, ask),
    'missedCalls.settle': (ask) => settleMissed(services, ask),
    ...viewHandlers(services),
    ...exportHandlers(services),
    ...collectorHandlers(services),
    ...attachmentHandlers(services),
    ...exchangeHandlers(services),
    ...operationHandlers(services, metrics),
    ...wallHandlers(services),
  }
  app.decorateRequest('actor', null)
  answerFailures(app, log)
  observe(app, clock, log, metrics)
  await describe(app, services.centre.version)
  registerRoutes(app, { services, handlers, stream: eventStream(services, hub, securityHeaders), metricsToken, partnerRate })
  registerCollectorPage(app, collectorPage)
  registerCitizenPage(app, { services, rate: createRateLimit(clock, { perMinute: 60, burst: 30 }) })
  registerOpen311(app, { services, rate: createRateLimit(clock, { perMinute: 60, burst: 60 }) })
  app.addHook('preClose', async () => hub.close())
  return app
}

function newApp(ids: Ids, log: Log): FastifyInstance {
  const app = fastify({
    logger: false,
    genReqId: () => ids.uuid(),
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    // Addresses that cannot be read never reach a hook.
    frameworkErrors: (thrown, request, reply) => {
      reply.headers({ ...securityHeaders, 'x-request-id': request.id })
      void sendProblem(reply, knownFailure(thrown, 0) ?? appError('request/malformed'))
    },
    clientErrorHandler(thrown, socket) {
      log.debug('connection refused', { reason: thrown.code })
      if (!socket.writable) return socket.destroy()
      const body = JSON.stringify(problemOf(appError('request/malformed'), ids.uuid()))
      socket.end(
        `HTTP/1.1 400 Bad Request\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
    },
  })
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    // Headers are read where they are used; the schema only describes them.
    if (httpPart === 'headers') return (value) => ({ value })
    const check = httpPart === 'querystring' ? queryCheck(schema) : bodyCheck(schema)
    return (value) => {
      const result = check(value)
      return result.ok ? { value: result.value } : { error: new Refusal(result.error) }
    }
  })
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  return app
}

function answerFailures(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, appError('request/unknownRoute')))
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    const { name } = request.routeOptions.config
    const known = knownFailure(thrown, bodyLimitOf(name && centralApi[name]))
    if (!known) log.error('request failed', { requestId: request.id, route: name, reason: thrown.message, stack: thrown.stack })
    return sendProblem(reply, known ?? appError('central/fault', { requestId: request.id }))
  })
}

function observe(app: FastifyInstance, clock: Clock, log: Log, metrics: Metrics): void {
  const startedAt = new WeakMap<object, number>()
  app.addHook('onRequest', async (request, reply) => {
    startedAt.set(request, clock.monotonicMs())
    metrics.requestStarted()
    reply.headers({ ...securityHeaders, 'x-request-id': request.id })
  })
  app.addHook('onResponse', async (request, reply) => {
    const ms = clock.monotonicMs() - (startedAt.get(request) ?? 0)
    const { name = 'none' } = request.routeOptions.config
    metrics.requestEnded(
      { route: name, method: request.method, status: reply.statusCode },
      name === 'events.stream' ? undefined : ms / 1000,
    )
    log.debug('request answered', { requestId: request.id, route: name, status: reply.statusCode, ms: Math.round(ms) })
  })
}

/** OpenAPI 3.1 from the same rows, with pages to read it that need no network. */
async function describe(app: FastifyInstance, version: string): Promise<void> {
  app.addSchema(problemSchema)
  await app.register(swagger, {
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `def-${index}`) },
    transformObject: (described) => ('openapiObject' in described ? withNamedShapes(described.openapiObject) : described.swaggerObject),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '12319 坐席工作站 · 中心服务',
        version,
        description: '由接口表生成。错误一律为 application/problem+json，code 供程序判断，title 供人阅读。',
      },
      components: {
        securitySchemes: {
          [securityScheme]: { type: 'http', scheme: 'bearer', description: '签入得到的 accessToken' },
          [partnerScheme]: { type: 'http', scheme: 'bearer', description: '对接平台的密钥，由 --create-partner 发放' },
        },
      },
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: docsPolicy, uiConfig: { tryItOutEnabled: false } })
}
