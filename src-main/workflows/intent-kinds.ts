import type { EpochMs } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import type { DutyLogDraft, DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import { appError } from '#shared/contracts/errors'
import { parseDutyLogText } from '#shared/domain/duty-log/duty-log'
import { patrolKind } from './cameras/patrol-desk'
import { noteKind, registerKind, uploadKind } from './cases/case-intents'
import { returnWords } from './drafts'
import type { IntentKind, IntentKindName, Store } from './ports'
import { qualityKind } from './quality-desk'
import { playKind, recordingKind } from './recordings/recording-intents'
import { moraleKind } from './shift/morale'
import { repairKind } from './shift/repair-kind'
import { stepKind } from './shift/step-kind'
import { callKind, checkKind, intervalKind, revealKind } from './telephone/call-intents'

/**
 * What each kind of queued record is called and what becomes of its record as it travels. Runs inside the outbox's transaction and sends
 * nothing: `deliver-intent.ts` does.
 */
export type IntentKinds = { readonly [N in IntentKindName]: IntentKind }

/** Characters of the content that the list of waiting records shows. */
const summaryLength = 40
/** Where the full entry box of the duty log keeps what is typed: there the author finds withdrawn words again. */
const givenBackTo = 'dutyLog/new'

export function intentKinds(
  store: Pick<Store, 'dutyLog' | 'drafts' | 'attachments' | 'cases' | 'calls' | 'recordings'>,
  now: () => EpochMs,
): IntentKinds {
  return {
    'dutyLog.append': dutyLogKind(store, now),
    'handover.step': stepKind,
    'case.note': noteKind(store, now),
    'case.register': registerKind(store, now),
    'attachment.upload': uploadKind(store, now),
    'call.keep': callKind,
    'agent.interval': intervalKind,
    'seatCheck.keep': checkKind,
    'patrol.keep': patrolKind,
    'quality.enter': qualityKind(store, now),
    'repair.step': repairKind,
    'morale.report': moraleKind,
    'call.reveal': revealKind,
    'recording.upload': recordingKind(store, now),
    'recording.play': playKind,
  }
}

function dutyLogKind(store: Pick<Store, 'dutyLog' | 'drafts'>, now: () => EpochMs): IntentKind {
  // Written by `append-duty-log.ts` and read back from the same row.
  const draftOf = (body: unknown) => body as DutyLogDraft
  return {
    title: '工作日志',
    summary(body) {
      const characters = Array.from(draftOf(body).text.replace(/\s+/g, ' '))
      return characters.length > summaryLength ? `${characters.slice(0, summaryLength).join('')}…` : characters.join('')
    },
    // What is sealed stays as it was written: a correction is an entry of its own.
    canWithdraw: (body) => draftOf(body).seal === undefined,
    editableText: (body) => (draftOf(body).seal ? null : draftOf(body).text),
    edit(body, typed) {
      if (draftOf(body).seal) return err(appError('intent/notEditable'))
      const text = parseDutyLogText(typed)
      if (!text.ok) return err(appError(text.error))
      store.dutyLog.setText(draftOf(body).entryId, text.value)
      return ok({ ...draftOf(body), text: text.value })
    },
    // The client checked the answer against the route's schema.
    delivered: (_body, answer) => store.dutyLog.applyFromCentral(answer as DutyLogEntry),
    parked: (body, reason) => store.dutyLog.setSync(draftOf(body).entryId, 'parked', reason.message),
    requeued: (body) => store.dutyLog.setSync(draftOf(body).entryId, 'waiting', null),
    withdrawn(body, accountNo) {
      const { entryId, kind, text } = draftOf(body)
      store.dutyLog.remove(entryId)
      returnWords(store.drafts, { accountNo, key: givenBackTo }, now(), (present) =>
        JSON.stringify({ kind, text: present === undefined ? text : `${draftOf(JSON.parse(present)).text}\n${text}` }),
      )
    },
  }
}
