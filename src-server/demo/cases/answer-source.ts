/** What becomes of the replies to other platforms in the demonstration: given before the end in most cases, some wait for a pen, a yes or a messenger. */
import { dayMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import { decide } from '#shared/domain/case/decide'
import { type CaseActor, type HistoryEntry, systemActor } from '#shared/domain/case/history'
import type { CaseProgress } from '#shared/domain/case/progress'
import { isReplyDue } from '#shared/domain/case/reply'
import { isEnd } from '#shared/domain/case/states'
import type { CaseWorld } from './world'

/** Older ones have all been answered. */
const recentMs = 4 * dayMs
const hourMs = 3_600_000

interface Given {
  readonly world: CaseWorld
  readonly progress: CaseProgress
  readonly until: EpochMs
}

/** Steps that follow an ended case from elsewhere, up to `until`; which of them, its number on the other platform says: nothing is drawn. */
export function* answerSource({ world, progress, until }: Given): Generator<HistoryEntry> {
  const { facts, state, enteredAt } = progress
  const isOpen = !isEnd(state) || !isReplyDue(facts, null, state)
  if (isOpen || facts.isSensitive || facts.namedAgents.length > 0) return
  const turn = Number(facts.external?.no.slice(-2) ?? 0)
  const isRecent = until - enteredAt < recentMs
  const last = isRecent ? turn % 4 : 3
  const text = `您反映的“${facts.subclassName}”（${facts.address}）已办理完毕，感谢您对城市管理工作的监督。`
  const course: readonly (readonly [by: CaseActor, action: 'proposeReply' | 'approveReply', input: object])[] = [
    [world.person('0501'), 'proposeReply', { answer: text }],
    // Every other source has an address of its own; the others are answered by hand.
    [world.person('0102'), 'approveReply', turn % 2 === 1 || !isRecent ? { replyVia: facts.external?.platform ?? '' } : {}],
  ]
  let now = progress
  for (const [index, [by, action, input]] of course.entries()) {
    const at = enteredAt + (index + 1) * hourMs
    if (index >= last || at > until) return
    const decided = decide(action, { progress: now, actor: by, input, profile: world.profile, now: at })
    if (!decided.ok) throw new Error(`${action} refused: ${decided.error.code}`)
    now = decided.value.progress
    yield decided.value.entry
  }
  const at = enteredAt + 2 * hourMs + 60_000
  if (now.reply?.via == null || at > until) return
  const entry: HistoryEntry = {
    ...{ seq: now.version + 1, at, action: 'deliverReply', by: systemActor, from: now.state, to: now.state },
    input: { replyVia: now.reply.via },
  }
  yield entry
}
