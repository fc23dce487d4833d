import { err, ok, type Result } from '../../base/result'

/**
 * Who steers a camera. One at a time, shown to everybody with the time that is left: a manual hand yields after some idle seconds, a higher
 * priority takes over and the former hand is told, and a camera left alone goes back to where it belongs. Times are epoch ms, given by the caller.
 */
export interface PtzHand {
  readonly accountNo: string
  readonly name: string
  readonly seatNo: string
  /** Higher takes over from lower: see `ptzPriorities`. */
  readonly priority: number
}

export interface PtzSession {
  readonly hand: PtzHand | null
  readonly takenAt: number
  /** The last movement. */
  readonly movedAt: number
  /** When the camera was last set free by idling; null while steered or once it has gone back. */
  readonly freeSince: number | null
}

export interface PtzPolicy {
  /** A hand that rests this long yields. */
  readonly idleMs: number
  /** A camera set free goes back to its place after this. */
  readonly returnAfterMs: number
  /** Where it goes: its home preset, or on with its tour; null leaves it where it was left. */
  readonly returnsTo: 'home' | 'tour' | null
}

export const ptzPolicy: PtzPolicy = { idleMs: 15_000, returnAfterMs: 120_000, returnsTo: 'home' }

/** A case that burns before a patrol, a person before a tour. */
export const ptzPriorities = { tour: 1, patrol: 2, operator: 3, shiftLead: 4, commander: 5 } as const

export type PtzRefusal =
  | { readonly kind: 'held'; readonly by: PtzHand; readonly leftMs: number }
  /** Somebody else has it now, or nobody: moving needs taking it first. */
  | { readonly kind: 'notHeld'; readonly by: PtzHand | null }

export type PtzTaken = { readonly session: PtzSession; readonly displaced: PtzHand | null }

export const freeCamera: PtzSession = { hand: null, takenAt: 0, movedAt: 0, freeSince: null }

/** Takes the camera, again or anew. Equal priority waits; higher takes over. */
export function takePtz(session: PtzSession, hand: PtzHand, now: number, policy: PtzPolicy): Result<PtzTaken, PtzRefusal> {
  const held = holderAt(session, now, policy)
  const isOwn = held !== null && isSame(held, hand)
  if (held && !isOwn && held.priority >= hand.priority) return err({ kind: 'held', by: held, leftMs: timeLeft(session, now, policy) })
  return ok({
    session: { hand, takenAt: isOwn ? session.takenAt : now, movedAt: now, freeSince: null },
    displaced: held && !isOwn ? held : null,
  })
}

/** Notes a movement by the hand that has it. */
export function movePtz(session: PtzSession, hand: PtzHand, now: number, policy: PtzPolicy): Result<PtzSession, PtzRefusal> {
  const held = holderAt(session, now, policy)
  return held && isSame(held, hand) ? ok({ ...session, movedAt: now }) : err({ kind: 'notHeld', by: held })
}

/** Gives it back before the time is up; without effect for anybody else. */
export function releasePtz(session: PtzSession, hand: PtzHand, now: number): PtzSession {
  return session.hand && isSame(session.hand, hand) ? { ...session, hand: null, freeSince: now } : session
}

/** What time alone does: the hand yields, and later the camera returns. */
export function passTime(
  session: PtzSession,
  now: number,
  policy: PtzPolicy,
): { readonly session: PtzSession; readonly returnsTo: 'home' | 'tour' | null } {
  const yielded =
    session.hand && holderAt(session, now, policy) === null
      ? { ...session, hand: null, freeSince: session.movedAt + policy.idleMs }
      : session
  const { freeSince } = yielded
  if (freeSince === null || now - freeSince < policy.returnAfterMs) return { session: yielded, returnsTo: null }
  return { session: { ...yielded, freeSince: null }, returnsTo: policy.returnsTo }
}

/** ms until the hand yields by itself; 0 when nobody has it. */
export function timeLeft(session: PtzSession, now: number, policy: PtzPolicy): number {
  return session.hand ? Math.max(0, session.movedAt + policy.idleMs - now) : 0
}

function holderAt(session: PtzSession, now: number, policy: PtzPolicy): PtzHand | null {
  return timeLeft(session, now, policy) > 0 ? session.hand : null
}

function isSame(a: PtzHand, b: PtzHand): boolean {
  return a.accountNo === b.accountNo && a.seatNo === b.seatNo
}
