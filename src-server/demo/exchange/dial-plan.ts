import type { SupervisionMode } from '#shared/domain/call/supervision'

/** What a number leads to at the demonstration's exchange. Pure; documented in `docs/exchanges.md`. */
export type Destination =
  | { readonly kind: 'seat'; readonly extension: string }
  /** Into the call that the extension has now. */
  | { readonly kind: 'supervision'; readonly mode: SupervisionMode; readonly extension: string }
  | { readonly kind: 'hotline' | 'echo' | 'keypad' | 'citizen' | 'outside' | 'unknown' }
  /** The announcement after a call, which `ref` names. */
  | { readonly kind: 'satisfaction'; readonly ref: string }
  /** `code` of the department whose line is played. */
  | { readonly kind: 'department'; readonly code: string }
  /** For practice: what a caller meets at the other end. */
  | { readonly kind: 'busy' | 'nobodyThere' | 'declines' }

/** Seats 01–12 of the demonstration's hall; the hotline rings these. */
export const seatExtensions: readonly string[] = Array.from({ length: 12 }, (_, at) => String(8_001 + at))
/** Further telephones that may register, outside the queue. */
export const otherExtensions: readonly string[] = Array.from({ length: 8 }, (_, at) => String(8_013 + at))

const supervisionDigits: Readonly<Record<string, SupervisionMode>> = {
  '*91': 'listen',
  '*92': 'whisper',
  '*93': 'bargeIn',
  '*94': 'takeOver',
}

const fixed: Readonly<Record<string, Destination>> = {
  '12319': { kind: 'hotline' },
  '*43': { kind: 'echo' },
  '*44': { kind: 'keypad' },
  '*86': { kind: 'busy' },
  '*80': { kind: 'nobodyThere' },
  '*03': { kind: 'declines' },
}

export function destinationOf(dialled: string): Destination {
  const known = fixed[dialled]
  if (known) return known
  if (seatExtensions.includes(dialled) || otherExtensions.includes(dialled)) return { kind: 'seat', extension: dialled }
  const mode = supervisionDigits[dialled.slice(0, 3)]
  const supervised = dialled.slice(3)
  if (mode && seatExtensions.includes(supervised)) return { kind: 'supervision', mode, extension: supervised }
  const ref = /^\*45(\d{15})$/.exec(dialled)?.[1]
  if (ref) return { kind: 'satisfaction', ref }
  // 7 and the code of a department in the reference data.
  const department = /^7(\d{3})$/.exec(dialled)?.[1]
  if (department) return { kind: 'department', code: department }
  if (/^0?1380000\d{4}$/.test(dialled)) return { kind: 'citizen' }
  // Service numbers (12345, 110) and subscribers.
  if (/^(1\d{2,4}|0?\d{7,12})$/.test(dialled)) return { kind: 'outside' }
  return { kind: 'unknown' }
}
