import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type RoleId, roles } from '#shared/domain/account/role'
import { joinable, repeatedBy } from '#shared/domain/case/known-caller'
import { draftKeyOfCall, localReference, sourcesOf } from '#shared/domain/case/registration'
import { dangerIn } from '#shared/domain/proposals/emergency'
import { useTopic } from '../../../bridge/react'
import { useDocument } from '../../../bridge/use-document'
import { useKnowledge } from '../../../bridge/use-knowledge'
import { PaneHeader } from '../../../ui/pane-header'
import type { PlaceMapHandle } from '../../../ui/place-map'
import { LoadingState, NoPermission } from '../../../ui/states'
import { CaseSettingsProvider, useCaseSettings } from '../use-case-settings'
import { usePaneKeys } from '../use-pane-keys'
import { CallerPanel } from './call/caller-panel'
import { useCallInHand } from './call/use-call-in-hand'
import { useTellPlace } from './call/use-tell-place'
import { classesToAskFor, useProposals } from './help/use-proposals'
import { JustRegistered, useJustRegistered } from './just-registered'
import { KeptDraftsList } from './kept-drafts-list'
import { KnowledgeBeside, type KnowledgeHandle } from './knowledge/knowledge-beside'
import { quoting } from './knowledge/quoting'
import { useScriptLine } from './knowledge/script-line'
import { LikelyDuplicates } from './likely-duplicates'
import { type Duplicates, PlacePicker } from './place-picker'
import { faultsOf } from './registration-check'
import { draftOfCall, emptyRegistration, firstDraftOf, type RegistrationDraft } from './registration-draft'
import { type Registered, RegistrationForm } from './registration-form'
import { newDraftKey, useKeptDrafts } from './use-kept-drafts'
import { useRegistrationLists } from './use-registration-lists'
import '../cases.css'
import '../workspace/workspace.css'
import './registration.css'

/** 登记案卷: the form in the middle, unfinished and finished ones on its left, what it may repeat on its right. */
export function RegistrationPane() {
  const role = useTopic('session.changed')?.agent?.role
  if (!role) return <LoadingState what="登记案卷" />
  if (sourcesOf(role).length === 0) return <NoPermission text={`您的岗位（${roles[role]}）不登记案卷；需要时请告诉受理员。`} />
  return (
    <CaseSettingsProvider>
      <Registration key={role} role={role} />
    </CaseSettingsProvider>
  )
}

