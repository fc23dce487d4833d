import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

/**
 * Writes an archive of tiles: PMTiles 3 (spec 3.4), clustered, directories and tiles packed with gzip. Tiles may come in any order; they lie in the file in
 * the order of their ids, with directories before them, so that a reader finds what is near with few ranges.
 */
export interface TileOfArchive {
  readonly z: number
  readonly x: number
  readonly y: number
  /** A Mapbox vector tile, packed. */
  readonly bytes: Uint8Array
}

export interface ArchiveAbout {
  readonly minZoom: number
  readonly maxZoom: number
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  /** JSON as TileJSON writes it: `name`, `vector_layers` … */
  readonly metadata: Readonly<Record<string, unknown>>
}

interface Entry {
  readonly id: number
  readonly offset: number
  readonly length: number
}

const headerBytes = 127
/** The root directory and the header fit into the first 16 KiB, which readers fetch at once. */
const mostRootBytes = 16_384 - headerBytes
const entriesPerLeaf = 4_096

/** The parts of the file, in order. */
export function archiveParts(tiles: readonly TileOfArchive[], about: ArchiveAbout): readonly Uint8Array[] {
  const sorted = tiles.map((tile) => ({ id: zxyToTileId(tile.z, tile.x, tile.y), bytes: tile.bytes })).sort((a, b) => a.id - b.id)
  let offset = 0
  const entries = sorted.map(({ id, bytes }): Entry => {
    const entry = { id, offset, length: bytes.length }
    offset += bytes.length
    return entry
  })
  const metadata = gzipSync(JSON.stringify(about.metadata))
  const { root, leaves } = directories(entries)
  const header = headerOf(
    { root: root.length, metadata: metadata.length, leaves: leaves.length, tiles: offset, count: entries.length },
    about,
  )
  return [header, root, metadata, leaves, ...sorted.map(({ bytes }) => bytes)]
}

function directories(entries: readonly Entry[]): { readonly root: Uint8Array; readonly leaves: Uint8Array } {
  const flat = directory(entries.map((entry) => ({ ...entry, run: 1 })))
  if (flat.length <= mostRootBytes) return { root: flat, leaves: new Uint8Array() }
  const parts: Uint8Array[] = []
  const pointers: (Entry & { readonly run: number })[] = []
  let offset = 0
  for (let from = 0; from < entries.length; from += entriesPerLeaf) {
    const part = entries.slice(from, from + entriesPerLeaf)
    const leaf = directory(part.map((entry) => ({ ...entry, run: 1 })))
    // A run of nothing marks a pointer to a leaf.
    pointers.push({ id: part[0]?.id ?? 0, offset, length: leaf.length, run: 0 })
    parts.push(leaf)
    offset += leaf.length
  }
  return { root: directory(pointers), leaves: Buffer.concat(parts) }
}

/** Columns, each as variable-length integers: ids as differences, runs, lengths, offsets (0 = right behind the one before). */
function directory(entries: readonly (Entry & { readonly run: number })[]): Uint8Array {
  const out: number[] = []
  const put = (value: number) => putVarint(out, value)
  put(entries.length)
  let last = 0
  for (const { id } of entries) {
    put(id - last)
    last = id
  }
  for (const { run } of entries) put(run)
  for (const { length } of entries) put(length)
  entries.forEach(({ offset }, at) => {
    const before = entries[at - 1]
    put(before && before.offset + before.length === offset ? 0 : offset + 1)
  })
  return gzipSync(Uint8Array.from(out))
}

/** Seven bits a byte, the lowest first; beyond 32 bits by division, because shifts end there. */
function putVarint(out: number[], value: number): void {
  let left = value
  while (left >= 128) {
    out.push((left % 128) | 128)
    left = Math.floor(left / 128)
  }
  out.push(left)
}

interface Lengths {
  readonly root: number
  readonly metadata: number
  readonly leaves: number
  readonly tiles: number
  readonly count: number
}

function headerOf(lengths: Lengths, { minZoom, maxZoom, bounds }: ArchiveAbout): Uint8Array {
  const header = Buffer.alloc(headerBytes)
  header.write('PMTiles', 0, 'latin1')
  header.writeUInt8(3, 7)
  const long = (value: number, at: number) => header.writeBigUInt64LE(BigInt(value), at)
  const metadataAt = headerBytes + lengths.root
  const leavesAt = metadataAt + lengths.metadata
  const tilesAt = leavesAt + lengths.leaves
  const places = [headerBytes, lengths.root, metadataAt, lengths.metadata, leavesAt, lengths.leaves, tilesAt, lengths.tiles]
  for (const [index, value] of places.entries()) long(value, 8 + index * 8)
  // Addressed tiles, entries and contents: every tile is its own.
  for (const at of [72, 80, 88]) long(lengths.count, at)
  // Clustered; directories and tiles gzip; vector tiles.
  for (const [index, value] of [1, 2, 2, 1, minZoom, maxZoom].entries()) header.writeUInt8(value, 96 + index)
  const degrees = (value: number, at: number) => header.writeInt32LE(Math.round(value * 1e7), at)
  for (const [index, value] of bounds.entries()) degrees(value, 102 + index * 4)
  header.writeUInt8(Math.min(maxZoom, Math.max(minZoom, 13)), 118)
  degrees((bounds[0] + bounds[2]) / 2, 119)
  degrees((bounds[1] + bounds[3]) / 2, 123)
  return header
}
