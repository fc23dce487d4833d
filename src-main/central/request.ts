import type { RouteSpec } from '#shared/contracts/central-api/route'
import { apiPrefix } from '#shared/contracts/central-api/table'

/**
 * Turns a row of the central API table and its input into one HTTP request. Pure: it neither sends nor knows who is signed in.
 */
export interface RequestInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** Sent as `Idempotency-Key`; the same key is done once, however often it is sent. */
  readonly idempotencyKey?: string
  /** Sent as `If-Match`: the version that was seen. */
  readonly ifMatch?: number
}

export interface CentralRequest {
  readonly url: string
  readonly method: RouteSpec['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** `origin` has no path, e.g. `http://127.0.0.1:7319`. */
export function centralRequest(origin: string, spec: RouteSpec, input: RequestInput): CentralRequest {
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])))
  const headers: Record<string, string> = { accept: spec.produces ?? 'application/json, application/problem+json' }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (input.idempotencyKey !== undefined) headers['idempotency-key'] = input.idempotencyKey
  // RFC 9110 §13.1.1: an entity tag is quoted.
  if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`
  return {
    url: `${origin}${apiPrefix}${path}${queryOf(input.query)}`,
    method: spec.method,
    headers,
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  }
}

function queryOf(query: RequestInput['query']): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null) given.append(name, String(value))
  return given.size === 0 ? '' : `?${given}`
}
