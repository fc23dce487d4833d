import { octets, type RouteSpec } from '#shared/contracts/central-api/route'
import { apiPrefix } from '#shared/contracts/central-api/table'

/**
 * Turns a row of the central API table and its input into one HTTP request. Pure: it neither sends nor knows who is signed in.
 */
export interface RequestInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  /** Bytes on a row that consumes `octets`, else what becomes JSON. */
  readonly body?: unknown
  /** Sent as `Idempotency-Key`; the same key is done once, however often it is sent. */
  readonly idempotencyKey?: string
  /** Sent as `Range` (RFC 9110 §14.2): octets from a place on, up to another. */
  readonly range?: { readonly from: number; readonly until: number }
  /** Sent as `If-Match`: the version that was seen. */
  readonly ifMatch?: number
}

export interface CentralRequest {
  readonly url: string
  readonly method: RouteSpec['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

/** `origin` has no path, e.g. `http://127.0.0.1:7319`. */
export function centralRequest(origin: string, spec: RouteSpec, input: RequestInput): CentralRequest {
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])))
  const accept = spec.produces === octets ? '*/*' : (spec.produces ?? 'application/json, application/problem+json')
  const headers: Record<string, string> = { accept }
  if (input.body !== undefined) headers['content-type'] = spec.consumes ?? 'application/json'
  if (input.idempotencyKey !== undefined) headers['idempotency-key'] = input.idempotencyKey
  if (input.range !== undefined) headers.range = `bytes=${input.range.from}-${input.range.until - 1}`
  // RFC 9110 §13.1.1: an entity tag is quoted.
  if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`
  return {
    url: `${origin}${apiPrefix}${path}${queryOf(input.query)}`,
    method: spec.method,
    headers,
    body: bodyOf(spec, input.body),
  }
}

function bodyOf(spec: RouteSpec, body: unknown): CentralRequest['body'] {
  if (body === undefined) return undefined
  // The row's type says that these are bytes; `fetch` sends them without a copy.
  return spec.consumes === octets ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body)
}

function queryOf(query: RequestInput['query']): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null) given.append(name, String(value))
  return given.size === 0 ? '' : `?${given}`
}
