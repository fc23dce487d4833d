import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Ids } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { QualityNews } from '#shared/contracts/quality-shapes'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type EntryContent, entryKinds } from '#shared/domain/quality/file'
import { itemsOf, qualityFormId } from '#shared/domain/quality/form'
import { sheetProblems } from '#shared/domain/quality/sheet'
import type { Notices } from './notices'
import type { IntentKind, Publish, Store } from './ports'

/**
 * 质检 at this seat. Lists and files are the centre's and are asked for; a step is written here and sent when it can be, so that a score that took ten minutes is
 * not lost with the line. News become notices: a result for whoever was scored, an appeal or a calibration for whoever must act.
 */
export interface QualityDesk {
  entered(me: Me): void
  left(): void
  heard(news: QualityNews): void
  /** What waits to be sent changed. */
  outboxChanged(): void
  enter(me: Me, input: InputOfCommand<'quality.enter'>): Result<OutputOfCommand<'quality.enter'>, AppError>
}

export interface QualityBody {
  readonly callId: string
  readonly entryId: string
  readonly at: EpochMs
  readonly content: EntryContent
}

export const qualityKind = (store: Pick<Store, 'drafts'>, now: () => EpochMs): IntentKind => ({
  title: '质检',
  summary: (body) => entryKinds[(body as QualityBody).content.kind],
  canWithdraw: true,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  delivered: () => {},
  parked: () => {},
  requeued: () => {},
  /** What took minutes to write is there again when the call is opened, unless something newer is being typed there. */
  withdrawn(body, accountNo) {
    const { callId, content } = body as QualityBody
    const key = `${accountNo}/${qualityDraftKey(callId)}`
    const draft = { sheet: 'sheet' in content ? content.sheet : null, reason: 'reason' in content ? content.reason : '' }
    if (!store.drafts.get(key)) store.drafts.save(key, JSON.stringify(draft), now())
  },
})

/** Where a sheet is kept while it is filled in; it goes when its entry is written. */
export const qualityDraftKey = (callId: string): string => `quality/${callId}`

export function createQualityDesk(parts: {
  readonly store: Pick<Store, 'transaction' | 'intents' | 'reference' | 'drafts'>
  readonly outbox: { wake(): void }
  readonly notices: Pick<Notices, 'raise' | 'settle'>
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly publish: Publish
}): QualityDesk {
  const { store, outbox, notices, ids, now, publish } = parts
  let me: Me | undefined
  let changedAt = 0
  let shown = ''
  const raised = new Set<string>()

  function show(): void {
    const waiting = store.intents.list().flatMap(({ kind, body, accountNo }) => {
      if (kind !== 'quality.enter' || accountNo !== me?.accountNo) return []
      const { callId, content } = body as QualityBody
      return [{ callId, kind: content.kind }]
    })
    const state = { changedAt, waiting }
    if (JSON.stringify(state) === shown) return
    shown = JSON.stringify(state)
    publish('quality.changed', state)
  }
  function raise(key: string, content: { readonly title: string; readonly text: string }): void {
    raised.add(key)
    notices.raise(key, { level: 'info', opens: 'quality', ...content })
  }

  return {
    entered(next) {
      me = next
      show()
    },
    left() {
      me = undefined
      for (const key of raised) notices.settle(key)
      raised.clear()
      changedAt = 0
      shown = ''
      show()
    },
    heard(news) {
      changedAt = Math.max(now(), changedAt + 1)
      show()
      const notice = me && noticeOf(news, me)
      if (notice) raise(`quality/${news.callId}`, notice)
    },
    outboxChanged() {
      const before = shown
      show()
      // One's own step arrived, or was taken back: the lists show it.
      if (before === shown) return
      changedAt = Math.max(now(), changedAt + 1)
      show()
    },
    enter(author, { callId, content }) {
      const fault = sheetFault(store.reference, content)
      if (fault) return err(fault)
      const body: QualityBody = { callId, entryId: ids.uuid(), at: now(), content }
      const written = store.transaction(() => {
        store.intents.append({
          ...{ intentId: ids.uuid(), kind: 'quality.enter', subject: `quality/${callId}`, accountNo: author.accountNo, body },
          ...{ createdAt: body.at, state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
        })
        store.drafts.discard(`${author.accountNo}/${qualityDraftKey(callId)}`)
      })
      if (!written.ok) return written
      show()
      outbox.wake()
      return ok({ entryId: body.entryId })
    },
  }
}

/** A sheet that the centre would refuse is not even written. */
function sheetFault(reference: Store['reference'], content: EntryContent): AppError | undefined {
  const sheet = 'sheet' in content ? content.sheet : null
  if (sheet === null) return undefined
  const document = reference.get('qualityForm', qualityFormId)?.document
  // A form of another version is the centre's to judge.
  if (document?.kind !== 'qualityForm' || document.version !== sheet.formVersion) return undefined
  const problems = sheetProblems(document, sheet.answers)
  if (problems.length === 0) return undefined
  const titles = new Map(itemsOf(document).map(({ itemId, title }) => [itemId, title]))
  return appError('quality/incomplete', {
    problems: problems.map(({ itemId, problem }) => `「${titles.get(itemId) ?? itemId}」${problem}`).join('；'),
  })
}

function noticeOf(news: QualityNews, me: Me): { readonly title: string; readonly text: string } | undefined {
  const { kind, total, isVetoed, agentName, agentNo, byNo, byName, reviewers } = news
  if (news.isForAgent) {
    const score = total === null ? '维持原分' : isVetoed ? '一票否决，0 分' : `${total} 分`
    const title = kind === 'decide' ? '质检申诉已有裁定' : kind === 'correct' ? '质检评分有更正' : '您有一通电话已质检'
    return { title, text: `${score}。在“质检”里看逐项评分${kind === 'decide' ? '和裁定理由' : '，有异议可在期限内申诉一次'}。` }
  }
  if (byNo === me.accountNo) return undefined
  if (kind === 'appeal') return { title: `${agentName}（${agentNo}）对质检提出申诉`, text: '须由没有评过这通电话的质检人员裁定。' }
  if (kind === 'calibrate' && reviewers.includes(me.accountNo))
    return { title: `${byName} 请您参加质检校准`, text: `${agentName}（${agentNo}）的一通电话，各人独立评分，收齐之前互相看不到。` }
  return undefined
}
