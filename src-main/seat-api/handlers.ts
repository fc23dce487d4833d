import type { EpochMs } from '#shared/base/clock'
import { ok } from '#shared/base/result'
import type { AppView, DiagnosticsView } from '#shared/contracts/seat-api/views'
import { administration } from '../workflows/administration'
import { appendDutyLog } from '../workflows/append-duty-log'
import type { AutoLock } from '../workflows/auto-lock'
import { changePassword } from '../workflows/change-password'
import type { SeatContext } from '../workflows/context'
import { describeSeat } from '../workflows/diagnostics'
import { discardDraft, getDraft, saveDraft } from '../workflows/drafts'
import { lockSession, unlockSession } from '../workflows/lock-session'
import { changeIntent } from '../workflows/outbox-commands'
import { popOut } from '../workflows/pop-out'
import { getReference } from '../workflows/refresh-reference'
import { saveLayout, setTheme } from '../workflows/settings'
import { signIn } from '../workflows/sign-in'
import { signOut } from '../workflows/sign-out'
import type { Handlers } from './handler'
import type { Topics } from './topics'

/** Which workflow answers which command: one line each, no decisions. */
export interface HandlerParts {
  readonly seat: SeatContext
  readonly topics: Pick<Topics, 'snapshot'>
  readonly autoLock: Pick<AutoLock, 'touch'>
  readonly startedAt: EpochMs
  readonly runtime: DiagnosticsView['runtime']
  /** Tries the connection and everything that waits for it now. */
  readonly retryConnection: () => void
}

export function createHandlers({ seat, topics, autoLock, startedAt, runtime, retryConnection }: HandlerParts): Handlers {
  const done = ok({})
  const inTurn = oneAtATime()

  return {
    'app.describe': () => ok(describeApp(seat, startedAt)),
    'app.reportFault'({ message, stack }) {
      seat.log.error('fault in a window', { fault: message, stack })
      return done
    },
    'topics.snapshot': ({ topic }) => topics.snapshot(topic),
    'diagnostics.get': () => ok(describeSeat(seat, runtime)),

    'session.signIn': (input) => inTurn(() => signIn(seat, input)),
    'session.signOut': () => inTurn(() => signOut(seat)),
    'session.lock': () => lockSession(seat),
    'session.unlock'(input) {
      autoLock.touch()
      return inTurn(() => unlockSession(seat, input))
    },
    'session.touch'() {
      autoLock.touch()
      return done
    },
    'session.changePassword': (input) => inTurn(() => changePassword(seat, input)),

    'connection.retry'() {
      retryConnection()
      return done
    },
    'outbox.retry': (input, me) => changeIntent(seat, me.accountNo, { type: 'retry', ...input }),
    'outbox.edit': (input, me) => changeIntent(seat, me.accountNo, { type: 'edit', ...input }),
    'outbox.withdraw': (input, me) => changeIntent(seat, me.accountNo, { type: 'withdraw', ...input }),

    'drafts.get': (input, me) => ok(getDraft(seat, me.accountNo, input)),
    'drafts.save': (input, me) => saveDraft(seat, me.accountNo, input),
    'drafts.discard': (input, me) => discardDraft(seat, me.accountNo, input),

    'dutyLog.append': (input, me) => appendDutyLog(seat, me, input),
    'reference.get': (input) => getReference(seat, input),

    'settings.setTheme': (input) => setTheme(seat, input),
    'settings.saveLayout': (input) => saveLayout(seat, input),
    'windows.popOut': (input) => popOut(seat, input),
    'notices.dismiss'({ noticeId }) {
      seat.notices.dismiss(noticeId)
      return done
    },

    'accounts.list': (input) => administration['accounts.list'](seat, input),
    'accounts.create': (input) => administration['accounts.create'](seat, input),
    'accounts.update': (input) => administration['accounts.update'](seat, input),
    'accounts.resetPassword': (input) => administration['accounts.resetPassword'](seat, input),
    'seats.list': (input) => administration['seats.list'](seat, input),
    'seats.create': (input) => administration['seats.create'](seat, input),
    'seats.update': (input) => administration['seats.update'](seat, input),
    'audit.list': (input) => administration['audit.list'](seat, input),
  }
}

function describeApp({ config, shell, store }: SeatContext, startedAt: EpochMs): AppView {
  const suggestedAccountNo = config.suggestedAccountNo ?? store.session.lastAccountNo() ?? null
  return {
    version: config.version,
    shell: shell.kind,
    seatNo: config.seatNo,
    suggestedAccountNo,
    startedAt,
    autoLockMinutes: config.autoLockMinutes,
  }
}

/** Two windows may ask for the same session at once; what one does must be finished before the other looks. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
