import type { Log } from '#shared/base/log'
import type { PayloadOf } from '#shared/contracts/server-events/table'
import type { RoleId } from '#shared/domain/account/role'
import { findSeenBy } from '../store/case-store'
import { type EventRange, eventRange, eventsAfter, type StoredEvent } from '../store/event-store'
import type { Database } from '../store/open-database'

/**
 * Hands stored events to everybody who listens in this process. The log is read once per wake-up, however many listen; a listener that comes
 * with an old cursor first reads its own way up to the present. It decides who may receive what, and nothing else.
 */
export interface EventHub {
  /** There may be something new in the log. Cheap; may be called at any time. */
  wake(): void
  /**
   * Delivers everything after `cursor` that the listener may receive, in order and without gaps, until it is closed. `undefined`: from now on.
   */
  subscribe(listener: Listener, cursor: number | undefined): Promise<Subscription>
  listenerCount(): number
  /** Ends every listener; later ones are ended at once. */
  close(): void
}

export interface Listener {
  readonly role: RoleId
  readonly accountNo: string
  /** Of a department's operator. */
  readonly departmentCode: string | null
  readonly seatNo: string
  readonly sessionId: string
  receive(event: StoredEvent): void
  /** Everything up to `seq` has been looked at; what was not received was for others. Told before the next event, or when there is none for now. */
  passBy(seq: number): void
  /** The cursor is older than what is kept (or from another database): start afresh, then go on from `range.latestSeq`. */
  reset(range: EventRange): void
  /** While catching up: resolves when more may be written, at once as a rule. */
  ready(): Promise<void>
  /** The stream is over: the server stops, or the session ended. */
  end(): void
}

export interface Subscription {
  /** What the listener holds once everything so far is delivered. */
  readonly startSeq: number
  stop(): void
}

/** How far a listener has come: the last event looked at for it, and the last number it was told. */
interface Place {
  cursor: number
  told: number
}

const pageSize = 500

export function createEventHub(options: { readonly db: Database; readonly log: Log }): EventHub {
  const { db, log } = options
  const live = new Map<Listener, Place>()
  let latest: number | undefined
  let isClosed = false
  let isReading = false
  let isWanted = false

  const deliver = (event: StoredEvent) => {
    for (const [listener, place] of live) {
      if (event.seq <= place.cursor) continue
      pass(listener, place, event)
      if (endsSession(event, listener)) {
        live.delete(listener)
        listener.end()
      }
    }
  }

  const readOn = async (): Promise<void> => {
    if (latest === undefined) {
      const { latestSeq } = await eventRange(db)
      // A listener may have come while this was read: where it joined is where to read on.
      latest ??= latestSeq
    }
    for (;;) {
      const events = await eventsAfter(db, latest, pageSize)
      for (const event of events) {
        latest = event.seq
        deliver(event)
      }
      for (const [listener, place] of live) tellPassed(listener, place)
      if (events.length < pageSize) return
    }
  }

  const pump = async (): Promise<void> => {
    if (isReading) return
    isReading = true
    try {
      while (isWanted && !isClosed) {
        isWanted = false
        await readOn()
      }
    } catch (thrown) {
      // The next wake-up reads from the same place.
      log.error('event log could not be read', { reason: String(thrown) })
    } finally {
      isReading = false
    }
  }

  const catchUp = async (listener: Listener, from: number, isStopped: () => boolean): Promise<Place> => {
    const place: Place = { cursor: from, told: from }
    while (!isStopped()) {
      const events = await eventsAfter(db, place.cursor, pageSize)
      const hidden = await hiddenSince(db, listener, events)
      for (const event of events) {
        // Event by event: one page can be more than a listener may leave unread, and cut off for it, it would come back for the same page.
        await listener.ready()
        if (hidden.has(event.seq)) place.cursor = event.seq
        else pass(listener, place, event)
      }
      tellPassed(listener, place)
      if (events.length < pageSize && place.cursor >= (latest ?? 0)) break
    }
    return place
  }

  return {
    wake() {
      isWanted = true
      void pump()
    },
    async subscribe(listener, cursor) {
      let isStopped = false
      const range = await eventRange(db)
      latest ??= range.latestSeq
      let start = cursor ?? range.latestSeq
      if (start < range.oldestSeq - 1 || start > range.latestSeq) {
        listener.reset(range)
        start = range.latestSeq
      }
      const isOver = () => isStopped || isClosed
      let reached = await catchUp(listener, start, isOver)
      // Others may have been told more while this function was resumed; between the last such look and joining nothing is awaited.
      while (reached.cursor < (latest ?? 0) && !isOver()) reached = await catchUp(listener, reached.cursor, isOver)
      if (isClosed) listener.end()
      else live.set(listener, reached)
      return {
        startSeq: start,
        stop: () => {
          isStopped = true
          live.delete(listener)
        },
      }
    },
    listenerCount: () => live.size,
    close() {
      isClosed = true
      for (const listener of live.keys()) listener.end()
      live.clear()
    },
  }
}

function pass(listener: Listener, place: Place, event: StoredEvent): void {
  if (mayReceive(listener, event)) {
    tellPassed(listener, place)
    listener.receive(event)
    place.told = event.seq
  }
  place.cursor = event.seq
}

/**
 * Events tell rows as they were, to whoever was to see them then. A listener who was away meanwhile is not told of a case that is no longer theirs to
 * see; that it is gone, they hear by its `case.hidden`.
 */
async function hiddenSince(db: Database, listener: Listener, events: readonly StoredEvent[]): Promise<ReadonlySet<number>> {
  const told = events.filter((event) => event.name === 'case.changed' && mayReceive(listener, event))
  const caseOf = new Map(told.map(({ seq, payload }) => [seq, (JSON.parse(payload) as PayloadOf<'case.changed'>).row.caseId]))
  const seen = await findSeenBy(db, [...new Set(caseOf.values())], listener)
  return new Set([...caseOf].filter(([, caseId]) => !seen.has(caseId)).map(([seq]) => seq))
}

/** A run of events for others is told as one number, so that what a listener holds always connects. */
function tellPassed(listener: Listener, place: Place): void {
  if (place.told === place.cursor) return
  place.told = place.cursor
  listener.passBy(place.cursor)
}

/** Exported for the proof that an event about a case reaches exactly those who may see it. */
export function mayReceive(
  listener: Pick<Listener, 'role' | 'accountNo' | 'seatNo' | 'departmentCode'>,
  { audience }: Pick<StoredEvent, 'audience'>,
): boolean {
  if (audience === null) return true
  const { roles = [], accounts = [], seats = [], departments = [], collectors = [], exceptAccounts = [] } = audience
  const { role, accountNo, seatNo, departmentCode } = listener
  if (exceptAccounts.includes(accountNo)) return false
  if (roles.includes(role) || accounts.includes(accountNo) || seats.includes(seatNo)) return true
  if (role === 'collector') return collectors.includes(accountNo)
  return role === 'departmentOperator' && departmentCode !== null && departments.includes(departmentCode)
}

function endsSession(event: StoredEvent, listener: Listener): boolean {
  return event.name === 'session.closed' && (JSON.parse(event.payload) as { sessionId: string }).sessionId === listener.sessionId
}