function Registration({ role }: { readonly role: RoleId }) {
  const { message } = App.useApp()
  const settings = useCaseSettings()
  const lists = useRegistrationLists(settings?.profile?.classification)
  const model = useDocument('proposalModel')
  const matrix = useDocument('responsibility')
  const kept = useKeptDrafts()
  const just = useJustRegistered()
  const [inHand, setInHand] = useState<{ readonly key: string; readonly first: RegistrationDraft }>()
  const [shown, setShown] = useState(emptyRegistration)
  const [duplicates, setDuplicates] = useState<Duplicates>([])
  const changeDraft = useRef<(patch: Partial<RegistrationDraft>) => void>(undefined)
  const map = useRef<PlaceMapHandle>(null)
  const knowledge = useRef<KnowledgeHandle>(null)
  const { entries } = useKnowledge()
  const root = useRef<HTMLElement>(null)
  const classes = classesToAskFor(shown, useProposals(model, shown))
  const { call, caller } = useCallInHand()
  /** During a call another report is of that call too. */
  const firstDraft = () => (call?.isTaken ? draftOfCall(call.callId, call.number) : firstDraftOf(role))
  const isOffline = useTopic('connection.changed')?.state !== 'online'
  const line = useScriptLine(entries, {
    isOffline,
    isRepeated: repeatedBy(shown, caller?.known?.cases.filter(joinable) ?? []) !== undefined,
    isDangerous: shown.isUrgent || dangerIn(`${shown.cause} ${shown.course}`) !== undefined,
    ...{ isInquiry: shown.callClass === 'inquiry', hasAnswer: shown.answer !== '' },
    ...{ hasAddress: shown.address.trim() !== '', hasCourse: shown.course.trim().length >= 4 },
    isComplete: shown.course.trim() !== '' && faultsOf(shown, lists.known).length === 0,
    ...{ isConfidential: shown.isConfidential, isAboutAgent: shown.namedAgents.length > 0 },
  })
  const startNew = (first = firstDraft()) => setInHand({ key: newDraftKey(), first })

  // The one last written goes on where it was left; that is what a reload and a restart come back to.
  const isRead = kept.drafts !== undefined
  const [latest] = kept.drafts ?? []
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the drafts were read.
  useEffect(() => {
    if (!isRead || inHand || call?.isTaken) return
    if (latest) setInHand({ key: latest.key, first: firstDraftOf(role) })
    else startNew()
  }, [isRead])

  // Answering opens the report of that call; what was being written before stays among the drafts. A second call has a report of its own.
  const takenCallId = call?.isTaken ? call.callId : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every call that is taken.
  useEffect(() => {
    if (!isRead || !call || takenCallId === undefined) return
    setInHand({ key: draftKeyOfCall(call.callId), first: draftOfCall(call.callId, call.number) })
  }, [isRead, takenCallId])

  const join = (row: { readonly caseId: string; readonly caseNo: string }) =>
    changeDraft.current?.(
      row.caseId === shown.joinCaseId ? { joinCaseId: '', joinCaseNo: '' } : { joinCaseId: row.caseId, joinCaseNo: row.caseNo },
    )
  /** The case that Alt+R means: the joined one is let go; else what this caller said before of the same thing, the likest one nearby, or an open one. */
  function joinFirst(): void {
    const own = caller?.known?.cases.filter(joinable) ?? []
    const joined = shown.joinCaseId === '' ? undefined : { caseId: shown.joinCaseId, caseNo: shown.joinCaseNo }
    const first = joined ?? repeatedBy(shown, own) ?? duplicates.map(({ row }) => row).find(joinable) ?? own[0]
    if (first) join(first)
    else void message.info('没有可以并入的案卷。')
  }
  useTellPlace(call, inHand?.key, shown)

  usePaneKeys(root, { 'Alt+R': joinFirst }, inHand !== undefined)

  usePaneKeys(
    root,
    { 'Alt+A': () => startNew(), 'Alt+M': () => map.current?.focusSearch(), 'Alt+F': () => knowledge.current?.focusSearch() },
    inHand !== undefined,
  )

  function registered(one: Registered, next: RegistrationDraft): void {
    just.add(one)
    kept.reload()
    void message.success(
      one.isAnswered
        ? '已当场答复并办结，答复与依据记在案卷里。'
        : `已登记，${localReference(one.caseId)}；号码由中心给，见左边「刚登记的」。`,
    )
    startNew(next)
  }

  function joined({ joinCaseNo }: RegistrationDraft): void {
    kept.reload()
    void message.success(`已并入 ${joinCaseNo}，没有另立案。`)
    startNew()
  }

  return (
    <section className="ui-pane reg" aria-label="登记案卷" ref={root}>
      <PaneHeader title="登记案卷" meta={lists.edition?.standard} />
      <div className="reg-body">
        <aside className="reg-side" aria-label="来电人、草稿与刚登记的">
          {call && (
            <CallerPanel
              call={call}
              caller={caller}
              joinedCaseId={shown.joinCaseId}
              isRegistered={just.cases.some(({ draft }) => draft.callId === call.callId)}
              onJoin={join}
            />
          )}
          <KeptDraftsList
            kept={kept}
            current={inHand?.key ?? ''}
            onChoose={(key) => setInHand({ key, first: firstDraftOf(role) })}
            onNew={() => startNew()}
          />
          <JustRegistered cases={just.cases} />
        </aside>
        {inHand ? (
          <RegistrationForm
            key={inHand.key}
            draftKey={inHand.key}
            role={role}
            lists={lists}
            model={model}
            matrix={matrix}
            first={inHand.first}
            root={root}
            line={line}
            onDraft={(draft, change) => {
              setShown(draft)
              changeDraft.current = change
            }}
            onSaved={kept.reload}
            onRegistered={registered}
            onJoined={joined}
          />
        ) : (
          <div className="reg-form">
            <LoadingState what="草稿" />
          </div>
        )}
        <aside className="reg-side reg-beside">
          {inHand && (
            <PlacePicker
              ref={map}
              draft={shown}
              index={lists.gridIndex}
              duplicates={duplicates}
              change={(patch) => changeDraft.current?.(patch)}
            />
          )}
          {inHand && (
            <KnowledgeBeside
              ref={knowledge}
              entries={entries}
              draft={shown}
              onQuote={(entry) => changeDraft.current?.(quoting(shown, entry))}
              onLeave={(hasQuoted) => focusSoon(root.current, hasQuoted ? '当场答复' : '经过')}
            />
          )}
          <LikelyDuplicates draft={shown} classes={classes} onFound={setDuplicates} onJoin={join} />
        </aside>
      </div>
    </section>
  )
}

/** After the field has come that what was just done brings. */
function focusSoon(root: HTMLElement | null, label: string): void {
  requestAnimationFrame(() => root?.querySelector<HTMLElement>(`textarea[aria-label="${label}"]`)?.focus())
}
