import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Ids, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { AgentSupervised, SupervisionReport } from '#shared/contracts/central-api/supervision'
import { appError } from '#shared/contracts/errors'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { type Call, isConnected, nothingCarried } from '#shared/domain/call/call'
import {
  listenerLastsMs,
  listenerSignEveryMs,
  type SupervisionMode,
  supervisionModeIds,
  supervisionModes,
} from '#shared/domain/call/supervision'
import { mostCalls } from '#shared/domain/call/telephone'
import type { Notices } from '../notices'
import type { Central, Store } from '../ports'
import { snapshotNames } from '../views'
import type { CallDesk } from './call-desk'
import type { SupervisionNote } from './call-facts'
import { extensionOfSeat } from './directory'
import type { HandOver } from './hand-over'

/**
 * Both ends of supervision. For the lead: a part in a colleague's call is a call of its own to the exchange, begun only after the centre has written
 * the audit, and told to the colleague while it lasts. For the colleague: who listens now.
 */
export interface SupervisionDesk {
  begin(wanted: InputOfCommand<'telephone.supervise'>): Promise<Result<{ callId: string }, AppError>>
  /** Which modes the exchange of this line offers. */
  modes(): SupervisionMode[]
  /** A call of this seat is connected, or over; those that are no supervision change nothing. */
  connected(callId: string): void
  ended(callId: string, note: SupervisionNote | null): void
  /** The centre says that somebody takes part in a call of this seat. True: that is news. */
  told(event: AgentSupervised): boolean
  listeners(): TelephoneView['listeners']
  /** Every second. */
  tick(): void
}

export interface SupervisionParts {
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly store: Pick<Store, 'snapshots'>
  readonly central: Central
  readonly notices: Pick<Notices, 'raise'>
  readonly log: Log
  readonly profile: () => ExchangeProfile | undefined
  readonly desk: () => Pick<CallDesk, 'ask' | 'notesOf' | 'telephone'>
  readonly handOver: Pick<HandOver, 'expect' | 'follow'>
  /** The exchange is away and nothing comes from it: who hears whom is nobody's work any more. */
  readonly isCut: (callId: string) => boolean
  /** Ends a call that the exchange can no longer be asked to end. */
  readonly lose: (callId: string) => void
  readonly onChanged: () => void
  /** Gives up waiting for the end of a call. */
  readonly after: (ms: number, action: () => void) => Stop
}

type Listener = TelephoneView['listeners'][number] & { readonly heardAt: EpochMs }

const goneWithinMs = 2_000

