import { createHash } from 'node:crypto'
import { quote } from '../message/split'
import type { Challenge } from './challenge'

/** The Digest calculation (RFC 7616 §3.4, RFC 8760), as a pure function of what went into it. */
export interface DigestInput {
  readonly challenge: Challenge
  readonly user: string
  readonly password: string
  readonly method: string
  readonly uri: string
  readonly body: Buffer
  /** How often this nonce has been used, this time included. */
  readonly count: number
  readonly clientNonce: string
}

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }

/** Algorithm names are tokens and compare without case (RFC 8760 §2.2); none means MD5. */
function baseOf(algorithm: string | null): { readonly hash: string | undefined; readonly isSession: boolean } {
  const name = (algorithm ?? 'MD5').toUpperCase()
  const isSession = name.endsWith('-SESS')
  return { hash: hashes[isSession ? name.slice(0, -5) : name], isSession }
}

/** Whether a challenge can be answered at all: its algorithm is known, and so is one of its qualities. */
export function canAnswer({ algorithm, qop }: Challenge): boolean {
  return baseOf(algorithm).hash !== undefined && (qop.length === 0 || qop.includes('auth') || qop.includes('auth-int'))
}

/** H(A1) of RFC 7616 §3.4.2 without a session: what a server keeps in place of the password. */
export function digestSecret(algorithm: string | null, user: string, realm: string, password: string): string {
  return createHash(baseOf(algorithm).hash ?? 'md5')
    .update(`${user}:${realm}:${password}`)
    .digest('hex')
}

const qualityOf = ({ qop }: Challenge): string | null => (qop.includes('auth') ? 'auth' : qop.includes('auth-int') ? 'auth-int' : null)
const countOf = (count: number): string => count.toString(16).padStart(8, '0')

/** The digest itself, from the kept secret of `digestSecret`. */
export function digestResponse(input: Omit<DigestInput, 'user' | 'password'> & { readonly secret: string }): string {
  const { challenge, method, uri, body, count, clientNonce } = input
  const { hash = 'md5', isSession } = baseOf(challenge.algorithm)
  const { nonce } = challenge
  const digest = (data: string | Buffer): string => createHash(hash).update(data).digest('hex')
  const qop = qualityOf(challenge)
  const secret = isSession ? digest(`${input.secret}:${nonce}:${clientNonce}`) : input.secret
  const asked = digest(`${method}:${uri}${qop === 'auth-int' ? `:${digest(body)}` : ''}`)
  return digest(qop ? `${secret}:${nonce}:${countOf(count)}:${clientNonce}:${qop}:${asked}` : `${secret}:${nonce}:${asked}`)
}

/** The value of Authorization or Proxy-Authorization. */
export function digestAnswer(input: DigestInput): string {
  const { challenge, user, password, uri, count, clientNonce } = input
  const { realm, nonce, opaque, algorithm } = challenge
  const { isSession } = baseOf(algorithm)
  const qop = qualityOf(challenge)
  const nc = countOf(count)
  const response = digestResponse({ ...input, secret: digestSecret(algorithm, user, realm, password) })
  const parts = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `response="${response}"`,
    ...(algorithm ? [`algorithm=${algorithm}`] : []),
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
    // RFC 2617 §3.2.2: cnonce and nc only with a qop; the session variants need the cnonce in any case.
    ...(qop ? [`qop=${qop}`, `nc=${nc}`] : []),
    ...(qop || isSession ? [`cnonce="${clientNonce}"`] : []),
  ]
  return `Digest ${parts.join(', ')}`
}
