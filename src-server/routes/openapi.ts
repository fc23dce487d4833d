import { type TSchema, Type } from 'typebox'
import { octets, type RouteSpec } from '#shared/contracts/central-api/route'
import { apiPrefix, type RouteName } from '#shared/contracts/central-api/table'
import { Problem } from '#shared/contracts/common'
import { type ErrorCode, errorCatalogue } from '#shared/contracts/errors'

/** Turns a row of the contract table into what the framework registers and what OpenAPI shows. Nothing is described twice. */
export interface RouteSchema {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly params?: TSchema
  readonly querystring?: TSchema
  readonly body?: TSchema | { readonly content: Readonly<Record<string, { readonly schema: TSchema }>> }
  readonly headers?: TSchema
  readonly security: readonly Record<string, readonly string[]>[]
  readonly response: Readonly<Record<number, unknown>>
  readonly 'x-roles': RouteSpec['roles']
}

export const securityScheme = 'session'
/** The key of another platform. */
export const partnerScheme = 'partnerKey'

/** Registered once; every refusal refers to it. */
export const problemSchema = { $id: 'Problem', ...Problem }

/** `{id}` of the table as `:id` of the router. */
export function routerPath(path: string): string {
  return apiPrefix + path.replaceAll(/\{(\w+)\}/g, ':$1')
}

export function schemaOf(name: RouteName, spec: RouteSpec): RouteSchema {
  const headers = headersOf(spec)
  return {
    operationId: name,
    summary: spec.summary,
    tags: [spec.tag],
    ...(spec.params && { params: spec.params }),
    ...(spec.query && { querystring: spec.query }),
    ...(spec.body && { body: spec.body }),
    ...(spec.consumes && { body: { content: { [spec.consumes]: { schema: bytes } } } }),
    ...(headers && { headers }),
    security: spec.roles === 'public' ? [] : [{ [spec.roles === 'partner' ? partnerScheme : securityScheme]: [] }],
    response: { [spec.status ?? 200]: successOf(spec), ...problemsOf(spec) },
    'x-roles': spec.roles,
  }
}

/** JSON Schema says nothing of plain bytes, so everything fits; the row's limit and its handler decide. */
const bytes = Type.Any({ description: '字节' })

function headersOf(spec: RouteSpec): TSchema | undefined {
  const headers = {
    ...(spec.idempotent && {
      'Idempotency-Key': Type.String({ format: 'uuid', description: '请求编号：同一编号只执行一次，重复时得到第一次的回答（保留 30 天）' }),
    }),
    ...(spec.versioned && { 'If-Match': Type.String({ pattern: '^"?\\d+"?$', description: '所见的记录版本，如 "3"' }) }),
    ...(spec.produces === 'text/event-stream' && {
      'Last-Event-ID': Type.Optional(Type.String({ pattern: '^\\d+$', description: '最后收到的事件序号' })),
    }),
  }
  return Object.keys(headers).length > 0 ? Type.Object(headers) : undefined
}

function successOf(spec: RouteSpec): unknown {
  const type = spec.produces === octets ? '*/*' : (spec.produces ?? 'application/json')
  return { description: spec.summary, content: { [type]: { schema: spec.response } } }
}

/** Every code that the route may give, gathered by status. */
function problemsOf(spec: RouteSpec): Record<number, unknown> {
  const codes = new Map<number, ErrorCode[]>()
  for (const code of [...commonCodes(spec), ...spec.errors]) {
    const { status } = errorCatalogue[code]
    const listed = codes.get(status) ?? []
    if (!listed.includes(code)) codes.set(status, [...listed, code])
  }
  return Object.fromEntries(
    [...codes].map(([status, listed]) => [
      status,
      { description: listed.join(', '), content: { 'application/problem+json': { schema: { $ref: `${problemSchema.$id}#` } } } },
    ]),
  )
}

function commonCodes(spec: RouteSpec): ErrorCode[] {
  return [
    ...(spec.roles === 'public' ? [] : (['auth/signInRequired', 'auth/tokenExpired', 'auth/accountDisabled'] as const)),
    ...(Array.isArray(spec.roles) || spec.roles === 'partner' ? (['auth/forbidden'] as const) : []),
    ...(spec.roles === 'partner' ? (['request/busy'] as const) : []),
    ...(spec.body || spec.consumes ? (['request/malformed', 'request/tooLarge', 'request/unsupportedMedia'] as const) : []),
    ...(spec.body || spec.query || spec.params ? (['request/invalid'] as const) : []),
    ...(spec.idempotent ? (['request/keyMissing', 'request/keyReused'] as const) : []),
    ...(spec.versioned ? (['request/versionMissing'] as const) : []),
    'central/fault',
  ]
}
