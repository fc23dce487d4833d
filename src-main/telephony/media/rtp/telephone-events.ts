/**
 * Keys as named events (RFC 4733): payloads to send for one press, and presses out of payloads received. An event repeats itself until it ends and its end three times, so
 * a lost packet loses no key and none is counted twice.
 */
const digits = '0123456789*#ABCD'
const frameUnits = 160
const frameMs = 20
/** §2.5.1.3: -10 dBm0, in the middle of what keys have. */
const volume = 10
/** §2.5.1.4. */
const endRepeats = 3
/** §2.5.2.2: an event whose end was lost is over when nothing of it came for this long. */
const forgottenMs = 250

export interface EventPayload {
  readonly payload: Buffer
  /** §2.5.1.1: only the first packet of an event is marked. */
  readonly isFirst: boolean
}

/** One payload for each 20 ms, all with the timestamp of the first. */
export function eventPayloads(digit: string, toneMs: number): EventPayload[] {
  const event = digits.indexOf(digit)
  const frames = Math.max(2, Math.round(toneMs / frameMs))
  return Array.from({ length: frames + endRepeats - 1 }, (_, at) => {
    const payload = Buffer.alloc(4)
    payload[0] = event
    payload[1] = (at >= frames - 1 ? 0x80 : 0) | volume
    payload.writeUInt16BE(Math.min(at + 1, frames) * frameUnits, 2)
    return { payload, isFirst: at === 0 }
  })
}

export interface Press {
  readonly digit: string
  readonly durationMs: number
}

export interface EventReceiver {
  take(payload: Uint8Array, timestamp: number, nowMs: number): Press[]
  expire(nowMs: number): Press[]
}

export function createEventReceiver(): EventReceiver {
  let open: { readonly digit: string; readonly timestamp: number; durationUnits: number; heardMs: number } | null = null
  let lastEnded: number | null = null
  const end = (): Press[] => {
    if (!open) return []
    const press = { digit: open.digit, durationMs: Math.round(open.durationUnits / 8) }
    lastEnded = open.timestamp
    open = null
    return [press]
  }
  return {
    take: (payload, timestamp, nowMs) => {
      const digit = digits[payload[0] ?? 255]
      // Flash, modem and fax tones are no keys.
      if (payload.length < 4 || digit === undefined || timestamp === lastEnded) return []
      const presses = open && open.timestamp !== timestamp ? end() : []
      const duration = ((payload[2] as number) << 8) | (payload[3] as number)
      if (!open) open = { digit, timestamp, durationUnits: duration, heardMs: nowMs }
      open.durationUnits = Math.max(open.durationUnits, duration)
      open.heardMs = nowMs
      return (payload[1] as number) & 0x80 ? [...presses, ...end()] : presses
    },
    expire: (nowMs) => (open && nowMs - open.heardMs >= forgottenMs ? end() : []),
  }
}
