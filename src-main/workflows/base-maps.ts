import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { BaseMapSourceSchema } from '#shared/contracts/base-map-shapes'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { Central, Publish, Store } from './ports'

/**
 * Squares of base maps from elsewhere for this seat's page: from its own disk when they are fresh, else by way of the centre, which alone knows hosts and keys;
 * when that fails from the disk again, and then it is said how old they are. What is shown is never held up for what could be newer.
 */
export interface BaseMapDesk {
  /** Undefined: there is nothing to draw at this address. */
  tile(asked: TileAsked): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>
  /** The sources may have changed. */
  look(): void
  show(): void
}

export interface TileAsked {
  readonly sourceId: string
  readonly fingerprint: string
  readonly layer: number
  readonly z: number
  readonly x: number
  readonly y: number
}

export interface BaseMapFilesPort {
  read(key: Omit<TileAsked, 'sourceId'>): Promise<{ readonly bytes: Uint8Array; readonly writtenAt: number } | undefined>
  write(key: Omit<TileAsked, 'sourceId'>, bytes: Uint8Array): Promise<void>
  keepOnly(fingerprints: readonly string[]): Promise<void>
  used(): { readonly bytes: number; readonly tiles: number }
}

export interface BaseMapParts {
  readonly store: Pick<Store, 'reference'>
  readonly files: BaseMapFilesPort
  readonly limitBytes: number
  readonly central: Central
  readonly publish: Publish
  /** Of this PC: files on its disk are dated by it. */
  readonly now: () => EpochMs
  readonly isOnline: () => boolean
  /** Names a source as it is configured. */
  fingerprintOf(source: unknown): string
}

type View = StateOfTopic<'baseMaps.changed'>['sources'][number]
type Standing = Pick<View, 'state' | 'asOf' | 'problem'>

/** Base maps change a few times a year. */
const freshMs = 30 * 86_400_000
/** A little longer than the centre waits for the map service. */
const tileTimeoutMs = 10_000
const showEvery = 40
const offline = '中心连不上'
const fine: Standing = { state: 'live', asOf: null, problem: null }

export function createBaseMapDesk(parts: BaseMapParts): BaseMapDesk {
  const { store, files, publish } = parts
  const standings = new Map<string, Standing>()
  let written = 0

  const sources = (): readonly BaseMapSourceSchema[] => {
    const document = store.reference.get('baseMaps', 'city')?.document
    return document?.kind === 'baseMaps' ? document.sources : []
  }

  function show(): void {
    publish('baseMaps.changed', {
      sources: sources().map((source) => {
        const { layers, subdomains: _, ...shown } = source
        const fingerprint = parts.fingerprintOf(source)
        const addresses = layers.map((_layer, at) => `/base-maps/${source.sourceId}/${fingerprint}/${at}/`)
        return { ...shown, addresses, ...(standings.get(source.sourceId) ?? fine) }
      }),
      cache: { ...files.used(), limitBytes: parts.limitBytes },
    })
  }

  /** Said once for many squares: only what changes is told. */
  function stand(sourceId: string, next: Standing): void {
    const before = standings.get(sourceId) ?? fine
    if (before.state === next.state && before.asOf === next.asOf && before.problem === next.problem) return
    standings.set(sourceId, next)
    show()
  }

  function fallBack(sourceId: string, writtenAt: number | undefined, problem: string): void {
    const before = standings.get(sourceId) ?? fine
    const asOf = writtenAt === undefined ? before.asOf : Math.round(Math.min(before.asOf ?? writtenAt, writtenAt))
    const isMissing = writtenAt === undefined || before.state === 'missing'
    stand(sourceId, { state: isMissing ? 'missing' : 'stale', asOf, problem })
  }

  const ask = ({ sourceId, layer, z, x, y }: TileAsked) => {
    const params = { sourceId, layer: String(layer), z: String(z), x: String(x), y: String(y) }
    return parts.central.call('baseMaps.tile', { params }, { timeoutMs: tileTimeoutMs })
  }

  return {
    async tile(asked) {
      const source = sources().find(({ sourceId }) => sourceId === asked.sourceId)
      if (!source || parts.fingerprintOf(source) !== asked.fingerprint || source.layers[asked.layer] === undefined) return undefined
      if (asked.z < source.minZoom || asked.z > source.maxZoom) return undefined
      const { sourceId, ...key } = asked
      const kept = await files.read(key)
      if (kept && parts.now() - kept.writtenAt < freshMs && parts.isOnline()) {
        if (standings.get(sourceId)?.problem === offline) stand(sourceId, fine)
        return pictureOf(kept.bytes)
      }
      const answer = parts.isOnline() ? await ask(asked) : undefined
      if (answer?.ok && pictureOf(answer.value.bytes)) {
        await files.write(key, answer.value.bytes)
        stand(sourceId, fine)
        // How much is kept is shown now and then, not with every square.
        if (written++ % showEvery === 0) show()
        return pictureOf(answer.value.bytes)
      }
      // Nothing was there to be fetched: that is an answer, and no fault.
      if (answer?.ok === false && answer.error.code === 'baseMap/noTile') return undefined
      fallBack(sourceId, kept?.writtenAt, answer?.ok === false ? reasonOf(answer.error) : offline)
      return kept && pictureOf(kept.bytes)
    },
    look() {
      const used = sources()
      for (const sourceId of [...standings.keys()]) if (!used.some((source) => source.sourceId === sourceId)) standings.delete(sourceId)
      void files.keepOnly(used.map((source) => parts.fingerprintOf(source)))
      show()
    },
    show,
  }
}

const reasonOf = ({ code, message, detail }: AppError): string => {
  const reason = detail?.reason
  if (typeof reason === 'string') return reason
  return code.startsWith('central/') ? offline : message
}

/** By its first bytes; whatever else came is not given to the page. */
function pictureOf(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly mediaType: string } | undefined {
  const mediaType = signatures.find(({ at, first }) => first.every((byte, index) => bytes[at + index] === byte))?.mediaType
  return mediaType === undefined ? undefined : { bytes, mediaType }
}

const signatures = [
  { mediaType: 'image/png', at: 0, first: [0x89, 0x50, 0x4e, 0x47] },
  { mediaType: 'image/jpeg', at: 0, first: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/gif', at: 0, first: [0x47, 0x49, 0x46, 0x38] },
  { mediaType: 'image/webp', at: 8, first: [0x57, 0x45, 0x42, 0x50] },
] as const
