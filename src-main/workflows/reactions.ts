import { wallDrivers } from '#shared/contracts/central-api/walls'
import type { ConnectionView } from '#shared/contracts/seat-api/views'
import type { AutoLock } from './auto-lock'
import type { ConnectionToCentre, SeatContext } from './context'
import type { CentreFollower } from './follow-centre'
import { noticeClock, noticeParked, noticeSession, type OfflineWatch } from './raise-notices'
import { renewSession } from './renew-session'

/** What follows from what: a session that begins or ends, a centre that comes or goes, a queue that moves. Each only sets others going. */
export interface Reactions {
  entered(how: 'signedIn' | 'resumed' | 'renewed'): void
  left(): void
  sessionChanged(): void
  connectionChanged(view: ConnectionView, before: ConnectionView): void
  outboxChanged(): void
  /** Somebody wants to know now, or the PC woke up. */
  retryConnection(): void
}

export interface ReactionParts {
  readonly seat: SeatContext
  readonly follower: CentreFollower
  readonly connection: ConnectionToCentre & { setListening(isListening: boolean): void }
  readonly offlineWatch: OfflineWatch
  readonly autoLock: Pick<AutoLock, 'touch'>
}

export function createReactions({ seat, follower, connection, offlineWatch, autoLock }: ReactionParts): Reactions {
  return {
    entered(how) {
      const session = seat.session.current()
      if (!session) return
      seat.credentials.setCurrent(session.me.accountNo)
      autoLock.touch()
      seat.cases.begin(session.me)
      seat.patrol.entered(session.me)
      seat.quality.entered(session.me)
      seat.cameraStates.entered(session.me)
      seat.equipment.entered(session.me)
      seat.views.showAll()
      seat.bulk.entered(session.me, !session.needsSignIn && !session.me.mustChangePassword)
      if (session.needsSignIn) {
        if (connection.isOnline()) void renewSession(seat)
        return
      }
      // The centre answers nothing else until the password is changed; `change-password.ts` then comes here again.
      if (session.me.mustChangePassword) return
      seat.callers.entered(session.me)
      seat.walls.entered(session.me.role)
      if (wallDrivers.includes(session.me.role)) {
        seat.wallHand?.begin()
        seat.wallScreens.begin()
      }
      follower.begin(how === 'resumed' ? 'cursor' : 'whole')
      connection.setListening(true)
      seat.outbox.wake()
      seat.telephone.centreReached()
      seat.queueWatch.restart()
    },
    left() {
      follower.end()
      seat.cases.end()
      seat.callers.left()
      seat.walls.left()
      seat.patrol.left()
      seat.quality.left()
      seat.cameraStates.left()
      seat.equipment.left()
      seat.wallHand?.end()
      seat.wallScreens.end()
      seat.locks.forget()
      seat.steering.forget()
      seat.urgentWatch.end()
      seat.handWatch.end()
      seat.queueWatch.restart()
      seat.bulk.left()
      connection.setListening(false)
      seat.views.showAll()
    },
    sessionChanged() {
      noticeSession(seat.notices, seat.session.view())
      seat.telephone.sessionChanged()
    },
    connectionChanged(view, before) {
      seat.publish('connection.changed', view)
      noticeClock(seat.notices, view)
      offlineWatch.follow(view)
      if (view.state !== 'online' || before.state === 'online') return
      seat.log.info('centre reached', { serverVersion: view.serverVersion, clockOffsetMs: view.clockOffsetMs })
      seat.outbox.wake()
      seat.stream.retryNow()
      follower.retry()
      seat.callers.readAgain()
      seat.walls.readAgain()
      seat.patrol.readAgain()
      seat.cameraStates.readAgain()
      seat.equipment.readAgain()
      seat.bulk.wake()
      seat.telephone.centreReached()
      void renewSession(seat)
      void seat.retirement.run()
    },
    outboxChanged() {
      seat.views.showOutbox()
      seat.quality.outboxChanged()
      seat.views.showDutyLog()
      noticeParked(seat.notices, seat.outbox.view())
      void seat.retirement.run()
    },
    retryConnection() {
      void connection.probeNow()
      seat.stream.retryNow()
    },
  }
}
