import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { appError } from '#shared/contracts/errors'
import { type ActionId, actionSpec } from '#shared/domain/case/actions'
import { decide, mayDecide } from '#shared/domain/case/decide'
import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { pendingRequest } from '#shared/domain/case/progress'
import { isTurnOf } from '#shared/domain/case/roles'
import type { CaseRow } from '#shared/domain/case/row'
import { parseGridCode } from '#shared/domain/grid/grid-code'
import { useBridge, useTopic } from '../../../bridge/react'
import { usePaneKeys } from '../use-pane-keys'
import type { Said } from './action-bar'
import type { OpenDeskProps } from './desk-props'
import type { InputChange } from './forms/form-field'
import { layOut, type Offer, type OfferLayout, offersOf } from './offers'
import { type Phrase, phrasesFor, plainWords } from './templates'
import { type EditLock, useLock } from './use-lock'
import { useWords } from './use-words'

/** How a case is decided at this desk: what is offered, what is typed, what is sent and what came of it. The rules are asked here first, for the sentence. */
export interface Desk {
  readonly layout: OfferLayout
  readonly primary: Offer | undefined
  /** The action whose form is open. */
  readonly form: Offer | undefined
  readonly input: ActionInput
  readonly text: string
  readonly phrases: readonly Phrase[]
  readonly said: Said | null
  readonly isMenuOpen: boolean
  readonly field: RefObject<TextAreaRef | null>
  readonly lock: EditLock & { takeOver(): Promise<void> }
  readonly conditionId: string | undefined
  readonly canChooseCondition: boolean
  readonly canMerge: boolean
  readonly mayAnnotate: boolean
  readonly ticked: readonly string[]
  setText(text: string): void
  setMenuOpen(isOpen: boolean): void
  changeInput(patch: InputChange): void
  closeForm(): void
  insert(phrase: Phrase): void
  press(offer: Offer): void
  /** Sends the open form. */
  submitForm(): void
  tick(id: string): void
  chooseCondition(conditionId: string): void
  /** True when it was done. */
  send(action: ActionId, input: ActionInput): Promise<boolean>
}

const filing: readonly ActionId[] = ['preFile', 'file', 'fileUrgent']

interface DeskInput extends OpenDeskProps {
  readonly profile: CentreProfile | null
  readonly now: number
  /** The part that has the whole height, see `OpenDesk`. */
  readonly whole: WholePart | null
  setWhole(part: WholePart | null): void
  onAskPerson(): void
}

export type WholePart = 'facts' | 'history'

