import type { EpochMs } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import { actionSpec } from '#shared/domain/case/actions'
import { followUpOutcomes } from '#shared/domain/case/inputs'
import { localReference } from '#shared/domain/case/registration'
import { type UploadBody, uploadSubject } from '../attachments'
import { returnWords } from '../drafts'
import type { IntentKind, Store } from '../ports'
import { inputMissing, type NoteBody } from './note-case'
import type { RegisterBody } from './register-case'

/**
 * Notes, registrations and attachments on their way: how they are listed, corrected and given back. What the centre made of them comes as an event;
 * nothing of the record itself lies outside the intent. A caller's name and number are never part of a summary.
 */
type KindStore = Pick<Store, 'drafts' | 'attachments' | 'cases'>

const summaryLength = 40

export function noteKind(store: KindStore, now: () => EpochMs): IntentKind {
  const noteOf = (body: unknown) => body as NoteBody
  return {
    title: '案卷记录',
    summary: (body) => {
      const { caseNo, action, input } = noteOf(body)
      const words = input.opinion ?? (input.outcome ? followUpOutcomes[input.outcome] : '')
      return shortened(`${caseNo} ${actionSpec(action).title} ${words}`)
    },
    waitsFor: (body) => attachmentSubjects(noteOf(body).input.photoIds, noteOf(body).input.documentIds),
    editableText: (body) => noteOf(body).input.opinion ?? null,
    edit(body, text) {
      const opinion = text.trim()
      if (opinion === '') return err(inputMissing(['opinion']))
      const note = noteOf(body)
      return ok({ ...note, input: { ...note.input, opinion } } satisfies NoteBody)
    },
    ...recordless,
    withdrawn(body, accountNo) {
      const { action, caseId, draftKey, input: written } = noteOf(body)
      // Sent again, it is another note, with its own time.
      const { madeAt: _madeAt, ...input } = written
      giveBack(store, now, { accountNo, key: draftKey }, { caseId, action, input })
    },
  }
}

export function registerKind(store: KindStore, now: () => EpochMs): IntentKind {
  const draftOf = (body: unknown) => (body as RegisterBody).draft
  return {
    title: '登记案卷',
    summary: (body) => {
      const { caseId, facts } = draftOf(body)
      return shortened(`${localReference(caseId)} ${facts.subclassName} ${facts.address} ${facts.description}`)
    },
    waitsFor: (body) => attachmentSubjects(draftOf(body).photoIds),
    editableText: (body) => draftOf(body).facts.description,
    edit(body, text) {
      const description = text.trim()
      if (description === '') return err(inputMissing(['opinion']))
      const { draft, draftKey } = body as RegisterBody
      return ok({ draft: { ...draft, facts: { ...draft.facts, description } }, draftKey } satisfies RegisterBody)
    },
    ...recordless,
    withdrawn(body, accountNo) {
      const { facts, citizen, photoIds, answer } = draftOf(body)
      giveBack(store, now, { accountNo, key: (body as RegisterBody).draftKey }, { facts, citizen, photoIds, ...(answer && { answer }) })
    },
  }
}

export function uploadKind(store: KindStore, now: () => EpochMs): IntentKind {
  const uploadOf = (body: unknown) => body as UploadBody
  return {
    title: '附件上传',
    summary: (body) => shortened(uploadOf(body).announcement.fileName),
    editableText: () => null,
    edit: () => err(inputMissing([])),
    ...recordless,
    // The file stays where it is and becomes a cached picture, if its owner still sits here; else the next sweep takes it.
    delivered(body) {
      const { announcement, accountNo } = uploadOf(body)
      const { attachmentId, fileName, mediaType, bytes } = announcement
      store.attachments.remove(attachmentId)
      if (store.cases.scope()?.startsWith(`${accountNo}/`)) {
        store.attachments.pictures.insert({ attachmentId, variant: 'original', fileName, mediaType, bytes }, now())
      }
    },
    withdrawn: (body) => store.attachments.remove(uploadOf(body).announcement.attachmentId),
  }
}

/** There is no record besides the intent whose state would have to be told. */
const recordless: Pick<IntentKind, 'delivered' | 'parked' | 'requeued'> = { delivered() {}, parked() {}, requeued() {} }

const attachmentSubjects = (...lists: readonly (readonly string[] | undefined)[]): readonly string[] =>
  lists.flatMap((ids) => ids ?? []).map(uploadSubject)

/** What waits there already is kept under `earlier`: two withdrawn ones do not fit into one form, and none may be lost. */
function giveBack(store: KindStore, now: () => EpochMs, place: { readonly accountNo: string; readonly key: string }, words: object): void {
  returnWords(store.drafts, place, now(), (present) => {
    if (present === undefined) return JSON.stringify(words)
    const { earlier = [], ...before } = JSON.parse(present) as { readonly earlier?: readonly object[] }
    return JSON.stringify({ ...words, earlier: [...earlier, before] })
  })
}

function shortened(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim())
  return characters.length > summaryLength ? `${characters.slice(0, summaryLength).join('')}…` : characters.join('')
}
