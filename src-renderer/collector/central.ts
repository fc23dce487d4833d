import type { AppError } from '../../src-shared/base/app-error'
import { err, ok, type Result } from '../../src-shared/base/result'
import type { Me, Tokens } from '../../src-shared/contracts/central-api/sessions'
import type { CentralApi, InputOf, OutputOf } from '../../src-shared/contracts/central-api/table'
import type { Problem } from '../../src-shared/contracts/common'
import { appError } from '../../src-shared/contracts/errors'

/**
 * The page's way to central: the few routes that a collector needs, the token, and fetching the next one. The page is served by central, so there is
 * one origin and nothing to configure. It keeps nothing but the session.
 */
type Used =
  | 'sessions.open'
  | 'sessions.refresh'
  | 'sessions.close'
  | 'me.changePassword'
  | 'collectors.reportDuty'
  | 'collectors.reportPositions'
  | 'collectors.tasks'
  | 'cases.list'
  | 'cases.act'
  | 'cases.register'
  | 'reference.manifest'
  | 'reference.get'
  | 'attachments.begin'
  | 'attachments.append'
  | 'attachments.read'

/** Repeated from the contract table because the table itself would bring every schema to the phone; the type holds the two together. */
const rows = {
  'sessions.open': { method: 'POST', path: '/sessions' },
  'sessions.refresh': { method: 'POST', path: '/sessions/refresh' },
  'sessions.close': { method: 'DELETE', path: '/sessions/current' },
  'me.changePassword': { method: 'PUT', path: '/me/password' },
  'collectors.reportDuty': { method: 'PUT', path: '/collectors/me/duty' },
  'collectors.reportPositions': { method: 'POST', path: '/collectors/me/positions' },
  'collectors.tasks': { method: 'GET', path: '/collectors/me/tasks' },
  'cases.list': { method: 'GET', path: '/cases' },
  'cases.act': { method: 'POST', path: '/cases/{caseId}/actions/{action}' },
  'cases.register': { method: 'POST', path: '/cases' },
  'reference.manifest': { method: 'GET', path: '/reference' },
  'reference.get': { method: 'GET', path: '/reference/{kind}/{id}' },
  'attachments.begin': { method: 'POST', path: '/attachments' },
  'attachments.append': { method: 'PUT', path: '/attachments/{attachmentId}/content' },
  'attachments.read': { method: 'GET', path: '/attachments/{attachmentId}/content' },
} as const satisfies { readonly [N in Used]: Pick<CentralApi[N], 'method' | 'path'> }

const prefix = '/api/v1'
/** A telephone's network may stall without breaking. */
const answerWithinMs = 20_000
const uploadWithinMs = 90_000

export interface SignedIn {
  readonly me: Me
  readonly tokens: Tokens
}

/** With `Idempotency-Key` and `If-Match` where the row wants them. */
export interface Marks {
  readonly key?: string
  readonly version?: number
}

export interface Central {
  signedIn(): SignedIn | null
  /** Fires when somebody signs in or out, or the session ends by itself. */
  subscribe(listener: () => void): () => void
  signIn(accountNo: string, password: string): Promise<Result<SignedIn, AppError>>
  changePassword(oldPassword: string, newPassword: string): Promise<Result<void, AppError>>
  signOut(): Promise<void>
  call<N extends Exclude<Used, 'attachments.read' | 'attachments.append'>>(
    name: N,
    input: InputOf<N>,
    marks?: Marks,
  ): Promise<Result<OutputOf<N>, AppError>>
  append(attachmentId: string, offset: number, piece: Blob): Promise<Result<OutputOf<'attachments.append'>, AppError>>
  photo(attachmentId: string, variant: 'display' | 'thumb'): Promise<Result<Blob, AppError>>
}

const storageKey = 'collector.session'

