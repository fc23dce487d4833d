import type { Stop } from '#shared/base/clock'
import type { PassedEvents, ServerEvent } from '#shared/contracts/server-events/table'
import { type Applied, applyPassed, applyServerEvent } from './apply-server-event'
import { readQueues } from './cases/read-queues'
import type { SeatContext } from './context'
import { refreshReference } from './refresh-reference'
import { refreshSnapshot } from './refresh-snapshot'
import { isUnreachable } from './unreachable'

/**
 * Keeps this seat's picture of the centre true while somebody is signed in: events one by one, the whole state after a sign-in, a gap or a
 * reset, reference data when it changed. While the whole state is due, events are let pass: the stream begins anew behind it. The queues of cases
 * are long: they are read after it, while events are already being taken.
 */
export interface CentreFollower {
  /** `cursor`: go on from the stored one if there is one; `whole`: read everything first. */
  begin(how: 'cursor' | 'whole'): void
  take(event: ServerEvent): void
  /** Events that were for others. */
  pass(passed: PassedEvents): void
  /** The centre answers again: what failed meanwhile is tried now. */
  retry(): void
  end(): void
}

type FollowContext = Pick<
  SeatContext,
  | 'sealer'
  | 'handovers'
  | 'store'
  | 'central'
  | 'session'
  | 'views'
  | 'now'
  | 'stream'
  | 'clock'
  | 'log'
  | 'cases'
  | 'locks'
  | 'prefetch'
  | 'urgentWatch'
  | 'handWatch'
  | 'telephone'
  | 'walls'
  | 'steering'
  | 'cameraStates'
  | 'patrol'
  | 'quality'
  | 'equipment'
>

const retryMs = 5_000

export function createCentreFollower(seat: FollowContext): CentreFollower {
  let isFollowing = false
  let isWholeDue = false
  let areCasesDue = false
  let isReferenceDue = false
  let isReading = false
  let stopRetry: Stop = () => {}

  /** One reading at a time; what falls due meanwhile is seen when it ends. */
  async function readDue(): Promise<void> {
    if (isReading || !isFollowing) return
    isReading = true
    stopRetry()
    const sessionId = seat.session.current()?.me.sessionId
    const failed =
      (isWholeDue && !(await readWhole(sessionId))) ||
      (areCasesDue && !(await readCases(sessionId))) ||
      (isReferenceDue && !(await readReference()))
    isReading = false
    if (!isFollowing) return
    if (failed || seat.session.current()?.me.sessionId !== sessionId)
      stopRetry = seat.clock.after(failed ? retryMs : 0, () => void readDue())
    else if (isDue()) await readDue()
  }

  const isDue = () => isWholeDue || areCasesDue || isReferenceDue

  async function readWhole(sessionId: string | undefined): Promise<boolean> {
    const read = await refreshSnapshot(seat)
    if (!isFollowing || seat.session.current()?.me.sessionId !== sessionId) return true
    if (!read.ok) return given(read.error.code, isUnreachable(read.error))
    isWholeDue = false
    areCasesDue = true
    seat.walls.readAgain()
    seat.patrol.readAgain()
    seat.cameraStates.readAgain()
    seat.equipment.readAgain()
    seat.stream.start(read.value.seq)
    return true
  }

  /** Left half way when the whole state falls due: it is then read behind that. */
  async function readCases(sessionId: string | undefined): Promise<boolean> {
    const isWanted = () => isFollowing && !isWholeDue && seat.session.current()?.me.sessionId === sessionId
    const read = await readQueues(seat, isWanted)
    if (!isWanted()) return true
    if (!read.ok) return given(read.error.code, isUnreachable(read.error))
    areCasesDue = false
    seat.prefetch.start()
    return true
  }

  async function readReference(): Promise<boolean> {
    isReferenceDue = false
    const read = await refreshReference(seat)
    if (!read.ok) isReferenceDue = true
    return read.ok || given(read.error.code, isUnreachable(read.error))
  }

  function given(code: string, isExpected: boolean): false {
    seat.log[isExpected ? 'info' : 'warn']('state of the centre not read', { code })
    return false
  }

  function connect(seq: number, applied: Applied): void {
    if (applied === 'gap' || applied === 'notStored') {
      seat.log.info('events do not connect', { seq, applied })
      isWholeDue = true
      seat.locks.forget()
    }
    if (isDue()) void readDue()
  }

  return {
    begin(how) {
      isFollowing = true
      const cursor = seat.store.eventCursor.get()
      isWholeDue = how === 'whole' || cursor === undefined
      areCasesDue = seat.store.cases.readAt() === null
      isReferenceDue = true
      if (!isWholeDue) seat.stream.start(cursor)
      if (!isWholeDue && !areCasesDue) seat.prefetch.start()
      void readDue()
    },
    take(event) {
      if (!isFollowing || isWholeDue) return
      if (event.name === 'reference.changed') isReferenceDue = true
      connect(event.seq, applyServerEvent(seat, event))
    },
    pass(passed) {
      if (isFollowing && !isWholeDue) connect(passed.upTo, applyPassed(seat, passed))
    },
    retry() {
      if (isDue()) void readDue()
    },
    end() {
      isFollowing = false
      seat.prefetch.stop()
      stopRetry()
      seat.stream.stop()
    },
  }
}
