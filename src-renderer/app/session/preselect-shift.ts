import type { EpochMs } from '#shared/base/clock'
import type { Shift } from '#shared/domain/shift/shift'

/** People come early: this long before a shift begins, it is the one they sign in for. */
export const earlyMs = 30 * 60_000

/** The shift that the clock suggests at sign-in: the one about to begin, else the one on, else the next; null without any. */
export function preselectShift(shifts: readonly Shift[], now: EpochMs): Shift | null {
  const byStart = [...shifts].sort((a, b) => a.startsAt - b.startsAt)
  const next = byStart.find((shift) => shift.startsAt > now)
  if (next && next.startsAt - now <= earlyMs) return next
  return byStart.find((shift) => shift.startsAt <= now && now < shift.endsAt) ?? next ?? null
}
