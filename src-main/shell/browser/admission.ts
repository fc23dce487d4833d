import { createHash } from 'node:crypto'
import type { EpochMs } from '#shared/base/clock'

/**
 * Who may open the page of the browser shell. An address carries a token that works once and briefly; it buys a session cookie, which a page
 * cannot read and another site cannot send. Pure but for its own maps: time and randomness come in. Only hashes are kept.
 */
export interface Admission {
  /** A new one-time token. */
  issueToken(): string
  /** A new session for a token that is good, which is then used up; undefined otherwise. */
  redeem(token: string): string | undefined
  isSession(session: string | undefined): boolean
}

export interface AdmissionNeeds {
  now(): EpochMs
  /** 32 random bytes, as text that fits a URL and a cookie. */
  secret(): string
}

/** Long enough to carry an address to another screen, short enough that one left in a scroll-back is worthless. */
export const tokenLifeMs = 10 * 60_000
/** People press Enter; nobody needs more addresses open than this. The oldest is dropped. */
const openTokenLimit = 20

export function createAdmission({ now, secret }: AdmissionNeeds): Admission {
  const tokens = new Map<string, EpochMs>()
  const sessions = new Set<string>()
  return {
    issueToken() {
      const token = secret()
      const oldest = tokens.keys().next()
      if (tokens.size >= openTokenLimit && !oldest.done) tokens.delete(oldest.value)
      tokens.set(hash(token), now() + tokenLifeMs)
      return token
    },
    redeem(token) {
      const key = hash(token)
      const expiresAt = tokens.get(key)
      tokens.delete(key)
      if (expiresAt === undefined || now() >= expiresAt) return undefined
      const session = secret()
      sessions.add(hash(session))
      return session
    },
    isSession: (session) => session !== undefined && sessions.has(hash(session)),
  }
}

/** Looking up by hash keeps the time of a comparison from telling how much of a guess was right. */
const hash = (secret: string) => createHash('sha256').update(secret).digest('base64')

/** The value of one cookie in a `Cookie` header (RFC 6265 §4.2.1). */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}
