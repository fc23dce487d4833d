import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#shared/base/result'
import { authorization, type CameraAccount, type Challenge, chooseChallenge } from './authorize'

/**
 * Asks a device in the field over HTTP with Digest (RFC 7616), as cameras and decoders are asked. One answer or one reason in words within the time
 * limit; redirections are not followed, because passwords would go with them.
 */
export interface DeviceRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Beginning with `/`. */
  readonly path: string
  readonly body?: { readonly type: string; readonly text: string }
}

export interface DeviceAnswer {
  readonly status: number
  readonly text: string
}

/** `wrongAccount`: asking again by itself would lock the account. */
export interface DeviceFailure {
  readonly kind: 'unreachable' | 'wrongAccount'
  /** In Chinese, without a full stop. */
  readonly reason: string
}

export interface DeviceAddress {
  readonly origin: string
  readonly account: CameraAccount | null
  readonly withinMs: number
}

export type AskDevice = (request: DeviceRequest) => Promise<Result<DeviceAnswer, DeviceFailure>>

const longestAnswer = 2_000_000

export function createAskDevice({ origin, account, withinMs }: DeviceAddress, fetch: typeof globalThis.fetch): AskDevice {
  let challenge: Challenge | null = null
  let count = 0

  async function send({ method, path, body }: DeviceRequest): Promise<Response> {
    const headers: Record<string, string> = body ? { 'content-type': body.type } : {}
    if (challenge && account) {
      count += 1
      const clientNonce = randomBytes(12).toString('hex')
      headers.authorization = authorization(challenge, account, { method, uri: path, count, clientNonce })
    }
    const signal = AbortSignal.timeout(withinMs)
    return fetch(`${origin}${path}`, { method, headers, redirect: 'error', signal, ...(body && { body: body.text }) })
  }
  return async (request) => {
    try {
      let response = await send(request)
      if (response.status === 401 && account) {
        await response.body?.cancel()
        // Another nonce, or the first one.
        challenge = chooseChallenge(challengesOf(response.headers.get('www-authenticate') ?? ''))
        count = 0
        response = await send(request)
      }
      if (response.status === 401) return err({ kind: 'wrongAccount', reason: account ? '账号或口令不对' : '设备要账号和口令，配置里没有' })
      const text = await response.text()
      return text.length > longestAnswer ? err({ kind: 'unreachable', reason: '回答太长' }) : ok({ status: response.status, text })
    } catch (cause) {
      return err({ kind: 'unreachable', reason: reasonOf(cause, withinMs) })
    }
  }
}

/** Several challenges may stand in one field (RFC 9110 §11.6.1). */
const challengesOf = (header: string): readonly string[] => header.split(/,\s*(?=(?:Digest|Basic)\s)/i)

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方没有开放端口',
  ECONNRESET: '对方断开了连接',
  EHOSTUNREACH: '网络不通',
  ENETUNREACH: '网络不通',
  ENOTFOUND: '地址找不到',
  UND_ERR_SOCKET: '对方断开了连接',
}

function reasonOf(cause: unknown, withinMs: number): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return `${withinMs / 1_000} 秒内没有回答`
  const inner = cause instanceof Error ? (cause.cause as { code?: string } | undefined)?.code : undefined
  return words[inner ?? ''] ?? '网络出错'
}