export function useDesk(given: DeskInput): Desk {
  const { view, progress, profile, viewer, fresh, now, root, deciding, open, openedAt, caseId, place, whole, onNext, onAskPerson } = given
  const { call } = useBridge()
  const row = view.detail.row as CaseRow
  const name = useTopic('session.changed')?.agent?.name ?? ''
  const actor: CaseActor = useMemo(() => ({ ...viewer, name }), [viewer, name])
  const draft = useWords(caseId)
  const { words, change } = draft
  const [lastSaid, setSaid] = useState<Said | null>(null)
  const said = lastSaid?.ofVersion === undefined || lastSaid.ofVersion === progress.version ? lastSaid : null
  const [isMenuOpen, setMenuOpen] = useState(false)
  const field = useRef<TextAreaRef>(null)

  const canWork = useMemo(
    () =>
      profile !== null &&
      isTurnOf(actor.role, progress, profile) &&
      offersOf({ progress, profile, actor, now: progress.enteredAt, liveReason: null, lockReason: null }).some(
        ({ action, reason }) => reason === null && actionSpec(action).form !== 'note',
      ),
    [progress, profile, actor],
  )
  const lock = useLock({ caseId, read: view.detail.lock, accountNo: viewer.accountNo, isWanted: canWork, isLive: fresh.isLive })
  const lockReason = lock.state === 'other' ? lock.error.message : null
  const offers = profile ? offersOf({ progress, profile, actor, now, liveReason: fresh.reason, lockReason }) : []
  const shown = offers.filter(({ action }) => action !== 'annotatePhoto')
  const layout = layOut(shown)
  const form = shown.find(({ action, fields }) => action === words.action && fields.length > 0)
  const note = shown.find(({ action }) => action === 'addOpinion')
  const primary = form ?? layout.buttons[0]
  const phrases = phrasesFor(primary?.action)
  const filedUnder = (view.detail.history as readonly HistoryEntry[]).findLast(({ input }) => input.conditionId !== undefined)?.input
    .conditionId
  const conditionId = words.input.conditionId ?? filedUnder

  const tell = (text: string, tone: Said['tone'] = 'error') => setSaid({ text, tone })

  function focusField(missing: string): void {
    const place = root.current?.querySelector<HTMLElement>(`[data-field="${missing}"]`)
    const control = place?.querySelector<HTMLElement>('input:not([hidden]):not([type="file"]), textarea, button')
    if (control) control.focus()
    else field.current?.focus()
  }

  function inputOf({ action, words: wordsField }: Offer): ActionInput {
    const { conditionId: _condition, checklist, ...filled } = words.input
    const text = words.text.trim() === '' ? (plainWords(action) ?? '') : words.text.trim()
    const request = pendingRequest(progress)
    const answers = actionSpec(action).form === 'decision' && request ? { requestId: request.requestId } : {}
    return {
      ...(words.action === action && filled),
      ...(wordsField !== null && text !== '' && { [wordsField]: text }),
      ...answers,
      ...(filing.includes(action) && conditionId !== undefined && { conditionId }),
      ...(action === 'close' && checklist && checklist.length > 0 && { checklist }),
    }
  }

  function press(offer: Offer): void {
    setSaid(null)
    if (offer.reason !== null) {
      setSaid({ tone: 'error', text: offer.reason, ofVersion: progress.version })
      return
    }
    if (offer.fields.length > 0 && words.action !== offer.action) {
      change({ action: offer.action, input: { ...kept(words.input) } })
      requestAnimationFrame(() => focusField(offer.fields[0] ?? ''))
      return
    }
    void submit(offer)
  }

  async function submit(offer: Offer): Promise<void> {
    if (!profile) return
    const input = inputOf(offer)
    const fault = faultOf(input)
    if (fault) {
      tell(fault.sentence)
      focusField(fault.field)
      return
    }
    const judged = decide(offer.action, { progress, actor, input, profile, now })
    if (!judged.ok) {
      tell(appError(judged.error.code, judged.error.detail).message)
      const names = judged.error.detail?.names
      focusField(Array.isArray(names) ? String(names[0]) : (fieldOfRefusal[judged.error.code] ?? ''))
      return
    }
    if (await send(offer.action, input)) {
      draft.clear()
      const { form: kind } = actionSpec(offer.action)
      if ((kind === 'move' || kind === 'decision') && place.count > 0 && place.index + 1 < place.count) onNext(1)
      else root.current?.focus()
    }
  }

  async function send(action: ActionId, input: ActionInput): Promise<boolean> {
    const { isDone, refusal } = await deciding.act(row, action, input, openedAt, draft.draftKey)
    if (isDone) {
      setSaid(
        actionSpec(action).isQueued
          ? { tone: 'info', text: fresh.isLive ? `${actionSpec(action).title}已记下。` : '已记下，待发送。' }
          : null,
      )
      await open.reload()
      return true
    }
    if (refusal) {
      tell(refusal.code === 'record/stale' ? `${refusal.message}新的经过已标出，您写的都在。` : refusal.message)
      if (refusal.code === 'record/stale') await open.reload()
    }
    return false
  }

  async function joinDuplicate(): Promise<void> {
    const merge = offers.find(({ action }) => action === 'mergeDuplicate')
    if (!merge || merge.reason !== null) return tell(merge?.reason ?? '这一步现在不能并案。')
    const found = await call('cases.duplicates', { caseId })
    const first = found.ok ? found.value.items[0] : undefined
    if (!first) return tell(found.ok ? '附近没有相似的案卷。' : found.error.message)
    const { caseId: otherCaseId, caseNo: otherCaseNo } = first.row
    const reason = words.text.trim() === '' ? `与 ${otherCaseNo} 重复（${first.reasons.join('，')}）。` : words.text
    change({ action: 'mergeDuplicate', text: reason, input: { ...kept(words.input), otherCaseId, otherCaseNo } })
    requestAnimationFrame(() => field.current?.focus())
  }

  function insert(phrase: Phrase): void {
    change({ text: words.text.trim() === '' ? phrase.text : `${words.text}${phrase.text}`.slice(0, 2_000) })
  }
  function closeForm(): void {
    // What was filled in stays in the draft until another form is opened.
    change({ action: null })
    root.current?.focus()
  }

  const byKey = Object.fromEntries(layout.buttons.flatMap((offer) => (offer.key === null ? [] : [[offer.key, () => press(offer)]])))
  const byNumber = Object.fromEntries(phrases.map((phrase, index) => [`Ctrl+${index + 1}`, () => insert(phrase)]))
  const focusPart = (selector: string) => root.current?.querySelector<HTMLElement>(selector)?.focus()
  usePaneKeys(root, {
    ...byKey,
    ...byNumber,
    Escape: () => (form ? closeForm() : whole !== null ? given.setWhole(null) : given.onClose()),
    'Ctrl+0': () => setMenuOpen(!isMenuOpen),
    'Ctrl+Enter': () => primary && press(primary),
    'Alt+N': onAskPerson,
    'Alt+R': () => void joinDuplicate(),
    p: () => focusPart('[data-part="photos"] [tabindex="0"]'),
    g: () => focusPart('.case-handbook [role="option"]'),
    c: () => focusPart('.case-lines input'),
    f: () => given.setWhole(whole === 'facts' ? null : 'facts'),
    h: () => given.setWhole(whole === 'history' ? null : 'history'),
    o: () => field.current?.focus(),
    n: () => note && press(note),
  })

  const ticked = words.input.checklist ?? []
  return {
    ...{ layout, primary, form, input: words.input, text: words.text, phrases, said, isMenuOpen, field, lock, conditionId, ticked },
    canChooseCondition: offers.some(({ action, reason }) => filing.includes(action) && reason === null),
    canMerge: offers.some(({ action, reason }) => action === 'mergeDuplicate' && reason === null),
    mayAnnotate: profile !== null && mayDecide('annotatePhoto', { progress, actor, input: {}, profile, now }).ok,
    setText: (text) => change({ text }),
    setMenuOpen,
    changeInput: (patch) => change({ input: patched(words.input, patch) }),
    ...{ closeForm, insert, press, send },
    submitForm: () => form && press(form),
    tick: (id) =>
      change({ input: { ...words.input, checklist: ticked.includes(id) ? ticked.filter((each) => each !== id) : [...ticked, id] } }),
    chooseCondition: (chosen) => change({ input: { ...words.input, conditionId: chosen } }),
  }
}

/** What was typed but cannot be sent as it is, in the words of the code's own rules. */
function faultOf({ facts }: ActionInput): { readonly field: string; readonly sentence: string } | null {
  if (typeof facts?.gridCode !== 'string') return null
  const grid = parseGridCode(facts.gridCode)
  return grid.ok ? null : { field: 'facts.gridCode', sentence: `${grid.error.explanation}没有提交，已填的都在。` }
}

/** Without what was emptied. */
function patched(input: ActionInput, patch: InputChange): ActionInput {
  return Object.fromEntries(Object.entries({ ...input, ...patch }).filter(([, value]) => value !== undefined))
}

/** What belongs to the case and not to one form. */
const kept = ({ conditionId, checklist }: ActionInput): ActionInput => ({
  ...(conditionId !== undefined && { conditionId }),
  ...(checklist && { checklist }),
})

/** The field that a refusal speaks of, where it names none. */
const fieldOfRefusal: Readonly<Record<string, string>> = {
  'case/handlingUnproven': 'photoIds',
  'case/extensionTooLong': 'extraValue',
  'case/limitNotPositive': 'limit',
  'case/citizenNotTold': 'citizenInformed',
  'case/checksDue': 'checklist',
}