export function createSupervisionDesk(parts: SupervisionParts): SupervisionDesk {
  const { ids, now, store, central, notices, log, profile, desk } = parts
  const listeners = new Map<string, Listener>()
  const saidAt = new Map<string, EpochMs>()
  const waiting = new Map<string, () => void>()

  const tell = async (note: SupervisionNote, state: SupervisionReport['state']): Promise<Result<unknown, AppError>> => {
    const params = { accountNo: note.accountNo, supervisionId: note.supervisionId }
    const answer = await central.call('supervision.report', { params, body: { mode: note.mode, state } })
    if (!answer.ok) log.warn('supervision not reported', { state, code: answer.error.code })
    return answer
  }
  const noteOf = (callId: string): SupervisionNote | null => desk().notesOf(callId).supervision
  /** A part that is no conversation of one's own. */
  const running = (): Call | undefined =>
    desk()
      .telephone()
      .calls.find(({ purpose }) => purpose === 'supervision')

  async function leave(callId: string): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      waiting.set(callId, resolve)
      parts.after(goneWithinMs, resolve)
    })
    await desk().ask({ type: 'hangUp', callId, pressedMs: 0 })
    await gone
    waiting.delete(callId)
  }

  async function begin({ accountNo, mode }: InputOfCommand<'telephone.supervise'>): Promise<Result<{ callId: string }, AppError>> {
    if (!profile()?.supervision[mode]) return err(appError('phone/noSupervision', { mode: supervisionModes[mode].name }))
    const agents = (store.snapshots.get(snapshotNames.agents)?.state ?? []) as readonly AgentOnBoard[]
    const agent = agents.find((one) => one.accountNo === accountNo)
    const extension = agent && extensionOfSeat(store, agent.seatNo)
    if (!agent || !extension) return err(appError('agent/notAtSeat'))
    const note: SupervisionNote = { supervisionId: ids.uuid(), mode, accountNo, name: agent.name, seatNo: agent.seatNo }
    const asked = await tell(note, 'asked')
    if (!asked.ok) return asked
    const before = running()
    const isFull = desk().telephone().calls.length >= mostCalls
    // With a free line the old part ends when the new one has begun: the queue sees no free seat in between.
    if (before && isFull) await leave(before.callId)
    const callId = ids.uuid()
    const remote = { number: extension, displayName: agent.name, isWithheld: false }
    const purpose = mode === 'takeOver' ? 'hotline' : 'supervision'
    const call = { callId, direction: 'outgoing', purpose, remote, startedAt: now(), carried: nothingCarried } as const
    const dialled = await desk().ask({ type: 'dial', call }, { supervision: note })
    if (before && !isFull) void leave(before.callId)
    if (dialled.ok) return ok({ callId })
    void tell(note, 'ended')
    return dialled
  }

  return {
    begin,
    modes: () => supervisionModeIds.filter((mode) => profile()?.supervision[mode]),
    connected(callId) {
      const note = noteOf(callId)
      if (!note) return
      // The exchange passes nothing on; the seat says nothing either.
      if (note.mode === 'takeOver') parts.handOver.expect(callId, note.supervisionId)
      if (note.mode === 'listen') void desk().ask({ type: 'mute', callId, on: true })
      saidAt.set(callId, now())
      void tell(note, 'on')
    },
    ended(callId, note) {
      waiting.get(callId)?.()
      saidAt.delete(callId)
      if (note) void tell(note, 'ended')
    },
    told(event) {
      const { supervisionId, byNo, byName, mode, state, at } = event
      const isFirst = !listeners.has(supervisionId)
      if (state !== 'on' || (isFirst && now() - at <= listenerLastsMs)) parts.handOver.follow(event)
      if (state === 'asked') return false
      if (state === 'ended') return listeners.delete(supervisionId)
      if (now() - at > listenerLastsMs) return false
      const before = listeners.get(supervisionId)
      listeners.set(supervisionId, { accountNo: byNo, name: byName, mode, since: before?.since ?? at, heardAt: at })
      if (!before && mode === 'takeOver')
        notices.raise(`takenOver/${supervisionId}`, {
          ...{ level: 'warning', opens: null, title: `值班长 ${byName} 接管了这通电话` },
          text: '来电人现在由值班长应答，本席的一路已经结束；写到一半的登记表已随来电送去，请不要重复登记。录音和草稿都在。',
        })
      return !before
    },
    listeners: () => [...listeners.values()].map(({ accountNo, name, mode, since }) => ({ accountNo, name, mode, since })),
    tick() {
      const { calls } = desk().telephone()
      for (const { callId, purpose, phase } of calls) {
        const note = noteOf(callId)
        if (!note || purpose !== 'supervision' || !isConnected({ phase })) continue
        // Nobody listens at an exchange that is gone, and the colleague must not read that somebody does.
        if (parts.isCut(callId)) {
          parts.lose(callId)
          continue
        }
        if (now() - (saidAt.get(callId) ?? 0) < listenerSignEveryMs) continue
        saidAt.set(callId, now())
        void tell(note, 'on')
      }
      const lapsed = [...listeners].filter(([, { heardAt }]) => calls.length === 0 || now() - heardAt > listenerLastsMs)
      for (const [supervisionId] of lapsed) listeners.delete(supervisionId)
      if (lapsed.length > 0) parts.onChanged()
    },
  }
}
