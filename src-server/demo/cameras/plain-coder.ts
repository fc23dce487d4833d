/**
 * The simplest H.264 (ITU-T H.264) there is, for pictures that are drawn: blocks that changed are sent as they are (I_PCM), all others are skipped.
 * Large and exact, and without a coder that would have to be installed. Baseline profile, one slice a picture, deblocking off.
 */
export interface YuvPicture {
  /** Multiples of 16; `shownHeight` of it are shown. */
  readonly width: number
  readonly height: number
  /** Values 16–235, which also keeps zero octets out of the stream. */
  readonly y: Uint8Array
  /** Half the size each way. */
  readonly u: Uint8Array
  readonly v: Uint8Array
}

export interface PlainCoder {
  readonly sequence: Buffer
  readonly picture: Buffer
  /** The unit of the next picture. It is a key picture when asked for, and when it is the first. */
  code(next: YuvPicture, wantsKey: boolean): { readonly unit: Buffer; readonly isKey: boolean }
}

const block = 16
const half = block / 2
/** Bits of `frame_num`. */
const frameNumberBits = 8

export function createPlainCoder(width: number, height: number, shownHeight: number): PlainCoder {
  const [across, down] = [width / block, height / block]
  let before: YuvPicture | null = null
  let frameNumber = 0
  let keys = 0
  return {
    sequence: sequenceSet(across, down, (height - shownHeight) / 2),
    picture: pictureSet(),
    code(next, wantsKey) {
      const previous = before
      before = { ...next, y: next.y.slice(), u: next.u.slice(), v: next.v.slice() }
      const isKey = wantsKey || previous === null
      frameNumber = isKey ? 0 : (frameNumber + 1) % 2 ** frameNumberBits
      if (isKey) keys += 1
      const bits = createBits(0x65 & (isKey ? 0xff : 0xe1))
      writeSliceHeader(bits, isKey, frameNumber, keys % 2)
      let skipped = 0
      for (let row = 0; row < down; row++)
        for (let column = 0; column < across; column++) {
          if (!isKey && previous && isSame(previous, next, column, row)) {
            skipped += 1
            continue
          }
          if (!isKey) bits.unsigned(skipped)
          skipped = 0
          // I_PCM: 25 among the types of I slices, after the five of P slices in those.
          bits.unsigned(isKey ? 25 : 30)
          bits.align(0)
          writeSamples(bits, next, column, row)
        }
      if (!isKey && skipped > 0) bits.unsigned(skipped)
      return { unit: bits.unit(), isKey }
    },
  }
}

function writeSliceHeader(bits: Bits, isKey: boolean, frameNumber: number, keyId: number): void {
  bits.unsigned(0)
  bits.unsigned(isKey ? 7 : 5)
  bits.unsigned(0)
  bits.fixed(frameNumber, frameNumberBits)
  if (isKey) {
    bits.unsigned(keyId)
    bits.fixed(0, 2)
  } else {
    // No override of reference counts, no reordering, no marking.
    bits.fixed(0, 3)
  }
  bits.signed(0)
  bits.unsigned(1)
}

function isSame(a: YuvPicture, b: YuvPicture, column: number, row: number): boolean {
  const { width } = b
  for (let line = 0; line < block; line++) {
    const at = (row * block + line) * width + column * block
    for (let index = at; index < at + block; index++) if (a.y[index] !== b.y[index]) return false
  }
  for (let line = 0; line < half; line++) {
    const at = (row * half + line) * (width / 2) + column * half
    for (let index = at; index < at + half; index++) if (a.u[index] !== b.u[index] || a.v[index] !== b.v[index]) return false
  }
  return true
}

function writeSamples(bits: Bits, { width, y, u, v }: YuvPicture, column: number, row: number): void {
  for (let line = 0; line < block; line++) {
    const at = (row * block + line) * width + column * block
    bits.octets(y.subarray(at, at + block))
  }
  for (const plane of [u, v])
    for (let line = 0; line < half; line++) {
      const at = (row * half + line) * (width / 2) + column * half
      bits.octets(plane.subarray(at, at + half))
    }
}

/** §7.3.2.1.1: baseline, level 3, pictures in order (order type 2), one reference. `cropped`: pairs of lines at the bottom that are not shown. */
function sequenceSet(across: number, down: number, cropped: number): Buffer {
  const bits = createBits(0x67)
  bits.fixed(66, 8)
  bits.fixed(0xc0, 8)
  bits.fixed(30, 8)
  bits.unsigned(0)
  bits.unsigned(frameNumberBits - 4)
  bits.unsigned(2)
  bits.unsigned(1)
  bits.fixed(0, 1)
  bits.unsigned(across - 1)
  bits.unsigned(down - 1)
  bits.fixed(0b11, 2)
  bits.fixed(cropped > 0 ? 1 : 0, 1)
  if (cropped > 0) for (const side of [0, 0, 0, cropped]) bits.unsigned(side)
  bits.fixed(0, 1)
  return bits.unit()
}

/** §7.3.2.2. */
function pictureSet(): Buffer {
  const bits = createBits(0x68)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.fixed(0, 2)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.fixed(0, 3)
  for (let each = 0; each < 3; each++) bits.signed(0)
  // Slices say what becomes of deblocking.
  bits.fixed(0b100, 3)
  return bits.unit()
}

interface Bits {
  fixed(value: number, count: number): void
  /** Exp-Golomb (§9.1). */
  unsigned(value: number): void
  signed(value: number): void
  align(bit: 0 | 1): void
  /** Whole octets; only when aligned. */
  octets(values: Uint8Array): void
  /** The finished unit, its last bit set and emulation prevented (§7.4.1). */
  unit(): Buffer
}

function createBits(head: number): Bits {
  let store = Buffer.alloc(4_096)
  let length = 1
  let current = 0
  let free = 8
  store[0] = head
  const room = (more: number) => {
    if (length + more <= store.length) return
    const larger = Buffer.alloc(Math.max(store.length * 2, length + more))
    store.copy(larger)
    store = larger
  }
  const put = (bit: number) => {
    free -= 1
    current |= bit << free
    if (free > 0) return
    room(1)
    store[length++] = current
    current = 0
    free = 8
  }
  const bits: Bits = {
    fixed(value, count) {
      for (let at = count - 1; at >= 0; at--) put((value >> at) & 1)
    },
    unsigned(value) {
      const width = 31 - Math.clz32(value + 1)
      bits.fixed(0, width)
      bits.fixed(value + 1, width + 1)
    },
    signed: (value) => bits.unsigned(value > 0 ? 2 * value - 1 : -2 * value),
    align(bit) {
      while (free < 8) put(bit)
    },
    octets(values) {
      room(values.length)
      store.set(values, length)
      length += values.length
    },
    unit() {
      put(1)
      bits.align(0)
      return withoutStartCodes(store.subarray(0, length))
    },
  }
  return bits
}

function withoutStartCodes(unit: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let at = unit.indexOf('\0\0', 0, 'latin1'); at >= 0 && at + 2 < unit.length; at = unit.indexOf('\0\0', at, 'latin1')) {
    if ((unit[at + 2] ?? 4) > 3) {
      at += 1
      continue
    }
    parts.push(unit.subarray(from, at + 2), Buffer.of(3))
    from = at + 2
    at += 2
  }
  return parts.length === 0 ? Buffer.from(unit) : Buffer.concat([...parts, unit.subarray(from)])
}
