import type { EpochMs } from '#shared/base/clock'
import { ok } from '#shared/base/result'
import type { AppView, DiagnosticsView } from '#shared/contracts/seat-api/views'
import { administration } from '../workflows/administration'
import { appendDutyLog } from '../workflows/append-duty-log'
import { appendAttachment, beginAttachment, readAttachment } from '../workflows/attachments'
import type { AutoLock } from '../workflows/auto-lock'
import { gbDevices } from '../workflows/cameras/gb-devices'
import { actOnCase, undoOnCase } from '../workflows/cases/act-on-case'
import { askCentre } from '../workflows/cases/ask-centre'
import { askLists } from '../workflows/cases/ask-lists'
import { createCitizenLink } from '../workflows/cases/citizen-link'
import { likelyDuplicates } from '../workflows/cases/likely-duplicates'
import { noteCase } from '../workflows/cases/note-case'
import { openCase } from '../workflows/cases/open-case'
import { registerCase } from '../workflows/cases/register-case'
import { changePassword } from '../workflows/change-password'
import type { SeatContext } from '../workflows/context'
import { describeSeat } from '../workflows/diagnostics'
import { discardDraft, getDraft, listDrafts, saveDraft } from '../workflows/drafts'
import { askGeo } from '../workflows/geo/ask-geo'
import { lockSession, unlockSession } from '../workflows/lock-session'
import { changeIntent } from '../workflows/outbox-commands'
import { popOut } from '../workflows/pop-out'
import { holdRecording, releaseRecording } from '../workflows/recordings/hold-recording'
import { getReference, saveReference } from '../workflows/refresh-reference'
import { saveCaseList, saveLayout, saveMapBookmarks, setTheme } from '../workflows/settings'
import { reportMorale } from '../workflows/shift/morale'
import { createShiftCommands } from '../workflows/shift/shift-commands'
import { signIn } from '../workflows/sign-in'
import { signOut } from '../workflows/sign-out'
import { askWall } from '../workflows/wall/ask-wall'
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
    'drafts.list': (input, me) => ok(listDrafts(seat, me.accountNo, input)),
    'drafts.save': (input, me) => saveDraft(seat, me.accountNo, input),
    'drafts.discard': (input, me) => discardDraft(seat, me.accountNo, input),

    'dutyLog.append': (input, me) => appendDutyLog(seat, me, input),
    ...seat.handovers.commands,
    ...createShiftCommands(seat),
    'reference.get': (input) => getReference(seat, input),
    'reference.save': (input) => saveReference(seat, input),
    'citizenLinks.create': (input) => createCitizenLink(seat, input),
    'followUps.list': (input) => askLists['followUps.list'](seat, input),
    'missedCalls.list': (input) => askLists['missedCalls.list'](seat, input),
    'missedCalls.claim': (input) => askLists['missedCalls.claim'](seat, input),
    'missedCalls.settle': (input) => askLists['missedCalls.settle'](seat, input),
    'replies.list': (input) => askLists['replies.list'](seat, input),
    'knowledge.save': (input) => askLists['knowledge.save'](seat, input),
    'knowledge.remove': (input) => askLists['knowledge.remove'](seat, input),
    'knowledge.versions': (input) => askLists['knowledge.versions'](seat, input),

    'queues.read': (input) => ok(seat.cases.readQueue(input)),
    'cases.open': (input, me) => openCase(seat, me, input),
    'cases.list': (input) => askCentre['cases.list'](seat, input),
    'cases.act': (input, me) => actOnCase(seat, me, input),
    'cases.undo': (input, me) => undoOnCase(seat, me, input),
    'cases.note': (input, me) => noteCase(seat, me, input),
    'cases.register': (input, me) => registerCase(seat, me, input),
    'cases.lock': (input) => askCentre['cases.lock'](seat, input),
    'cases.unlock': (input) => askCentre['cases.unlock'](seat, input),
    'cases.reveal': (input) => askCentre['cases.reveal'](seat, input),
    'collectors.list': (input) => askCentre['collectors.list'](seat, input),
    'baseMaps.get': () => seat.central.call('baseMaps.get', {}),
    'baseMaps.save': (body) => seat.central.call('baseMaps.save', { body, idempotencyKey: seat.ids.uuid() }),
    'geo.layers': () => askGeo['geo.layers'](seat, {}),
    'geo.list': (input) => askGeo['geo.list'](seat, input),
    'geo.get': (input) => askGeo['geo.get'](seat, input),
    'geo.history': (input) => askGeo['geo.history'](seat, input),
    'geo.save': (input) => askGeo['geo.save'](seat, input),
    'geo.imports': () => askGeo['geo.imports'](seat, {}),
    'geo.beginImport': (input) => askGeo['geo.beginImport'](seat, input),
    'geo.appendImport': (input) => askGeo['geo.appendImport'](seat, input),
    'geo.import': (input) => askGeo['geo.import'](seat, input),
    'geo.applyImport': (input) => askGeo['geo.applyImport'](seat, input),
    'geo.cancelImport': (input) => askGeo['geo.cancelImport'](seat, input),
    'geo.importReport': (input) => askGeo['geo.importReport'](seat, input),
    'geo.export': (input) => askGeo['geo.export'](seat, input),
    'geo.exportFile': (input) => askGeo['geo.exportFile'](seat, input),
    'collectors.track': (input) => askCentre['collectors.track'](seat, input),
    'cases.search': (input) => askLists['cases.search'](seat, input),
    'cases.duplicates': (input) => likelyDuplicates(seat, input),
    'views.list': (input) => askLists['views.list'](seat, input),
    'views.save': (input) => askLists['views.save'](seat, input),
    'views.remove': (input) => askLists['views.remove'](seat, input),
    'exports.create': (input) => askLists['exports.create'](seat, input),
    'exports.get': (input) => askLists['exports.get'](seat, input),
    'exports.cancel': (input) => askLists['exports.cancel'](seat, input),
    'exports.read': (input) => askLists['exports.read'](seat, input),
    'bulk.start': (input, me) => seat.bulk.start(me, input),
    'bulk.cancel': ({ bulkId }, me) => seat.bulk.cancel(me.accountNo, bulkId),
    'bulk.dismiss': ({ bulkId }, me) => seat.bulk.dismiss(me.accountNo, bulkId),
    'attachments.begin': (input, me) => beginAttachment(seat, me, input),
    'attachments.append': (input, me) => appendAttachment(seat, me, input),
    'attachments.read': (input, me) => readAttachment(seat, me, input),

    'settings.setTheme': (input) => setTheme(seat, input),
    'settings.saveLayout': (input) => saveLayout(seat, input),
    'settings.saveCaseList': (input) => saveCaseList(seat, input),
    'settings.saveMapBookmarks': (input) => saveMapBookmarks(seat, input),
    'windows.popOut': (input) => popOut(seat, input),
    'notices.dismiss'({ noticeId }) {
      seat.notices.dismiss(noticeId)
      return done
    },

    ...seat.telephone.commands,
    'callers.lookUp': ({ callId }) => seat.callers.lookUp(callId),
    'seatChecks.list': (input) => askLists['seatChecks.list'](seat, input),
    'callLog.centre': (input) => askLists['callLog.centre'](seat, input),
    'recordings.hold': (input) => holdRecording(seat, input),
    'recordings.release': (input) => releaseRecording(seat, input),
    'recordings.open': (input, me) => seat.player.open(me, input),
    'cameras.watch': (input) => seat.cameras.watch(input),
    'quality.list': (input) => askLists['quality.list'](seat, input),
    'quality.mine': (input) => askLists['quality.mine'](seat, input),
    'quality.reviewers': (input) => askLists['quality.reviewers'](seat, input),
    'quality.open': (input) => askLists['quality.open'](seat, input),
    'quality.total': (input) => askLists['quality.total'](seat, input),
    'quality.saveForm': (input) => askLists['quality.saveForm'](seat, input),
    'ledger.read': (input) => askLists['ledger.read'](seat, input),
    'quality.enter': (input, me) => seat.quality.enter(me, input),
    'patrol.keep': (input, me) => seat.patrol.keep(me, input),
    ...seat.equipment.commands,
    'morale.report': (input, me) => reportMorale(seat, me, input),
    'morale.list': () => seat.central.call('moraleReports.list', {}),
    'cameras.readSteering': ({ cameraNo }) => seat.central.call('cameras.steering', { params: { cameraNo } }),
    'cameras.steer': ({ cameraNo, ask }) => seat.central.call('cameras.steer', { params: { cameraNo }, body: { ask } }),
    'cameras.outages': (query) => seat.central.call('cameras.outages', { query }),
    'gbDevices.list': (input) => gbDevices['gbDevices.list'](seat, input),
    'gbDevices.create': (input) => gbDevices['gbDevices.create'](seat, input),
    'gbDevices.update': (input) => gbDevices['gbDevices.update'](seat, input),
    'gbDevices.channels': (input) => gbDevices['gbDevices.channels'](seat, input),
    'gbDevices.askCatalog': (input) => gbDevices['gbDevices.askCatalog'](seat, input),
    'cameras.leave'({ watchId }) {
      seat.cameras.leave(watchId)
      return done
    },

    'wall.change': (input) => askWall['wall.change'](seat, input),
    'wall.undo': (input) => askWall['wall.undo'](seat, input),
    'wall.save': (input) => askWall['wall.save'](seat, input),
    'wall.remove': (input) => askWall['wall.remove'](seat, input),
    'wall.configure': (input) => askWall['wall.configure'](seat, input),
    'wall.log': (input) => askWall['wall.log'](seat, input),

    'wallScreens.open': () => seat.wallScreens.open(),
    'wallScreens.shown'(input) {
      seat.wallScreens.shown(input)
      return done
    },
    'wallScreens.watch': (input) => seat.wallScreens.watch(input),
    'wallScreens.leave'({ watchId }) {
      seat.wallScreens.leave(watchId)
      return done
    },

    'agents.direct': (input) => administration['agents.direct'](seat, input),
    'accounts.list': (input) => administration['accounts.list'](seat, input),
    'accounts.create': (input) => administration['accounts.create'](seat, input),
    'accounts.update': (input) => administration['accounts.update'](seat, input),
    'accounts.resetPassword': (input) => administration['accounts.resetPassword'](seat, input),
    'seats.list': (input) => administration['seats.list'](seat, input),
    'seats.create': (input) => administration['seats.create'](seat, input),
    'seats.update': (input) => administration['seats.update'](seat, input),
    'audit.list': (input) => administration['audit.list'](seat, input),
    'exchangeLog.list': (input) => administration['exchangeLog.list'](seat, input),
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
