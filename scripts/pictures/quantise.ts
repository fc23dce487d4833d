import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * Makes a screenshot small: a PNG of 8-bit RGB or RGBA becomes one with at most 256 colours in a palette (ISO/IEC 15948). The most frequent
 * colours stay as they are, and so do rare ones that are unlike all of those (an amber lamp); the rest (edges of letters) go to the nearest one.
 * Meant for opaque pictures of a user interface, not for photographs.
 */
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const paletteSize = 256
/** Places kept for colours that are rare but mean something; unlike: about 40 steps of 255 away from every other, squared. */
const unlikeSize = 48
const unlikeDistance = 1600

interface Image {
  readonly width: number
  readonly height: number
  /** One number 0xRRGGBB a pixel, row by row. */
  readonly pixels: Uint32Array
}

export function quantise(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const palette = chooseColours(pixels)
  const known = new Map(palette.map((colour, index) => [colour, index]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < pixels.length; at += 1) {
    const colour = pixels[at] ?? 0
    let index = known.get(colour)
    if (index === undefined) {
      index = nearest(palette, colour)
      known.set(colour, index)
    }
    // Each row begins with its filter: 0, none, is best for palettes.
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chooseColours(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const byFrequency = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour)
  const chosen = byFrequency.slice(0, paletteSize - unlikeSize)
  for (const colour of byFrequency.slice(chosen.length)) {
    if (chosen.length === paletteSize) break
    if (distance(colour, chosen[nearest(chosen, colour)] ?? 0) > unlikeDistance) chosen.push(colour)
  }
  return chosen
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  let bestDistance = Number.POSITIVE_INFINITY
  palette.forEach((candidate, index) => {
    const away = distance(candidate, colour)
    if (away < bestDistance) [best, bestDistance] = [index, away]
  })
  return best
}

/** Of two colours, squared. */
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16)
  const green = ((one >> 8) & 255) - ((other >> 8) & 255)
  const blue = (one & 255) - (other & 255)
  return red * red + green * green + blue * blue
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function decode(png: Buffer): Image {
  const parts: Buffer[] = []
  let header: Buffer | undefined
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = data
    if (type === 'IDAT') parts.push(data)
    at += length + 12
  }
  const [depth, kind, , , interlace] = header?.subarray(8) ?? []
  if (!header || depth !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0) throw new Error('not a PNG of 8-bit RGB or RGBA')
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(parts)), width, height, kind === 6 ? 4 : 3) }
}

function unfilter(raw: Buffer, width: number, height: number, bytesPerPixel: number): Uint32Array {
  const stride = width * bytesPerPixel
  const pixels = new Uint32Array(width * height)
  let above = Buffer.alloc(stride)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    const row = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
    for (let x = 0; x < stride; x += 1) {
      const left = x < bytesPerPixel ? 0 : (row[x - bytesPerPixel] ?? 0)
      const corner = x < bytesPerPixel ? 0 : (above[x - bytesPerPixel] ?? 0)
      row[x] = (row[x] ?? 0) + predicted(filter, left, above[x] ?? 0, corner)
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = row.readUIntBE(x * bytesPerPixel, 3)
    above = row
  }
  return pixels
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
