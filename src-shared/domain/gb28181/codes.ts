/**
 * Codes of GB/T 28181-2016 annex D: twenty digits that name a platform, a device or a channel.
 *
 *   8 digits of the place · 2 of the trade · 3 of the kind · 1 of the network · 6 of the serial number
 */
export interface GbCode {
  /** Area code of the place, province to community; pairs of zeros where it goes no deeper. */
  readonly place: string
  /** Annex D.1 table D.3: 111–130 and 131–199 devices, 200 and up platforms, 215 a group, 216 a folder of one. */
  readonly kind: number
  readonly serial: string
}

const written = /^(\d{8})\d{2}(\d{3})\d(\d{6})$/

/** Null for anything but twenty digits. */
export function readGbCode(text: string): GbCode | null {
  const match = written.exec(text)
  return match?.[1] && match[2] && match[3] ? { place: match[1], kind: Number(match[2]), serial: match[3] } : null
}

export const isGbCode = (text: string): boolean => written.test(text)

/** 131 a camera, 132 a camera in the network: table D.3. What else is in a catalogue (alarms, folders, recorders) shows no picture. */
export const isCameraCode = (text: string): boolean => [131, 132].includes(readGbCode(text)?.kind ?? 0)

/** The ten digits that a platform's SIP domain is called by (§6.1.2 with annex D): the first ten of its code. */
export const domainOfCode = (code: string): string => code.slice(0, 10)
