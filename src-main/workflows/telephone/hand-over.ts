import type { EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { AgentSupervised, CallHandedOver } from '#shared/contracts/central-api/supervision'
import { type Call, isConnected, isWithCitizen } from '#shared/domain/call/call'
import { draftKeyOfCall } from '#shared/domain/case/registration'
import { draftKeyOf } from '../drafts'
import type { Notices } from '../notices'
import type { Central, Store } from '../ports'
import type { CallDesk } from './call-desk'

/**
 * What a call takes along when a shift lead takes it over: who calls, the case that it is about, and the words of the report so far, from the colleague's
 * seat through the centre to the lead's. The colleague's draft stays where it is. Photographs stay with who took them.
 */
export interface HandOver {
  /** Of this seat's call: it is about to be taken over, or has been. */
  follow(event: AgentSupervised): void
  /** This seat's own take-over is connected: it waits for what comes along. */
  expect(callId: string, supervisionId: string): void
  /** It came. */
  take(handed: CallHandedOver): void
}

export interface HandOverParts {
  readonly store: Pick<Store, 'drafts' | 'transaction'>
  readonly central: Central
  readonly notices: Pick<Notices, 'raise' | 'settle'>
  readonly log: Log
  readonly now: () => EpochMs
  readonly after: (ms: number, action: () => void) => Stop
  readonly desk: () => Pick<CallDesk, 'telephone' | 'notesOf' | 'observe' | 'carry' | 'note'>
  readonly accountNo: () => string | undefined
}

/** Two turns over the centre; after that the lead asks the citizen. */
const waitMs = 6_000
/** What the route takes; a report is some hundred words. */
const longestDraft = 20_000

export function createHandOver({ store, central, notices, log, now, after, desk, accountNo }: HandOverParts): HandOver {
  const leaving = new Map<string, Call>()
  const expected = new Map<string, Stop>()
  const noticeOf = (supervisionId: string) => `handOver/${supervisionId}`

  async function send({ supervisionId, byNo }: AgentSupervised, call: Call): Promise<void> {
    const own = accountNo()
    const kept = own === undefined ? undefined : store.drafts.get(draftKeyOf(own, draftKeyOfCall(call.callId)))?.body
    const { number, displayName, isWithheld } = call.remote
    const draft = kept !== undefined && kept.length <= longestDraft ? kept : null
    const params = { accountNo: byNo, supervisionId }
    const body = { number, displayName: displayName?.slice(0, 120) ?? null, isWithheld, caseNo: call.carried.caseNo, draft }
    const told = await central.call('supervision.handOver', { params, body })
    if (told.ok) return
    log.warn('call not handed over', { code: told.error.code })
    notices.raise(noticeOf(supervisionId), {
      ...{ level: 'warning', opens: null, title: '登记表没有送到值班长' },
      text: `${told.error.message}草稿还在本席，请口头告诉值班长来电人说到哪里。`,
    })
  }

  return {
    follow(event) {
      if (event.mode !== 'takeOver') return
      // By the time it is taken over, the call has left this seat.
      const present = desk()
        .telephone()
        .calls.find((call) => isConnected(call) && isWithCitizen(call))
      if (event.state === 'asked' && present) leaving.set(event.supervisionId, present)
      const call = leaving.get(event.supervisionId) ?? present
      if (event.state === 'asked') return
      leaving.delete(event.supervisionId)
      if (event.state === 'on' && call) void send(event, call)
    },
    expect(callId, supervisionId) {
      expected.set(
        supervisionId,
        after(waitMs, () => {
          expected.delete(supervisionId)
          if (
            !desk()
              .telephone()
              .calls.some((call) => call.callId === callId)
          )
            return
          notices.raise(noticeOf(supervisionId), {
            ...{ level: 'warning', opens: null, title: '对方坐席的登记表没有一起过来' },
            text: '中心或对方坐席没有回应：号码和已记下的话要重新问。对方的草稿还在对方坐席。',
          })
        }),
      )
    },
    take({ supervisionId, byNo, byName, number, displayName, isWithheld, caseNo, draft }) {
      expected.get(supervisionId)?.()
      expected.delete(supervisionId)
      const call = desk()
        .telephone()
        .calls.find(({ callId }) => {
          const part = desk().notesOf(callId).supervision
          return part?.supervisionId === supervisionId && part.mode === 'takeOver' && part.accountNo === byNo
        })
      const own = accountNo()
      if (!call || own === undefined) return
      notices.settle(noticeOf(supervisionId))
      const { callId } = call
      const body = draft === null ? null : ofCall(draft, callId)
      // The words are there before the form opens.
      if (body !== null) store.transaction(() => store.drafts.save(draftKeyOf(own, draftKeyOfCall(callId)), body, now()), 'processDeath')
      desk().observe(callId, { type: 'remoteChanged', remote: { number, displayName, isWithheld } })
      if (caseNo !== null) desk().carry(callId, caseNo)
      desk().note(callId, { handedBy: byName })
    },
  }
}

/** The same report, of the call as it is here. Null: it is no report. */
function ofCall(draft: string, callId: string): string | null {
  try {
    const value: unknown = JSON.parse(draft)
    return typeof value === 'object' && value !== null ? JSON.stringify({ ...value, callId, photoIds: [] }) : null
  } catch {
    return null
  }
}
