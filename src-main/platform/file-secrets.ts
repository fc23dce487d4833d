import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SecretStore } from './ports'

/**
 * Secrets in a file that only this user may read (0600), for machines without a key store. It does not encrypt: a key lying beside the file
 * would only look like protection; `keptIn: 'file'` tells IT so. Every change is written whole to a new file, synced, then renamed over the
 * old one, so a crash leaves either the old or the new secrets.
 */
export function createFileSecrets(folder: string): SecretStore {
  const file = join(folder, 'secrets.json')
  let last: Promise<unknown> = Promise.resolve()
  /** One at a time: two changes that both read first would lose one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
  const change = (edit: (secrets: Map<string, string>) => void): Promise<void> =>
    inTurn(async () => {
      const secrets = await read(file)
      edit(secrets)
      await replace(file, JSON.stringify(Object.fromEntries(secrets)))
    })
  return {
    keptIn: 'file',
    get: (name) => inTurn(async () => (await read(file)).get(name)),
    set: (name, secret) => change((secrets) => secrets.set(name, secret)),
    delete: (name) => change((secrets) => secrets.delete(name)),
  }
}

/** A file that is not ours to read as JSON is put aside, not overwritten: signing in again replaces what it held. */
async function read(file: string): Promise<Map<string, string>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Map()
    throw cause
  }
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    }
  } catch {
    // Falls through: unreadable is handled the same way as not an object.
  }
  await rename(file, `${file}.damaged`)
  return new Map()
}

async function replace(file: string, text: string): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const next = `${file}.next`
  const handle = await open(next, 'w', 0o600)
  try {
    await handle.chmod(0o600) // a leftover from a crash keeps its old mode otherwise
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(next, file)
  await syncFolder(folder)
}

/** The rename itself is durable only once the folder is. Windows cannot open folders, and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
