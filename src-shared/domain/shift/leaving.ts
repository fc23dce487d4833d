import type { EpochMs } from '../../base/clock'

/**
 * Leaving the post 脱岗 while it lasts: a seat stands locked, and no break was chosen before. S3 坐席员考核细则: up to 30 minutes two points, beyond it half a
 * day. The person is warned before the limit, the shift lead is told when it passes; what it comes to afterwards is `attendance`. Pure.
 */
export interface LeavingRule {
  readonly limitMs: number
  /** So long before the limit the person is warned. */
  readonly warnBeforeMs: number
}

/** The rules of the shift, as the centre's settings have them. */
export interface ShiftSettings {
  readonly leavingPostMinutes: number
  readonly leavingWarnMinutes: number
}

/** Where a centre has said nothing. The limit is the source's; the five minutes are ours: time enough to come back from the canteen. */
export const usualShiftSettings: ShiftSettings = { leavingPostMinutes: 30, leavingWarnMinutes: 5 }

export function leavingRuleOf({ leavingPostMinutes, leavingWarnMinutes }: ShiftSettings): LeavingRule {
  const limitMs = leavingPostMinutes * 60_000
  return { limitMs, warnBeforeMs: Math.min(leavingWarnMinutes * 60_000, limitMs) }
}

/** A seat that its person left: since when, from when on they are warned, and when the limit passes. */
export interface Leaving {
  readonly since: EpochMs
  readonly warnAt: EpochMs
  readonly limitAt: EpochMs
}

/** Undefined: the shift ends before the limit, nothing can pass. `shiftEndsAt` null: no shift was chosen at sign-in. */
export function leavingOf(since: EpochMs, shiftEndsAt: EpochMs | null, rule: LeavingRule): Leaving | undefined {
  const limitAt = since + rule.limitMs
  return shiftEndsAt !== null && limitAt >= shiftEndsAt ? undefined : { since, warnAt: limitAt - rule.warnBeforeMs, limitAt }
}

export type LeavingStage = 'away' | 'soon' | 'over'

export const stageOfLeaving = ({ warnAt, limitAt }: Leaving, now: EpochMs): LeavingStage =>
  now >= limitAt ? 'over' : now >= warnAt ? 'soon' : 'away'
