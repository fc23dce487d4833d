import type { EpochMs } from '#shared/base/clock'
import type { Intent } from '../store/intents'

/**
 * Which intents may leave now, and when to look again. Pure. Order holds within a subject: only its first intent may leave, whatever the
 * reason that the first one cannot. Subjects do not wait for each other, except for those that an intent names itself (`waitsFor`).
 */
export interface Situation {
  readonly now: EpochMs
  readonly sending: ReadonlySet<string>
  /** Accounts the centre does not admit at present. */
  readonly pausedAccounts: ReadonlySet<string>
  /** Intents that someone asked to try now, whatever their back-off says. */
  readonly woken: ReadonlySet<string>
  readonly inFlightLimit: number
  /** Must not leave now, whatever it has waited; whoever says so also says when to look again. */
  readonly isHeld?: (intent: Intent) => boolean
  /** Other subjects whose earlier intents must be gone first; none when absent. */
  readonly waitsFor?: (intent: Intent) => readonly string[]
}

export interface Plan {
  readonly toSend: readonly Intent[]
  /** When the next intent's back-off ends; null when only an event can change something. */
  readonly nextAt: EpochMs | null
}

export function plan(inOrder: readonly Intent[], situation: Situation): Plan {
  const { now, sending, pausedAccounts, woken, inFlightLimit, waitsFor = () => [], isHeld = () => false } = situation
  const subjects = new Set<string>()
  const toSend: Intent[] = []
  let nextAt: EpochMs | null = null
  for (const intent of inOrder) {
    const isBehind = subjects.has(intent.subject) || waitsFor(intent).some((subject) => subjects.has(subject))
    subjects.add(intent.subject)
    if (isBehind || isHeld(intent)) continue
    if (intent.state === 'parked' || sending.has(intent.intentId) || pausedAccounts.has(intent.accountNo)) continue
    if (intent.nextAttemptAt === null || intent.nextAttemptAt <= now || woken.has(intent.intentId)) toSend.push(intent)
    else nextAt = Math.min(nextAt ?? intent.nextAttemptAt, intent.nextAttemptAt)
  }
  // Those beyond the limit need no timer: the next answer looks again.
  return { toSend: toSend.slice(0, Math.max(0, inFlightLimit - sending.size)), nextAt }
}
