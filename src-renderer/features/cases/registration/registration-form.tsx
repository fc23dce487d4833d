import { type RefObject, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { type RoleId, roles } from '#shared/domain/account/role'
import { mayAnswerOnTheSpot, sourcesOf } from '#shared/domain/case/registration'
import { useBridge, useTopic } from '../../../bridge/react'
import { ActionButton } from '../../../ui/action-button'
import { CodedError } from '../../../ui/states'
import { formatTimeWithSeconds } from '../../../ui/time-format'
import { usePaneKeys } from '../use-pane-keys'
import { CallClassField, CallerPlaceField, JoinedField, ReplyFields, UrgencyField } from './call/reception-fields'
import { ClassFields } from './class-fields'
import { ElementFields } from './element-fields'
import { DangerLine } from './help/danger-line'
import { LikelyDepartments } from './help/likely-departments'
import { StandardLines } from './help/standard-lines'
import { classOf, SubclassProposals } from './help/subclass-proposals'
import { useProposals } from './help/use-proposals'
import { AnswerField } from './knowledge/answer-field'
import { ScriptLine, type ScriptLineHandle } from './knowledge/script-line'
import { MarkFields, PhotosField, UrgentMark } from './mark-fields'
import { PlaceFields } from './place-fields'
import { answerFaultsOf, dueLater, type Fault, faultsOf } from './registration-check'
import { nextAfter, type RegistrationDraft, toAnswered, toNote, toRegistration } from './registration-draft'
import { ShownFaultsProvider } from './registration-line'
import { SourceDetails, SourceField } from './source-fields'
import { type DraftInHand, useRegistrationDraft } from './use-registration-draft'
import type { RegistrationLists } from './use-registration-lists'
import './registration.css'

export interface Registered {
  /** 当场答复: it was ended with it. */
  readonly isAnswered: boolean
  readonly caseId: string
  readonly intentId: string
  readonly draft: RegistrationDraft
}

export interface RegistrationFormProps {
  /** Where the core keeps what is typed; the form is keyed by it, so that another draft is another form. */
  readonly draftKey: string
  readonly role: RoleId
  readonly lists: RegistrationLists
  readonly model: ReferenceDocument<'proposalModel'> | undefined
  readonly matrix: ReferenceDocument<'responsibility'> | undefined
  /** What a new draft begins with: a source, or a caller who is on the telephone. */
  readonly first: RegistrationDraft
  readonly root: RefObject<HTMLElement | null>
  /** What may be said now. */
  readonly line: ScriptLineHandle
  /** Tells what is being filled in, so that likely duplicates and a map can stand beside it, and how these fill in a field. */
  onDraft(draft: RegistrationDraft, change: (patch: Partial<RegistrationDraft>) => void): void
  onSaved(): void
  onRegistered(registered: Registered, next: RegistrationDraft): void
  /** It became a word in the history of another case. */
  onJoined(draft: RegistrationDraft): void
}

/**
 * Registers one case: source, five elements, class, place, marks, photos, in one column and in this order. It is never blocked by a dialog, works
 * without the centre, and Esc touches nothing. Ctrl+Enter registers, or goes to the first field that keeps it from doing so and says why.
 */
export function RegistrationForm(props: RegistrationFormProps) {
  const { draftKey, role, lists, first, root, onDraft } = props
  const draft = useRegistrationDraft(draftKey, first, props.onSaved)
  const [told, setTold] = useState<'registering' | 'answering' | null>(null)
  const mode = told ?? (draft.value.callClass === 'inquiry' || draft.value.answer.trim() !== '' ? 'answering' : 'registering')
  const faults = mode === 'answering' ? answerFaultsOf(draft.value) : faultsOf(draft.value, lists.known)
  const submitting = useSubmit(draft, props)
  const latest = useRef(onDraft)
  latest.current = onDraft
  const change = useRef(draft.change)
  change.current = draft.change
  useEffect(() => latest.current(draft.value, (patch) => change.current(patch)), [draft.value])
  useFirstFocus(root, draft)

  function submit(value = draft.value): void {
    const [fault] = faultsOf(value, lists.known)
    setTold(fault === undefined ? null : 'registering')
    if (fault) requestAnimationFrame(() => focusOn(root.current, fault))
    else void submitting.submit('registering')
  }
  const mayAnswer = mayAnswerOnTheSpot(role)
  function submitAnswer(): void {
    if (!mayAnswer) return
    const [fault] = answerFaultsOf(draft.value)
    setTold(fault === undefined ? null : 'answering')
    if (fault) requestAnimationFrame(() => focusOn(root.current, fault))
    else void submitting.submit('answering')
  }
  function submitUrgent(): void {
    const patch = { isUrgent: true, ...(draft.value.urgency === 'ordinary' && { urgency: 'urgent' as const }) }
    draft.change(patch)
    submit({ ...draft.value, ...patch })
  }
  const proposals = useProposals(props.model, draft.value)
  const takeUrgent = () => draft.change({ isUrgent: true, ...(draft.value.urgency === 'ordinary' && { urgency: 'urgent' as const }) })
  function takeFirst(): void {
    const [first] = proposals
    if (first && draft.value.subclassCode === '') draft.change(classOf(first.label, lists))
  }
  usePaneKeys(root, {
    'Ctrl+Enter': () => submit(),
    'Ctrl+Shift+J': submitUrgent,
    'Ctrl+D': submitAnswer,
    'Alt+S': props.line.next,
    'Alt+Q': takeFirst,
    'Alt+W': takeUrgent,
  })

  const part = { draft: draft.value, lists, change: draft.change }
  const isHotline = draft.value.source === 'hotline'
  return (
    <ShownFaultsProvider value={told !== null ? faults : faults.filter((fault) => isWrongAlready(draft.value, fault))}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving any field inside saves what was typed. */}
      <div className="reg-form" onBlur={draft.flush}>
        {isHotline && <ScriptLine line={props.line} />}
        <div className="reg-fields" inert={!draft.isReady || submitting.isBusy}>
          <SourceField {...part} sources={sourcesOf(role)} />
          <SourceDetails {...part} />
          {isHotline && <CallerPlaceField {...part} />}
          <ElementFields {...part} />
          <hr />
          <JoinedField {...part} />
          {isHotline && <CallClassField {...part} />}
          <AnswerField {...part} />
          <DangerLine draft={draft.value} onTake={takeUrgent} />
          <ClassFields {...part} />
          {draft.value.subclassCode === '' && (
            <SubclassProposals proposals={proposals.slice(0, 3)} lists={lists} onTake={(label) => draft.change(classOf(label, lists))} />
          )}
          <StandardLines draft={draft.value} matrix={props.matrix} />
          {draft.value.subclassCode === '' && <LikelyDepartments draft={draft.value} matrix={props.matrix} proposals={proposals} />}
          <PlaceFields {...part} />
          <hr />
          {isHotline ? <UrgencyField {...part} /> : <UrgentMark {...part} />}
          {isHotline && <ReplyFields {...part} />}
          <MarkFields {...part} />
          <PhotosField {...part} />
        </div>
        <FormFoot
          draft={draft}
          faults={faults}
          isTold={told !== null}
          isAnswering={mode === 'answering' && mayAnswer}
          answerReason={mayAnswer ? null : `您的岗位（${roles[role]}）不能当场答复办结，请登记`}
          onAnswer={submitAnswer}
          isBusy={submitting.isBusy}
          onSubmit={() => submit()}
          onUrgent={submitUrgent}
        />
        {submitting.error && <CodedError error={submitting.error} onRetry={() => submit()} />}
        {draft.error && <CodedError error={draft.error} onRetry={draft.flush} />}
      </div>
    </ShownFaultsProvider>
  )
}

