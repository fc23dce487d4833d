import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { type FileContent, octets, type RouteSpec } from '#shared/contracts/central-api/route'
import type { Tokens } from '#shared/contracts/central-api/sessions'
import { centralApi, type InputOf, type OutputOf, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type AnswerReader, answerReader, refusal } from './answer'
import type { TokenKeeper } from './credentials'
import { centralRequest, type RequestInput } from './request'

/**
 * The typed client of the central API: every row of the table is a call, every failure a value. It renews access tokens and never retries
 * anything else: records are retried by the outbox, live actions by people.
 */
export interface CentralClient {
  call<N extends RouteName>(
    name: N,
    input: InputOf<N> & Pick<RequestInput, 'idempotencyKey' | 'ifMatch' | 'range'>,
    options?: CallOptions,
  ): Promise<Result<OutputOf<N>, AppError>>
  /** Opens a streaming answer as the current account; the caller ends it through `signal`. */
  open(name: RouteName, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Result<Response, AppError>>
  /** Gives up every call under way, as if its time were over, and every later one at once. */
  close(): void
}

export interface CallOptions {
  readonly accountNo?: string
  readonly timeoutMs?: number
}

export interface ClientParts {
  readonly origin: string
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** The centre's time as well as this PC knows it: tokens expire by it. */
  readonly centreNow: () => EpochMs
  readonly credentials: TokenKeeper
  readonly log: Log
  /** The centre answered anything at all, or could not be reached. */
  readonly onOutcome: (outcome: 'heard' | 'unreachable') => void
  /** The centre refused to renew, with this code: this account must sign in again. */
  readonly onExpired: (accountNo: string, code: string) => void
  /** The centre answers this account nothing before its password is changed. */
  readonly onPasswordDue: (accountNo: string) => void
}

/** A live action that hangs longer than this is told to be over; see `central/timeout`. */
export const liveTimeoutMs = 3_000
/** Renewed this long before its end, so that it cannot end on the way. */
const renewBeforeMs = 20_000

/** `file`: a good answer of a row that produces `octets`; its text is empty. */
type Fetched = { readonly status: number; readonly text: string; readonly file?: FileContent }

export function createCentralClient(parts: ClientParts): CentralClient {
  const { clock, credentials, origin } = parts
  const readers = new Map<RouteName, AnswerReader>(routeNames.map((name) => [name, answerReader(centralApi[name])]))
  const renewals = new Map<string, Promise<Result<Tokens, AppError>>>()
  const closing = new AbortController()

  const call: CentralClient['call'] = async (name, input, options = {}) => {
    const deadline = deadlineAfter(clock, options.timeoutMs ?? liveTimeoutMs, closing.signal)
    const spec: RouteSpec = centralApi[name]
    try {
      const accountNo = options.accountNo ?? credentials.current()
      const sent = await authorised(spec, accountNo, deadline, (bearer) => send(spec, input, bearer, deadline))
      if (!sent.ok) return sent
      const { status, text, file } = sent.value
      const answer = file ? ok(file) : readers.get(name)?.(status, text)
      noticeRefusal(answer, accountNo)
      // The cast is what the row's compiled validator has just proven.
      return answer as never
    } finally {
      deadline.clear()
    }
  }

  function noticeRefusal(answer: Result<unknown, AppError> | undefined, accountNo: string | null): void {
    if (accountNo !== null && answer?.ok === false && answer.error.code === 'auth/passwordMustChange') parts.onPasswordDue(accountNo)
  }

  /** Gives `attempt` a bearer token and renews it once if the centre calls it expired. */
  async function authorised<T extends { readonly status: number }>(
    spec: RouteSpec,
    accountNo: string | null,
    deadline: Deadline,
    attempt: (bearer: string | undefined) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    if (spec.roles === 'public') return attempt(undefined)
    const held = accountNo === null ? undefined : await credentials.tokensOf(accountNo)
    if (accountNo === null || !held) {
      // Without its credential a session is over as far as the centre is concerned, whatever the screen says.
      if (accountNo !== null) parts.onExpired(accountNo, 'auth/signInRequired')
      return err(appError('auth/signInRequired'))
    }
    const isEnding = held.accessExpiresAt - renewBeforeMs <= parts.centreNow()
    const tokens = isEnding ? await deadline.race(renewed(accountNo, held)) : ok(held)
    if (!tokens.ok) return tokens
    const first = await attempt(tokens.value.accessToken)
    if (!first.ok || first.value.status !== 401 || isEnding || !(await saysExpired(first.value))) return first
    const again = await deadline.race(renewed(accountNo, tokens.value))
    return again.ok ? attempt(again.value.accessToken) : again
  }

  /** One renewal per account at a time; whoever comes meanwhile waits for the same answer. */
  function renewed(accountNo: string, old: Tokens): Promise<Result<Tokens, AppError>> {
    const running = renewals.get(accountNo)
    if (running) return running
    const renewal = renew(accountNo, old).finally(() => renewals.delete(accountNo))
    renewals.set(accountNo, renewal)
    return renewal
  }

  async function renew(accountNo: string, old: Tokens): Promise<Result<Tokens, AppError>> {
    const newest = await credentials.tokensOf(accountNo)
    if (newest && newest.accessToken !== old.accessToken) return ok(newest)
    const answer = await call('sessions.refresh', { body: { refreshToken: old.refreshToken } })
    if (answer.ok) {
      const unchanged = (await credentials.tokensOf(accountNo))?.refreshToken === old.refreshToken
      // Signed out, or signed in anew, while the answer was on its way: the newer state stands.
      if (unchanged) await credentials.keep(accountNo, answer.value.tokens)
      return ok(answer.value.tokens)
    }
    if (answer.error.code.startsWith('auth/')) {
      parts.log.info('session not renewed', { code: answer.error.code })
      parts.onExpired(accountNo, answer.error.code)
      return err(answer.error.code === 'auth/accountDisabled' ? answer.error : appError('auth/tokenExpired'))
    }
    return answer
  }

  async function send(
    spec: RouteSpec,
    input: RequestInput,
    bearer: string | undefined,
    deadline: Deadline,
  ): Promise<Result<Fetched, AppError>> {
    const fetched = await fetchOnce(spec, input, bearer, {}, deadline.signal)
    if (!fetched.ok) return deadline.hasPassed() ? lost(appError('central/timeout')) : fetched
    try {
      const { status } = fetched.value
      if (spec.produces === octets && fetched.value.ok) {
        const bytes = new Uint8Array(await deadline.raceValue(fetched.value.arrayBuffer()))
        parts.onOutcome('heard')
        return ok({ status, text: '', file: { bytes, mediaType: fetched.value.headers.get('content-type') ?? octets } })
      }
      const text = await deadline.raceValue(fetched.value.text())
      parts.onOutcome('heard')
      return ok({ status, text })
    } catch (cause) {
      if (deadline.hasPassed()) return lost(appError('central/timeout'))
      return lost(unreachable(spec, cause))
    }
  }

  async function fetchOnce(
    spec: RouteSpec,
    input: RequestInput,
    bearer: string | undefined,
    extraHeaders: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<Response, AppError>> {
    const { url, method, headers, body } = centralRequest(origin, spec, input)
    const auth: Record<string, string> = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    try {
      return ok(
        await parts.fetch(url, { method, headers: { ...headers, ...extraHeaders, ...auth }, signal, ...(body !== undefined && { body }) }),
      )
    } catch (cause) {
      return signal.aborted ? err(appError('central/timeout')) : lost(unreachable(spec, cause))
    }
  }

  function lost(error: AppError): Result<never, AppError> {
    parts.onOutcome('unreachable')
    return err(error)
  }

  return {
    call,
    async open(name, headers, signal) {
      const deadline = deadlineAfter(clock, liveTimeoutMs, closing.signal)
      const both = AbortSignal.any([signal, deadline.signal])
      try {
        const spec: RouteSpec = centralApi[name]
        const accountNo = credentials.current()
        const opened = await authorised(spec, accountNo, deadline, (bearer) => fetchOnce(spec, {}, bearer, headers, both))
        if (!opened.ok) return deadline.hasPassed() ? lost(appError('central/timeout')) : opened
        if (opened.value.ok) return opened
        const refused = err(refusal(opened.value.status, await opened.value.text().catch(() => '')))
        noticeRefusal(refused, accountNo)
        return refused
      } finally {
        deadline.clear()
      }
    },
    close: () => closing.abort(),
  }
}

async function saysExpired(answer: Response | Fetched | { readonly status: number }): Promise<boolean> {
  const text = answer instanceof Response ? await answer.clone().text() : 'text' in answer ? (answer.text as string) : ''
  const { code } = refusal(answer.status, text)
  return code === 'auth/tokenExpired' || code === 'auth/signInRequired'
}

/** Before the connection stood, nothing can have been done; after that, only a read is sure to have changed nothing. */
function unreachable(spec: RouteSpec, cause: unknown): AppError {
  const code = (cause as { cause?: { code?: unknown } })?.cause?.code
  const neverArrived = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']
  return spec.method === 'GET' || neverArrived.includes(String(code)) ? appError('central/offline') : appError('central/interrupted')
}

interface Deadline {
  readonly signal: AbortSignal
  hasPassed(): boolean
  /** The value, or `central/timeout` if the deadline comes first; the work itself goes on for whoever else waits. */
  race<T>(work: Promise<Result<T, AppError>>): Promise<Result<T, AppError>>
  /** Like `race` for plain values: rejects at the deadline. */
  raceValue<T>(work: Promise<T>): Promise<T>
  clear(): void
}

function deadlineAfter(clock: Clock, timeoutMs: number, closing: AbortSignal): Deadline {
  const controller = new AbortController()
  const passed = new Promise<'passed'>((resolve) => controller.signal.addEventListener('abort', () => resolve('passed'), { once: true }))
  const abort = () => controller.abort()
  const stopTimer = clock.after(timeoutMs, abort)
  closing.addEventListener('abort', abort)
  if (closing.aborted) abort()
  return {
    signal: controller.signal,
    hasPassed: () => controller.signal.aborted,
    async race(work) {
      const first = await Promise.race([work, passed])
      return first === 'passed' ? err(appError('central/timeout')) : first
    },
    async raceValue(work) {
      const first = await Promise.race([work.then((value) => ({ value })), passed])
      if (first === 'passed') throw new Error('deadline passed')
      return first.value
    },
    clear() {
      stopTimer()
      closing.removeEventListener('abort', abort)
    },
  }
}
