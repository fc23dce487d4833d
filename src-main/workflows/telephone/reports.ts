import type { EpochMs, Ids } from '#shared/base/clock'
import type { AgentInterval, CallRecord } from '#shared/contracts/call-shapes'
import type { AgentNow } from '#shared/contracts/central-api/calls'
import type { SeatCheck } from '#shared/contracts/central-api/seat-checks'
import type { AgentState } from '#shared/domain/agent/state'
import type { Call } from '#shared/domain/call/call'
import type { Central, Outbox, Store } from '../ports'
import { reasonOf } from './agent-desk'
import type { RevealBody } from './call-intents'

/**
 * What the telephone tells the centre. Records of calls and stretches of people's time are queued, each under who it is about; what an agent does
 * now is live: only the newest counts, and what could not be told is not told later.
 */
export interface TelephoneReports {
  /** Inside the transaction that writes the record. */
  queueCall(record: CallRecord): void
  queueInterval(interval: AgentInterval): void
  queueReveal(reveal: RevealBody, accountNo: string): void
  queueCheck(check: SeatCheck, accountNo: string): void
  /** No call is left: what waits for the line may leave. */
  lineFree(): void
  /** Something was queued; after the commit. */
  wake(): void
  showAgent(agent: AgentState, call: Call | undefined, more: Pick<AgentNow, 'sound' | 'hand' | 'place' | 'unread'>): void
  /** The centre is reached, or honours the session again: it hears where things stand. */
  showAgain(): void
}

export interface ReportParts {
  readonly store: Pick<Store, 'intents'>
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly outbox: Pick<Outbox, 'wake' | 'lookAgain'>
  readonly central: Central
  /** The centre can be asked as the person at this seat. */
  readonly canTell: () => boolean
}

export function createTelephoneReports({ store, ids, now, outbox, central, canTell }: ReportParts): TelephoneReports {
  let newest: AgentNow | null = null
  let told = ''
  let isTelling = false

  const queue = (
    kind: 'call.keep' | 'agent.interval' | 'seatCheck.keep' | 'call.reveal',
    subject: string,
    accountNo: string,
    body: unknown,
  ): void =>
    store.intents.append({
      ...{ intentId: ids.uuid(), kind, subject, accountNo, body, createdAt: now() },
      ...{ state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
    })

  /** One at a time: the last word that the centre hears must be the last one said. */
  async function tell(): Promise<void> {
    if (isTelling) return
    isTelling = true
    while (newest && canTell() && JSON.stringify(newest) !== told) {
      const saying = newest
      const answer = await central.call('agents.show', { body: saying })
      if (!answer.ok) break
      told = JSON.stringify(saying)
    }
    isTelling = false
  }

  return {
    queueCall(record) {
      // Nobody to send it as: it stays in the log of this seat.
      if (record.accountNo !== null) queue('call.keep', `call/${record.callId}`, record.accountNo, record)
    },
    queueInterval: (interval) => queue('agent.interval', `agentInterval/${interval.intervalId}`, interval.accountNo, interval),
    queueReveal: (reveal, accountNo) => queue('call.reveal', `reveal/${reveal.revealId}`, accountNo, reveal),
    queueCheck: (check, accountNo) => queue('seatCheck.keep', `seatCheck/${check.checkId}`, accountNo, check),
    lineFree: () => outbox.lookAgain(),
    wake: () => outbox.wake(),
    showAgent(agent, call, more) {
      const { phase, since, callId } = agent
      newest = phase === 'signedOut' ? null : { phase, since, ...reasonOf(agent), callId, answeredAt: call?.answeredAt ?? null, ...more }
      void tell()
    },
    showAgain() {
      told = ''
      void tell()
    },
  }
}
