import { createHash, randomBytes } from 'node:crypto'

/** Opaque tokens: 256 random bits for the bearer, their SHA-256 for the database. Unlike passwords they cannot be guessed, so a fast hash will do. */
export interface Tokens {
  make(): { readonly token: string; readonly hash: string }
}

export const tokens: Tokens = {
  make() {
    const token = randomBytes(32).toString('base64url')
    return { token, hash: sha256(token) }
  },
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** JSON with sorted keys and no spaces: equal values give equal text, whatever the order in which their keys were written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
