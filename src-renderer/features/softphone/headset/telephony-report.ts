/**
 * Which bits of a headset's reports are its buttons and lamps (USB HID Usage Tables 1.5: page 0x0B Telephony Device, page 0x08 LED; fields and their flags: USB
 * Device Class Definition for HID 1.11 §6.2.2.5). It reads what WebHID tells of the report descriptor and knows no maker. Pure.
 */
export interface HidCollection {
  readonly usagePage?: number
  readonly inputReports?: readonly HidReport[]
  readonly outputReports?: readonly HidReport[]
}
export interface HidReport {
  readonly reportId?: number
  readonly items?: readonly HidItem[]
}
export interface HidItem {
  readonly isAbsolute?: boolean
  readonly isArray?: boolean
  readonly isRange?: boolean
  readonly isConstant?: boolean
  readonly hasPreferredState?: boolean
  /** Page in the upper, usage in the lower sixteen bits. */
  readonly usages?: readonly number[]
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly reportSize?: number
  readonly reportCount?: number
}

export type Button = 'hook' | 'mute' | 'flash' | 'drop'
export type Lamp = 'offHook' | 'ring' | 'mute' | 'hold'
export type Lamps = Readonly<Record<Lamp, boolean>>

export interface Field {
  readonly reportId: number
  /** From the first bit after the report's number. */
  readonly bit: number
  /** It stays where it was put, on or off; else it is 1 only while it is pressed. */
  readonly isLatch: boolean
}

export interface TelephonyReports {
  readonly buttons: Readonly<Partial<Record<Button, Field>>>
  readonly lamps: Readonly<Partial<Record<Lamp, Field>>>
  /** Octets of each output report. */
  readonly lengths: ReadonlyMap<number, number>
}

export const telephonyPage = 0x0b
const buttonUsages: Readonly<Record<number, Button>> = {
  720928: 'hook',
  720943: 'mute',
  720929: 'flash',
  720934: 'drop',
}
const lampUsages: Readonly<Record<number, Lamp>> = {
  524311: 'offHook',
  524312: 'ring',
  524297: 'mute',
  524320: 'hold',
}

/** Null: it has no hook switch and no mute button of a telephone. */
export function readTelephony(collections: readonly HidCollection[]): TelephonyReports | null {
  const telephony = collections.filter(({ usagePage }) => usagePage === telephonyPage)
  const inputs = telephony.flatMap(({ inputReports }) => inputReports ?? [])
  const outputs = telephony.flatMap(({ outputReports }) => outputReports ?? [])
  const buttons = find(inputs, buttonUsages)
  if (!buttons.hook && !buttons.mute) return null
  const lengths = new Map(outputs.map((report) => [report.reportId ?? 0, Math.ceil(bitsOf(report) / 8)]))
  return { buttons, lamps: find(outputs, lampUsages), lengths }
}

function find<Name extends string>(reports: readonly HidReport[], names: Readonly<Record<number, Name>>): Partial<Record<Name, Field>> {
  const found: Partial<Record<Name, Field>> = {}
  for (const report of reports)
    for (const { usage, field } of fieldsOf(report)) {
      const name = names[usage]
      if (name !== undefined) found[name] ??= field
    }
  return found
}

const bitsOf = ({ items = [] }: HidReport): number => items.reduce((sum, item) => sum + widthOf(item), 0)
const widthOf = ({ reportSize = 0, reportCount = 0 }: HidItem): number => reportSize * reportCount

/** The single bits of a report that mean something. Fields of several bits (volume, a dialled digit) only take their room. */
function* fieldsOf({ reportId = 0, items = [] }: HidReport): Generator<{ readonly usage: number; readonly field: Field }> {
  let start = 0
  for (const item of items) {
    const { isArray, isConstant, isAbsolute = true, hasPreferredState = true, reportSize, reportCount = 0 } = item
    if (!isArray && !isConstant && reportSize === 1)
      for (let at = 0; at < reportCount; at += 1) {
        const usage = usageAt(item, at)
        if (usage !== undefined) yield { usage, field: { reportId, bit: start + at, isLatch: isAbsolute && !hasPreferredState } }
      }
    start += widthOf(item)
  }
}

/** §6.2.2.8: of fewer usages than fields the last stands for all that remain. */
function usageAt({ isRange, usages = [], usageMinimum, usageMaximum }: HidItem, at: number): number | undefined {
  if (!isRange) return usages[Math.min(at, usages.length - 1)]
  return usageMinimum === undefined || usageMaximum === undefined ? undefined : Math.min(usageMinimum + at, usageMaximum)
}

/** Undefined: another report, or one that is too short. */
export function bitOf({ reportId, bit }: Field, of: number, data: DataView): boolean | undefined {
  const at = bit >> 3
  return reportId === of && at < data.byteLength ? ((data.getUint8(at) >> (bit & 7)) & 1) === 1 : undefined
}

/** One report for each that has a lamp, with all its lamps. */
export function writeLamps({ lamps, lengths }: TelephonyReports, on: Lamps): ReadonlyMap<number, Uint8Array<ArrayBuffer>> {
  const written = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const [name, { reportId, bit }] of Object.entries(lamps) as [Lamp, Field][]) {
    const bytes = written.get(reportId) ?? new Uint8Array(lengths.get(reportId) ?? 0)
    written.set(reportId, bytes)
    const at = bit >> 3
    if (on[name] && at < bytes.length) bytes[at] = (bytes[at] as number) | (1 << (bit & 7))
  }
  return written
}
