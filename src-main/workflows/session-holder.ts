import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { SessionView } from '#shared/contracts/seat-api/views'
import type { Publish, Store, StoredSession } from './ports'

/**
 * The one session of this seat: what is on disk, what is in memory and what is on screen change together here. It decides nothing; the
 * workflows do.
 */
export interface SessionHolder {
  current(): StoredSession | undefined
  view(): SessionView
  /** Writes, then shows. `alongside` joins the same transaction. */
  put(session: StoredSession, alongside?: () => void): Result<void, AppError>
  clear(alongside?: () => void): Result<void, AppError>
  /** For when the disk takes nothing and the person must be shut out all the same: memory and screen change, the disk does not. */
  become(session: StoredSession | undefined): void
  /** Takes up the stored session after a restart. */
  resume(session: StoredSession): void
}

export interface SessionHolderParts {
  readonly store: Pick<Store, 'transaction' | 'session'>
  readonly publish: Publish
  readonly seatNo: string
}

/** The centre answers this session's requests. */
export const isHonoured = (session: StoredSession | undefined): boolean =>
  session !== undefined && !session.needsSignIn && !session.me.mustChangePassword

export function createSessionHolder({ store, publish, seatNo }: SessionHolderParts): SessionHolder {
  let session: StoredSession | undefined
  /** The session that goes on after a restart; a new sign-in has another id. */
  let resumedId: string | undefined

  const view = (): SessionView => sessionView(session, seatNo, session !== undefined && session.me.sessionId === resumedId)

  function become(next: StoredSession | undefined): void {
    session = next
    publish('session.changed', view())
  }

  return {
    current: () => session,
    view,
    put(next, alongside) {
      const written = store.transaction(() => {
        store.session.put(next)
        alongside?.()
      })
      if (written.ok) become(next)
      return written.ok ? ok(undefined) : written
    },
    clear(alongside) {
      const written = store.transaction(() => {
        store.session.clear()
        alongside?.()
      })
      if (written.ok) become(undefined)
      return written.ok ? ok(undefined) : written
    },
    become,
    resume(stored) {
      resumedId = stored.me.sessionId
      become(stored)
    },
  }
}

export function sessionView(session: StoredSession | undefined, seatNo: string, isResumed: boolean): SessionView {
  if (!session) {
    return {
      state: 'signedOut',
      agent: null,
      seatNo,
      shift: null,
      signedInAt: null,
      admittedBy: null,
      needsSignIn: false,
      lockedAt: null,
    }
  }
  const { accountNo, name, role, roles, departmentCode, mustChangePassword, shift, signedInAt } = session.me
  return {
    state: session.isLocked ? 'locked' : 'signedIn',
    agent: { accountNo, name, role, roles, mustChangePassword, ...(departmentCode !== undefined && { departmentCode }) },
    seatNo,
    shift,
    signedInAt,
    admittedBy: isResumed ? 'resumed' : session.admittedBy,
    needsSignIn: session.needsSignIn,
    lockedAt: session.lockedAt,
  }
}
