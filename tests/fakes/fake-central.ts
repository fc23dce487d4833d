import type { OnDuty } from '#shared/contracts/central-api/centre'
import type { Tokens } from '#shared/contracts/central-api/sessions'
import { apiPrefix } from '#shared/contracts/central-api/table'

/**
 * A central server as a `fetch`, for unit tests of the client: what a test lays down for a route is answered, everything is remembered, and
 * nothing travels. It checks nothing and keeps no records; the integration tests use the real one.
 */
export interface FakeCentral {
  readonly fetch: typeof fetch
  readonly requests: readonly FakeRequest[]
  /** Answers `METHOD /path` (below the prefix) from now on. */
  on(route: string, answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): void
}

export interface FakeRequest {
  readonly method: string
  /** Below the prefix, query included. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly signal: AbortSignal | null
}

export type FakeAnswer =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: number; readonly bytes: Uint8Array<ArrayBuffer>; readonly mediaType: string }
  | { readonly status: number; readonly stream: ReadableStream<Uint8Array> }
  /** The connection fails: `cause` as undici gives it. */
  | { readonly cause: string }

export function createFakeCentral(): FakeCentral {
  const answers = new Map<string, (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>>()
  const requests: FakeRequest[] = []

  const fake: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input))
    const request: FakeRequest = {
      method: init.method ?? 'GET',
      path: `${url.pathname.replace(apiPrefix, '')}${url.search}`,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : (init.body ?? undefined),
      signal: init.signal ?? null,
    }
    requests.push(request)
    const answer = await abortable(
      answers.get(`${request.method} ${request.path.split('?')[0]}`)?.(request) ?? { cause: 'ECONNREFUSED' },
      init.signal,
    )
    if ('cause' in answer) throw new TypeError('fetch failed', { cause: { code: answer.cause } })
    if ('stream' in answer) return new Response(answer.stream, { status: answer.status })
    if ('bytes' in answer) return new Response(answer.bytes, { status: answer.status, headers: { 'content-type': answer.mediaType } })
    return new Response(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body), { status: answer.status })
  }

  return { fetch: fake, requests, on: (route, answer) => void answers.set(route, answer) }
}

/** An answer that never comes still ends with the request. */
function abortable<T>(work: T | Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    Promise.resolve(work).then(resolve, reject)
  })
}

export const problem = (status: number, code: string, title = '一句话', retryable = false): FakeAnswer => ({
  status,
  body: { type: 'about:blank', title, status, code, retryable },
})

export const never = () => new Promise<FakeAnswer>(() => {})

export const tokensOf = (name: string, accessExpiresAt: number): Tokens => ({
  accessToken: `access-${name}`,
  accessExpiresAt,
  refreshToken: `refresh-${name}`,
  refreshExpiresAt: accessExpiresAt + 3_600_000,
})

export const onDuty = (accountNo: string, seatNo: string, sessionId: string): OnDuty => ({
  sessionId,
  accountNo,
  name: `人${accountNo}`,
  role: 'intake',
  seatNo,
  shift: null,
  since: 1,
})
