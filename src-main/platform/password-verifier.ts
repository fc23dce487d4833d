import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Remembers a password without keeping it: scrypt (RFC 7914) with a salt of its own, parameters written beside the result so that they can be
 * raised later. It does not count attempts; whoever asks does.
 */
export interface PasswordVerifier {
  verifierFor(password: string): Promise<string>
  /** False for a verifier that cannot be read, too. */
  matches(password: string, verifier: string): Promise<boolean>
}

/** N = 2^15, r = 8, p = 1: 32 MiB and about 0.1 s on an office PC, off the main thread. */
const cost = { log2N: 15, r: 8, p: 1 }
const saltBytes = 16
const hashBytes = 32

export function createPasswordVerifier(): PasswordVerifier {
  return {
    async verifierFor(password) {
      const salt = randomBytes(saltBytes)
      const hash = await derive(password, salt, cost)
      return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
    },
    async matches(password, verifier) {
      const [name, log2N, r, p, salt, hash] = verifier.split('$')
      if (name !== 'scrypt' || !salt || !hash) return false
      const expected = Buffer.from(hash, 'base64url')
      const given = { log2N: Number(log2N), r: Number(r), p: Number(p) }
      // Bounds keep a damaged row from asking for gigabytes.
      if (!(given.log2N >= 10 && given.log2N <= 18 && given.r >= 1 && given.r <= 16 && given.p >= 1 && given.p <= 4)) return false
      const actual = await derive(password, Buffer.from(salt, 'base64url'), given)
      return expected.length === actual.length && timingSafeEqual(expected, actual)
    },
  }
}

function derive(password: string, salt: Buffer, { log2N, r, p }: { log2N: number; r: number; p: number }): Promise<Buffer> {
  const N = 2 ** log2N
  // NFC: the same password typed on two keyboards may come composed or decomposed.
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, hashBytes, { N, r, p, maxmem: 256 * N * r }, (cause, hash) =>
      cause ? reject(cause) : resolve(hash),
    ),
  )
}