type Submission = 'registering' | 'answering'

function useSubmit(draft: DraftInHand, { draftKey, onRegistered, onJoined }: RegistrationFormProps) {
  const { call } = useBridge()
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  const busy = useRef(false)
  const value = useRef(draft.value)
  value.current = draft.value
  async function send(sent: RegistrationDraft, how: Submission): Promise<AppError | undefined> {
    if (how === 'answering' || sent.joinCaseId === '') {
      const registration = how === 'answering' ? toAnswered(sent) : toRegistration(sent)
      const answer = await call('cases.register', { ...registration, draftKey })
      if (!answer.ok) return answer.error
      draft.forget()
      onRegistered({ ...answer.value, draft: sent, isAnswered: how === 'answering' }, nextAfter(sent))
    } else {
      const answer = await call('cases.note', { ...toNote(sent), draftKey })
      if (!answer.ok) return answer.error
      draft.forget()
      onJoined(sent)
    }
    return undefined
  }
  async function submit(how: Submission): Promise<void> {
    if (busy.current) return
    busy.current = true
    setBusy(true)
    draft.pause()
    // After the state of a key that marked it urgent has arrived.
    await Promise.resolve()
    const refused = await send(value.current, how)
    busy.current = false
    setBusy(false)
    setError(refused)
    if (refused) draft.resume()
  }
  return { submit, error, isBusy }
}

