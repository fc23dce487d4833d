import type { EpochMs } from '#shared/base/clock'

/**
 * The queue of the hotline as a value: who waits, whose telephone rings for whom, and which seats are free. It rings nobody itself; what has to be
 * done comes out as effects, and when it next has something to say without being told anything is `dueAt`.
 *
 *   waiting ─ ring ─→ ringing ─ answered ─→ gone          ringing ─ refused, or too long ─→ waiting, at the old place
 *      └──── patience over, or left ────→ gone
 */
export interface HotlineQueue {
  /** Longest waiting first; a caller for whom somebody's telephone rings keeps the place. */
  readonly callers: readonly QueuedCaller[]
  readonly seats: readonly FreeSeat[]
}

export interface QueuedCaller {
  readonly callerId: string
  readonly since: EpochMs
  /** When the caller hangs up by itself; null: a real telephone, which says so. */
  readonly patientUntil: EpochMs | null
  readonly ringing: { readonly extension: string; readonly since: EpochMs } | null
}

export interface FreeSeat {
  readonly extension: string
  readonly freeSince: EpochMs
  /** After a refusal it is left alone until then. */
  readonly restsUntil: EpochMs
}

export type QueueEvent =
  | { readonly type: 'joined'; readonly callerId: string; readonly patienceMs: number | null }
  | { readonly type: 'left' | 'answered'; readonly callerId: string }
  /** The seat is left alone for `restMs`: one that is busy says so again until then. */
  | { readonly type: 'refused'; readonly callerId: string; readonly extension: string; readonly restMs: number }
  /** Everybody who could take a call now. Seats that ring from here need not be in it. */
  | { readonly type: 'seatsFree'; readonly extensions: readonly string[] }
  | { readonly type: 'timePassed' }

export type QueueEffect =
  | { readonly type: 'ring' | 'stopRinging'; readonly callerId: string; readonly extension: string }
  | { readonly type: 'giveUp'; readonly callerId: string }

export interface QueueStep {
  readonly queue: HotlineQueue
  readonly effects: readonly QueueEffect[]
}

export const emptyQueue: HotlineQueue = { callers: [], seats: [] }

export const ringForMs = 20_000
/** Whoever lets it ring may not be there at all. */
const restAfterSilenceMs = 30_000

export function stepQueue(before: HotlineQueue, event: QueueEvent, at: EpochMs): QueueStep {
  const told = take(before, event, at)
  const aged = age(told.queue, at)
  const served = serve(aged.queue, at)
  return { queue: served.queue, effects: [...told.effects, ...aged.effects, ...served.effects] }
}

/** The next moment at which `timePassed` changes something; null: never. */
export function dueAt({ callers, seats }: HotlineQueue): EpochMs | null {
  const waits = callers.some(({ ringing }) => ringing === null)
  const moments = [
    ...callers.flatMap(({ patientUntil, ringing }) => [patientUntil ?? [], ringing ? ringing.since + ringForMs : []].flat()),
    ...(waits ? seats.filter((seat) => !isRung(callers, seat.extension)).map(({ restsUntil }) => restsUntil) : []),
  ]
  return moments.length === 0 ? null : Math.min(...moments)
}

function take(queue: HotlineQueue, event: QueueEvent, at: EpochMs): QueueStep {
  if (event.type === 'timePassed') return { queue, effects: [] }
  if (event.type === 'seatsFree') return { queue: withSeats(queue, event.extensions, at), effects: [] }
  const caller = queue.callers.find(({ callerId }) => callerId === event.callerId)
  if (event.type === 'joined') {
    if (caller) return { queue, effects: [] }
    const patientUntil = event.patienceMs === null ? null : at + event.patienceMs
    return {
      queue: { ...queue, callers: [...queue.callers, { callerId: event.callerId, since: at, patientUntil, ringing: null }] },
      effects: [],
    }
  }
  if (!caller) return { queue, effects: [] }
  const extension = caller.ringing?.extension
  if (event.type === 'refused')
    // The refusal of a seat that was given up meanwhile says nothing of the one that rings now.
    return { queue: extension === event.extension ? rest(queue, caller, extension, at + event.restMs) : queue, effects: [] }
  const callers = queue.callers.filter((one) => one !== caller)
  if (event.type === 'left')
    return {
      queue: { ...queue, callers },
      effects: extension === undefined ? [] : [{ type: 'stopRinging', callerId: caller.callerId, extension }],
    }
  // Who answered is busy from now on, before anybody says so.
  return { queue: { callers, seats: queue.seats.filter((seat) => seat.extension !== extension) }, effects: [] }
}

/** A seat that was free before keeps its turn, and one that rings stays known. */
function withSeats(queue: HotlineQueue, extensions: readonly string[], at: EpochMs): HotlineQueue {
  const wanted = new Set(extensions)
  const kept = queue.seats.filter(({ extension }) => wanted.has(extension) || isRung(queue.callers, extension))
  const known = new Set(kept.map(({ extension }) => extension))
  const added = [...wanted].filter((extension) => !known.has(extension))
  return { ...queue, seats: [...kept, ...added.map((extension) => ({ extension, freeSince: at, restsUntil: at }))] }
}

/** Its turn is over: it goes behind all others. */
function rest(queue: HotlineQueue, caller: QueuedCaller, extension: string, restsUntil: EpochMs): HotlineQueue {
  return {
    callers: queue.callers.map((one) => (one === caller ? { ...one, ringing: null } : one)),
    seats: queue.seats.map((seat) => (seat.extension === extension ? { ...seat, freeSince: restsUntil, restsUntil } : seat)),
  }
}

function age(queue: HotlineQueue, at: EpochMs): QueueStep {
  let next = queue
  const effects: QueueEffect[] = []
  for (const caller of queue.callers) {
    const { callerId, patientUntil, ringing } = caller
    const isOver = patientUntil !== null && patientUntil <= at
    const isUnanswered = ringing !== null && ringing.since + ringForMs <= at
    if (ringing && (isOver || isUnanswered)) effects.push({ type: 'stopRinging', callerId, extension: ringing.extension })
    if (ringing && isUnanswered) next = rest(next, caller, ringing.extension, at + restAfterSilenceMs)
    if (!isOver) continue
    effects.push({ type: 'giveUp', callerId })
    next = { ...next, callers: next.callers.filter((one) => one.callerId !== callerId) }
  }
  return { queue: next, effects }
}

/** The longest waiting caller to the longest free seat, until one of the two runs out. */
function serve(queue: HotlineQueue, at: EpochMs): QueueStep {
  const callers = [...queue.callers]
  const effects: QueueEffect[] = []
  for (const [place, caller] of callers.entries()) {
    if (caller.ringing) continue
    const [seat] = queue.seats
      .filter(({ extension, restsUntil }) => restsUntil <= at && !isRung(callers, extension))
      .toSorted((a, b) => a.freeSince - b.freeSince || (a.extension < b.extension ? -1 : 1))
    if (!seat) break
    callers[place] = { ...caller, ringing: { extension: seat.extension, since: at } }
    effects.push({ type: 'ring', callerId: caller.callerId, extension: seat.extension })
  }
  return { queue: { ...queue, callers }, effects }
}

function isRung(callers: readonly QueuedCaller[], extension: string): boolean {
  return callers.some(({ ringing }) => ringing?.extension === extension)
}
