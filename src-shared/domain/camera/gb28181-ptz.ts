/**
 * Steering a camera as GB/T 28181-2016 annex A.3 writes it: eight octets, sent as hexadecimal text in `PTZCmd` of a DeviceControl message.
 *
 *   A5 · 0F · address low · command · data 1 · data 2 · data 3 « 4 | address high · sum of the first seven, modulo 256
 */
export interface PtzMove {
  /** −1 … 1: left … right as a share of full speed. */
  readonly pan: number
  /** −1 … 1: down … up. */
  readonly tilt: number
  /** −1 … 1: out (wider) … in (nearer). */
  readonly zoom: number
}

export interface LensMove {
  /** −1 … 1: near … far. */
  readonly focus: number
  /** −1 … 1: closes … opens. */
  readonly iris: number
}

export type PresetAction = 'store' | 'recall' | 'remove'

/** What a make of camera does differently. */
export interface PtzDialect {
  /** 0–4095; the standard's address of the device. Unless given 1, which every device behind a platform takes. */
  readonly address?: number
  /** Octet that carries a preset's number: the standard's sixth, or the fifth that some devices read. */
  readonly presetOctet?: 5 | 6
}

/** Presets have the numbers 1–255. */
export const presetNumbers = { lowest: 1, highest: 255 } as const

const bits = { right: 1, left: 2, down: 4, up: 8, zoomIn: 16, zoomOut: 32 } as const
const lens = { marker: 0x40, focusFar: 1, focusNear: 2, irisOpens: 4, irisCloses: 8 } as const
const presetCommands: Readonly<Record<PresetAction, number>> = { store: 0x81, recall: 0x82, remove: 0x83 }
/** A movement of less is rest: a joystick or a pointer never stands quite still. */
const rest = 0.01

export function ptzMoveCommand({ pan, tilt, zoom }: PtzMove, dialect: PtzDialect = {}): string {
  const command = direction(pan, bits.right, bits.left) | direction(tilt, bits.up, bits.down) | direction(zoom, bits.zoomIn, bits.zoomOut)
  return encode(command, [speed(pan, 0xff), speed(tilt, 0xff), speed(zoom, 0x0f)], dialect)
}

/** All movements rest. */
export function ptzStopCommand(dialect: PtzDialect = {}): string {
  return encode(0, [0, 0, 0], dialect)
}

export function lensMoveCommand({ focus, iris }: LensMove, dialect: PtzDialect = {}): string {
  const command = lens.marker | direction(focus, lens.focusFar, lens.focusNear) | direction(iris, lens.irisOpens, lens.irisCloses)
  return encode(command, [speed(focus, 0xff), speed(iris, 0xff), 0], dialect)
}

/** `number` outside 1–255 is a mistake of the caller: throws. */
export function presetCommand(action: PresetAction, number: number, dialect: PtzDialect = {}): string {
  if (!Number.isInteger(number) || number < presetNumbers.lowest || number > presetNumbers.highest)
    throw new RangeError(`preset ${number} is not between ${presetNumbers.lowest} and ${presetNumbers.highest}`)
  const data: readonly [number, number, number] = dialect.presetOctet === 5 ? [number, 0, 0] : [0, number, 0]
  return encode(presetCommands[action], data, dialect)
}

function direction(share: number, positive: number, negative: number): number {
  return Math.abs(share) < rest ? 0 : share > 0 ? positive : negative
}

function speed(share: number, full: number): number {
  return Math.abs(share) < rest ? 0 : Math.max(1, Math.round(Math.min(1, Math.abs(share)) * full))
}

function encode(command: number, [data1, data2, data3]: readonly [number, number, number], { address = 1 }: PtzDialect): string {
  const octets = [0xa5, 0x0f, address & 0xff, command, data1, data2, (data3 << 4) | ((address >> 8) & 0x0f)]
  const sum = octets.reduce((total, octet) => total + octet, 0) % 256
  return [...octets, sum].map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join('')
}