/** A code that is half typed is not yet wrong; one of full length is. */
function isWrongAlready(draft: RegistrationDraft, { field }: Fault): boolean {
  if (field === 'gridCode') return draft.gridCode.length === 15
  return field === 'componentCode' && draft.componentCode.length >= 16
}

function focusOn(root: HTMLElement | null, { field }: Fault): void {
  const line = root?.querySelector(`[data-fields~="${field}"]`)
  const control = line?.querySelector<HTMLElement>(
    'input:not([type=radio]):not([hidden]), textarea, input[type=radio]:checked, input[type=radio]',
  )
  control?.focus()
  line?.scrollIntoView({ block: 'nearest' })
}

/** Where a person begins: at the source when none is chosen, else at the first field after it. */
function useFirstFocus(root: RefObject<HTMLElement | null>, { isReady, value }: DraftInHand): void {
  const hasSource = useRef(value.source !== '')
  hasSource.current = value.source !== ''
  useEffect(() => {
    if (!isReady) return
    const lines = root.current?.querySelectorAll('.reg-line') ?? []
    const line = hasSource.current ? lines[1] : lines[0]
    line?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [root, isReady])
}

function FormFoot(given: {
  readonly draft: DraftInHand
  readonly faults: readonly Fault[]
  readonly isTold: boolean
  readonly isBusy: boolean
  /** An answer stands in the form, or was tried to be given: the button for it leads. */
  readonly isAnswering: boolean
  readonly answerReason: string | null
  onAnswer(): void
  onSubmit(): void
  onUrgent(): void
}) {
  const { draft, faults, isTold, isBusy, isAnswering } = given
  const isOffline = useTopic('connection.changed')?.state !== 'online'
  const later = dueLater(draft.value)
  const words =
    faults.length > 0
      ? `还缺 ${faults.length} 项`
      : !isAnswering && later.length > 0 && draft.value.joinCaseId === ''
        ? `可先登记；预立案前补${later.join('、')}`
        : '已填全'
  return (
    <footer className="reg-foot">
      <ActionButton type={given.isAnswering ? 'default' : 'primary'} keys="Ctrl+Enter" loading={isBusy} onClick={() => given.onSubmit()}>
        {draft.value.joinCaseId === '' ? '登记' : '并入'}
      </ActionButton>
      <ActionButton
        type={given.isAnswering ? 'primary' : 'default'}
        keys="Ctrl+D"
        reason={given.answerReason ?? (isBusy ? '正在登记' : null)}
        onClick={given.onAnswer}
      >
        当场答复
      </ActionButton>
      <ActionButton danger keys="Ctrl+Shift+J" reason={isBusy ? '正在登记' : null} onClick={given.onUrgent}>
        按紧急件登记
      </ActionButton>
      <span className={isTold && faults.length > 0 ? 'ui-overrun' : 'cases-quiet'} role="status">
        {isTold && faults[0] ? `${words}：${faults[0].text}` : words}
      </span>
      <span className="ui-spring" />
      {isOffline && <span className="cases-quiet">中心离线，照常登记，恢复后自动送达</span>}
      <DraftState draft={draft} />
    </footer>
  )
}

function DraftState({ draft }: { readonly draft: DraftInHand }) {
  // By the centre's clock, as every other time on the screen.
  const offsetMs = useTopic('connection.changed')?.clockOffsetMs ?? 0
  if (!draft.isReady) return <span className="cases-quiet">正在取草稿…</span>
  return draft.savedAt === null ? null : <span className="cases-quiet">草稿已存 {formatTimeWithSeconds(draft.savedAt + offsetMs)}</span>
}
