import { dayMs } from '../../base/china-time'

/**
 * Whether cameras are there, and the ledger of their outages 离线台账: who was away, since when, for how long, and whether it was the camera or the
 * recorder above it. Kept by the centre from what devices say; nothing is guessed of a camera that nobody watches over.
 */
export interface CameraState {
  readonly cameraNo: string
  readonly isOnline: boolean
  readonly since: number
  /** Null while it is there. */
  readonly cause: OutageCause | null
}

/** `device`: the recorder or the camera itself is away; `channel`: it is there and says that this picture is not. */
export type OutageCause = 'device' | 'channel'
export const outageCauses: Readonly<Record<OutageCause, string>> = { device: '设备离线', channel: '通道离线' }

export interface CameraOutage {
  readonly outageId: string
  readonly cameraNo: string
  /** As it was called then. */
  readonly name: string
  readonly cause: OutageCause
  readonly beganAt: number
  /** Null: it lasts. */
  readonly endedAt: number | null
}

/** What is to be told of a camera that is seen so now; undefined: what was known still holds. */
export function stateAfter(
  known: CameraState | undefined,
  seen: Pick<CameraState, 'cameraNo' | 'isOnline' | 'cause'>,
  now: number,
): CameraState | undefined {
  if (!known || known.isOnline !== seen.isOnline) return { ...seen, since: now }
  return known.cause === seen.cause ? undefined : { ...seen, since: known.since }
}

export interface OutagePart extends CameraOutage {
  /** How much of it lies in the time asked for. */
  readonly lengthMs: number
}

/** The outages that touch a time, each cut to it; the longest first. */
export function outagesWithin(outages: readonly CameraOutage[], from: number, until: number, now: number): readonly OutagePart[] {
  return outages
    .map((one) => ({ ...one, lengthMs: Math.min(one.endedAt ?? now, until) - Math.max(one.beganAt, from) }))
    .filter(({ lengthMs, beganAt, endedAt }) => beganAt < until && (endedAt ?? now) >= from && lengthMs >= 0)
    .sort((a, b) => b.lengthMs - a.lengthMs || (a.cameraNo < b.cameraNo ? -1 : 1))
}

export interface CameraAbsence {
  readonly cameraNo: string
  readonly name: string
  readonly times: number
  readonly awayMs: number
  /** 0 … 1 of the time asked for that has passed. */
  readonly presentShare: number
}

/** One row for each camera that was away, the one missed longest first. */
export function absences(parts: readonly OutagePart[], from: number, until: number, now: number): readonly CameraAbsence[] {
  const passedMs = Math.max(1, Math.min(until, now) - from)
  const byCamera = new Map<string, { name: string; times: number; awayMs: number }>()
  for (const { cameraNo, name, lengthMs } of parts) {
    const before = byCamera.get(cameraNo) ?? { name, times: 0, awayMs: 0 }
    byCamera.set(cameraNo, { name, times: before.times + 1, awayMs: before.awayMs + lengthMs })
  }
  return [...byCamera]
    .map(([cameraNo, one]) => ({ cameraNo, ...one, presentShare: Math.max(0, 1 - one.awayMs / passedMs) }))
    .sort((a, b) => b.awayMs - a.awayMs || (a.cameraNo < b.cameraNo ? -1 : 1))
}

/** Longest stretch of the ledger at a time. */
export const mostLedgerMs = 93 * dayMs