/** `storage`: of the tab, so that a reload stays signed in and a closed page does not. */
export function createCentral(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Central {
  const listeners = new Set<() => void>()
  let session = readKept(storage)
  let refreshing: Promise<boolean> | undefined

  const keep = (next: SignedIn | null) => {
    session = next
    if (next) storage.setItem(storageKey, JSON.stringify(next))
    else storage.removeItem(storageKey)
    for (const listener of listeners) listener()
  }

  async function refreshed(): Promise<boolean> {
    const before = session
    if (!before) return false
    const { refreshToken } = before.tokens
    const answer = await request('sessions.refresh', { body: JSON.stringify({ refreshToken }), type: 'application/json' })
    if (answer.ok) {
      const { tokens } = (await answer.value.json()) as OutputOf<'sessions.refresh'>
      keep({ ...before, tokens })
    } else if (!answer.error.retryable) keep(null)
    return answer.ok
  }

  async function request(name: Used, parts: RequestParts): Promise<Result<Response, AppError>> {
    const { method, path } = rows[name]
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(parts.params?.[part] ?? ''))
    const query = new URLSearchParams(parts.query).toString()
    const { marks, type, body } = parts
    try {
      const response = await fetch(`${prefix}${filled}${query && `?${query}`}`, {
        method,
        ...(body !== undefined && { body }),
        credentials: 'omit',
        cache: name === 'attachments.read' ? 'default' : 'no-store',
        signal: AbortSignal.timeout(name === 'attachments.append' ? uploadWithinMs : answerWithinMs),
        headers: {
          ...(type && { 'content-type': type }),
          ...(session &&
            name !== 'sessions.open' &&
            name !== 'sessions.refresh' && { authorization: `Bearer ${session.tokens.accessToken}` }),
          ...(marks?.key && { 'idempotency-key': marks.key }),
          ...(marks?.version !== undefined && { 'if-match': `"${marks.version}"` }),
        },
      })
      return response.ok ? ok(response) : err(await refusalOf(response))
    } catch {
      return err(appError('central/offline'))
    }
  }

  /** Once more with a new token when the old one has run out; a session that is over for good is forgotten. */
  async function authorised(name: Used, parts: RequestParts): Promise<Result<Response, AppError>> {
    const first = await request(name, parts)
    if (first.ok || first.error.code !== 'auth/tokenExpired') return first
    refreshing ??= refreshed().finally(() => {
      refreshing = undefined
    })
    return (await refreshing) ? request(name, parts) : first
  }

  return {
    signedIn: () => session,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async signIn(accountNo, password) {
      const body = JSON.stringify({ accountNo, password, role: 'collector' })
      const answer = await request('sessions.open', { body, type: 'application/json' })
      if (!answer.ok) return answer
      const opened = (await answer.value.json()) as SignedIn
      keep(opened)
      return ok(opened)
    },
    async changePassword(oldPassword, newPassword) {
      const body = JSON.stringify({ oldPassword, newPassword })
      const answer = await authorised('me.changePassword', { body, type: 'application/json' })
      if (!answer.ok) return answer
      if (session) keep({ ...session, me: { ...session.me, mustChangePassword: false } })
      return ok(undefined)
    },
    async signOut() {
      await request('sessions.close', {})
      keep(null)
    },
    async call(name, input, marks) {
      const { params, query, body } = input as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
      const answer = await authorised(name, {
        ...(params && { params }),
        ...(query && { query: Object.fromEntries(Object.entries(query).map(([field, value]) => [field, String(value)])) }),
        ...(body !== undefined && { body: JSON.stringify(body), type: 'application/json' }),
        ...(marks && { marks }),
      })
      return answer.ok ? readJson(answer.value) : answer
    },
    async append(attachmentId, offset, piece) {
      const type = 'application/octet-stream'
      const answer = await authorised('attachments.append', {
        params: { attachmentId },
        query: { offset: String(offset) },
        body: piece,
        type,
      })
      return answer.ok ? readJson(answer.value) : answer
    },
    async photo(attachmentId, variant) {
      const answer = await authorised('attachments.read', { params: { attachmentId }, query: { variant } })
      return answer.ok ? ok(await answer.value.blob()) : answer
    },
  }
}

interface RequestParts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Record<string, string>
  readonly body?: string | Blob
  readonly type?: string
  readonly marks?: Marks
}

function readKept(storage: Pick<Storage, 'getItem'>): SignedIn | null {
  try {
    return JSON.parse(storage.getItem(storageKey) ?? 'null') as SignedIn | null
  } catch {
    return null
  }
}

async function readJson<T>(response: Response): Promise<Result<T, AppError>> {
  try {
    return ok((await response.json()) as T)
  } catch {
    return err(appError('central/interrupted'))
  }
}

/** What stands between, a proxy for example, answers in words of its own. */
async function refusalOf(response: Response): Promise<AppError> {
  try {
    const { code, title, retryable, detail } = (await response.json()) as Problem
    return { code, message: title, retryable, ...(detail && { detail }) }
  } catch {
    return appError('central/unintelligible')
  }
}
