import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { SeatKeyPair, SecretStore } from './ports'

/**
 * The key with which this seat signs what it writes into the duty log: Ed25519 (RFC 8032), made here, kept where secrets are kept; the private half never
 * leaves. A new key begins a new chain: when there is none yet, when the seat's number changed, and when the database came back from a backup, whose
 * chain ends before what was signed already.
 */
export async function openSeatKey(secrets: SecretStore, seatNo: string, isRenewed: boolean): Promise<SeatKeyPair> {
  const name = `dutyLogKey.${seatNo}`
  const kept = isRenewed ? undefined : await secrets.get(name)
  const privateKey = (kept === undefined ? undefined : read(kept)) ?? (await make(secrets, name))
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    keyId: sha256(publicKey),
    publicKey,
    sha256,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

async function make(secrets: SecretStore, name: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await secrets.set(name, privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
  return privateKey
}

/** Undefined for what is no such key any more. */
function read(kept: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(kept, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}
