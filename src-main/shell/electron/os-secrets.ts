import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import type { Log } from '#shared/base/log'
import type { SecretStore } from '../../platform/ports'

/**
 * Secrets encrypted with a key that the operating system keeps for this user (DPAPI, Keychain, Secret Service through Electron's safeStorage).
 * Undefined where there is no such key; the caller then uses the file store, which says what it is.
 */
export function createOsSecrets(file: string, log: Log): SecretStore | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  // On Linux without a key store, Chromium "encrypts" with a password from its source code. That is a file, and should say so.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined

  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
  const change = (edit: (secrets: Map<string, string>) => void) =>
    inTurn(async () => {
      const secrets = await read(file)
      edit(secrets)
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(`${file}.next`, JSON.stringify(Object.fromEntries(secrets)), { mode: 0o600, flush: true })
      await rename(`${file}.next`, file)
    })
  return {
    keptIn: 'osKeyStore',
    get: (name) =>
      inTurn(async () => {
        const encrypted = (await read(file)).get(name)
        return encrypted === undefined ? undefined : decrypt(encrypted, name, log)
      }),
    set: (name, secret) => change((secrets) => secrets.set(name, safeStorage.encryptString(secret).toString('base64'))),
    delete: (name) => change((secrets) => secrets.delete(name)),
  }
}

/** A folder copied from another PC or user cannot be decrypted here: as good as not there, and signing in again replaces it. */
function decrypt(encrypted: string, name: string, log: Log): string | undefined {
  try {
    return safeStorage.decryptString(Buffer.from(encrypted, 'base64'))
  } catch (cause) {
    log.warn('secret cannot be decrypted on this PC', { name, cause })
    return undefined
  }
}

async function read(file: string): Promise<Map<string, string>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof value !== 'object' || value === null) return new Map()
    return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}
