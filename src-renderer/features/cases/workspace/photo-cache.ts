import type { Bridge } from '../../../bridge/bridge'

/**
 * Photos of the cases on screen and next, as addresses of this page. Fetched once, the newest kept; an address that is dropped is revoked, so that
 * a day of cases does not fill the memory. It knows nothing of who may see a photo: the core decides that.
 */
export interface PhotoCache {
  get(attachmentId: string): CachedPhoto | undefined
  load(attachmentId: string): void
  retry(attachmentId: string): void
  subscribe(listener: () => void): () => void
  /** Grows with every change; what `useSyncExternalStore` compares. */
  revision(): number
  /** Drops everything; it can be used again. */
  dispose(): void
}

export interface CachedPhoto {
  readonly src: string | null
  readonly failure: string | null
  readonly isCached: boolean
}

const photoLimit = 40

export function createPhotoCache(call: Bridge['call']): PhotoCache {
  const photos = new Map<string, CachedPhoto>()
  const listeners = new Set<() => void>()
  let changes = 0
  /** A fetch that began before everything was dropped is dropped with it. */
  let generation = 0

  function put(attachmentId: string, photo: CachedPhoto): void {
    photos.set(attachmentId, photo)
    if (photos.size > photoLimit) drop([...photos.keys()][0])
    changes += 1
    for (const listener of listeners) listener()
  }
  function drop(attachmentId: string | undefined): void {
    if (attachmentId === undefined) return
    const src = photos.get(attachmentId)?.src
    if (src) URL.revokeObjectURL(src)
    photos.delete(attachmentId)
  }
  async function fetchPhoto(attachmentId: string): Promise<void> {
    const mine = generation
    const answer = await call('attachments.read', { attachmentId, variant: 'display' })
    if (mine !== generation) return
    if (!answer.ok) return put(attachmentId, { src: null, failure: answer.error.message, isCached: false })
    const { base64, mediaType, isCached } = answer.value
    put(attachmentId, { src: URL.createObjectURL(blobOf(base64, mediaType)), failure: null, isCached })
  }
  function load(attachmentId: string): void {
    if (photos.has(attachmentId)) return
    photos.set(attachmentId, { src: null, failure: null, isCached: false })
    void fetchPhoto(attachmentId)
  }

  return {
    get: (attachmentId) => photos.get(attachmentId),
    load,
    retry(attachmentId) {
      drop(attachmentId)
      load(attachmentId)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    revision: () => changes,
    dispose() {
      generation += 1
      for (const attachmentId of [...photos.keys()]) drop(attachmentId)
    },
  }
}

export function blobOf(base64: string, mediaType: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: mediaType })
}
