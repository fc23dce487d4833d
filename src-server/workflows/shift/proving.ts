import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Proving } from '#shared/domain/duty-log/verify'

/** Hashing and proving for the duty log, by Node. A key that is none proves nothing. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

export function createProving(): Proving {
  const keys = new Map<string, KeyObject | undefined>()
  const keyOf = (publicKey: string): KeyObject | undefined => {
    if (!keys.has(publicKey)) keys.set(publicKey, readPublicKey(publicKey))
    return keys.get(publicKey)
  }
  return {
    sha256: sha256Hex,
    isSignedBy(publicKey, text, signature) {
      const key = keyOf(publicKey)
      return key !== undefined && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
    },
  }
}

/** SubjectPublicKeyInfo in base64; undefined unless it is an Ed25519 key. */
export function readPublicKey(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
