import type { IntentView, OutboxView } from '#shared/contracts/seat-api/views'
import type { Intent, IntentKindName } from '../store/intents'
import type { OutboxKind } from './kind'

/** What the status bar and its panel show. Pure. Everything not parked counts as waiting, also what waits behind a parked one. */
export function viewOf(
  inOrder: readonly Intent[],
  sending: ReadonlySet<string>,
  kinds: Readonly<Record<IntentKindName, OutboxKind>>,
): OutboxView {
  const blockedSubjects = new Set<string>()
  const intents = inOrder.map((intent): IntentView => {
    const kind = kinds[intent.kind]
    const isBlocked = [intent.subject, ...(kind.waitsFor?.(intent.body) ?? [])].some((subject) => blockedSubjects.has(subject))
    if (intent.state === 'parked' || isBlocked) blockedSubjects.add(intent.subject)
    return {
      intentId: intent.intentId,
      kind: intent.kind,
      title: kind.title,
      summary: kind.summary(intent.body),
      editableText: kind.editableText(intent.body),
      accountNo: intent.accountNo,
      createdAt: intent.createdAt,
      state: intent.state === 'parked' ? 'parked' : sending.has(intent.intentId) ? 'sending' : isBlocked ? 'blocked' : 'waiting',
      attempts: intent.attempts,
      nextAttemptAt: intent.nextAttemptAt,
      reason: intent.reason,
    }
  })
  const parked = intents.filter(({ state }) => state === 'parked').length
  return { waiting: intents.length - parked, parked, intents }
}
