import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { TelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import type { AgentRequest } from '#shared/domain/agent/state'
import { normaliseNumber } from '#shared/domain/call/number'
import { satisfactionTarget } from '#shared/domain/call/satisfaction'
import { isSupervisionTarget } from '#shared/domain/call/supervision'
import type { TelephoneRequest } from '#shared/domain/call/telephone'
import type { Media, Recording } from '../../telephony/media/media'
import type { SeatContext } from '../context'
import type { AgentDesk } from './agent-desk'
import type { CallDesk } from './call-desk'
import { purposeOf } from './call-facts'
import type { CallLog } from './call-log'
import type { CallPlaces } from './call-places'
import { directoryOf, extensionsOf } from './directory'
import type { Hand } from './hand'
import type { LeadWords } from './lead-words'
import type { Line } from './line'
import type { TelephoneCommands } from './service'
import type { SupervisionDesk } from './supervision'

/** Each command of the telephone: what it asks of which part. Without a line all that act on it are refused in words. */
export interface CommandParts extends Pick<SeatContext, 'ids' | 'now' | 'store' | 'publish' | 'notices' | 'log'> {
  readonly media: Media | null
  readonly seatNo: string
  readonly line: Pick<Line, 'agent' | 'setup'>
  readonly lineReason: () => string | null
  readonly desk: CallDesk
  readonly agent: AgentDesk
  readonly callLog: CallLog
  readonly supervision: Pick<SupervisionDesk, 'begin'>
  readonly hand: Hand
  readonly places: CallPlaces
  readonly leadWords: Pick<LeadWords, 'acknowledge'>
  /** Shows the number of a call's citizen, and tells the centre's audit. */
  readonly showNumber: (callId: string) => Result<void, AppError>
  /** Puts the check on its way to the centre. */
  readonly keepCheck: (steps: InputOfCommand<'telephone.keepCheck'>['steps']) => void
  readonly report: (input: InputOfCommand<'sound.report'>) => void
  readonly saveSettings: (settings: TelephoneSettings) => Result<void, AppError>
}

type Done = Result<Record<string, never>, AppError>
const done: Done = ok({})
const empty = (result: Result<unknown, AppError>): Done => (result.ok ? done : result)

export function createTelephoneCommands(parts: CommandParts): TelephoneCommands {
  const { ids, now, store, media, line, desk, agent, callLog, supervision, hand, places, leadWords } = parts

  const refusal = (): AppError | null =>
    line.agent() ? null : appError('phone/notConfigured', { reason: parts.lineReason() ?? '中心没有为本坐席登记分机。' })
  async function ask(request: TelephoneRequest, notes?: Parameters<CallDesk['ask']>[1]): Promise<Done> {
    const refused = refusal()
    return refused ? err(refused) : empty(await desk.ask(request, notes))
  }
  function askAgent(request: AgentRequest): Done {
    const refused = refusal()
    return refused ? err(refused) : empty(agent.ask(request))
  }

  async function dial({ number, purpose, caseNo }: InputOfCommand<'telephone.dial'>): Promise<Result<{ callId: string }, AppError>> {
    const profile = line.setup()?.profile
    // A part in a colleague's call begins at the centre, with the audit; nobody dials it by hand.
    if (profile && isSupervisionTarget(number, profile.supervision)) return err(appError('phone/badTarget', { target: number }))
    const dialled = (profile && normaliseNumber(number, profile)) ?? number
    const remote = { number: dialled, displayName: null, isWithheld: false }
    const callId = ids.uuid()
    const isColleague = purposeOf(remote, extensionsOf(store)) === 'internal'
    const request: TelephoneRequest = {
      type: 'dial',
      call: {
        ...{ callId, direction: 'outgoing', remote, startedAt: now() },
        purpose: purpose ?? (isColleague ? 'internal' : 'outgoing'),
        carried: { caseNo: caseNo ?? null, userToUser: null },
      },
    }
    const asked = await ask(request)
    return asked.ok ? ok({ callId }) : asked
  }

  function record(callId: string, work: (media: Media) => Result<Recording, AppError>, marked: Record<string, unknown>): Done {
    if (!desk.telephone().calls.some((call) => call.callId === callId)) return err(appError('call/unknown'))
    const changed = media?.recording(callId) ? work(media) : undefined
    if (!changed?.ok) return err(appError('call/notRecorded'))
    parts.log.info('recording changed', { callId, state: changed.value.state, ...marked })
    return done
  }

  return {
    'telephone.dial': dial,
    'telephone.answer': ({ callId, by = 'key' }) => ask({ type: 'answer', callId, by }),
    'telephone.reject': ({ callId }) => ask({ type: 'reject', callId }),
    'telephone.hangUp': ({ callId, pressedMs, reason }) => ask({ type: 'hangUp', callId, pressedMs, ...(reason && { reason }) }),
    'telephone.hold': ({ callId }) => ask({ type: 'hold', callId }),
    'telephone.resume': ({ callId }) => ask({ type: 'resume', callId }),
    'telephone.mute': ({ callId, on }) => ask({ type: 'mute', callId, on }),
    'telephone.sendDigits': ({ callId, digits }) => ask({ type: 'sendDigits', callId, digits }),
    'telephone.transferBlind'({ callId, target, caseNo }) {
      if (caseNo !== undefined) desk.carry(callId, caseNo)
      return ask({ type: 'transfer', callId, transfer: { kind: 'blind', target } })
    },
    async 'telephone.askSatisfaction'({ callId }) {
      const target = line.setup()?.profile.satisfactionTarget
      if (line.agent() && !target) return err(appError('phone/noSatisfaction'))
      return ask({
        type: 'transfer',
        callId,
        transfer: { kind: 'satisfaction', target: target ? satisfactionTarget(target, callId) : '' },
      })
    },
    'telephone.completeTransfer': () => ask({ type: 'completeTransfer' }),
    'telephone.swap': () => ask({ type: 'swap' }),
    'telephone.join': () => ask({ type: 'join' }),
    'telephone.split': () => ask({ type: 'split' }),
    'telephone.pauseRecording': ({ callId, reason }) => record(callId, (room) => room.pauseRecording(callId), { reason }),
    'telephone.resumeRecording': ({ callId }) => record(callId, (room) => room.resumeRecording(callId), {}),
    'telephone.reconnect'() {
      const refused = refusal()
      if (refused) return err(refused)
      line.agent()?.refreshNetwork()
      return done
    },
    async 'telephone.supervise'(wanted) {
      const refused = refusal()
      return refused ? err(refused) : supervision.begin(wanted)
    },
    'telephone.place'({ callId, position }) {
      if (!desk.telephone().calls.some((call) => call.callId === callId)) return err(appError('call/unknown'))
      places.put(callId, position)
      return done
    },
    'telephone.showNumber': ({ callId }) => empty(parts.showNumber(callId)),
    'telephone.keepCheck'({ steps }) {
      parts.keepCheck(steps)
      return done
    },
    'telephone.directory': () => ok({ entries: directoryOf(store, parts.seatNo) }),
    'telephone.saveSettings'(settings) {
      const saved = parts.saveSettings(settings)
      if (saved.ok) parts.publish('telephoneSettings.changed', settings)
      return empty(saved)
    },

    'agent.showReady': () => askAgent({ type: 'showReady' }),
    'agent.showNotReady': ({ reason }) => askAgent({ type: 'showNotReady', reason }),
    'agent.raiseHand'({ reason }) {
      const refused = refusal() ?? (agent.state().phase === 'signedOut' ? appError('agent/signedOut') : null)
      if (refused) return err(refused)
      hand.raise(reason)
      return done
    },
    'agent.lowerHand'() {
      hand.lower()
      return done
    },
    'agent.acknowledge'({ saidId }) {
      leadWords.acknowledge(saidId)
      return done
    },
    'agent.extendWrapUp': () => empty(agent.ask({ type: 'extendWrapUp' })),
    'agent.finishWrapUp'({ code, note }) {
      const { callId } = agent.state()
      if (code !== null && callId !== null) agent.observe({ type: 'coded', callId })
      const finished = agent.ask({ type: 'finishWrapUp' })
      if (!finished.ok || callId === null || (code === null && note === '')) return empty(finished)
      return callLog.describe(callId, code, note)
    },

    'callLog.list': (input) => ok(callLog.list(input)),
    'callLog.get': ({ callId }) => callLog.get(callId),
    'callLog.describe'({ callId, code, note }) {
      const described = callLog.describe(callId, code, note)
      if (described.ok && code !== null) agent.observe({ type: 'coded', callId })
      return described
    },
    'callLog.promise': ({ callId, at }) => callLog.promise(callId, at),
    'callLog.settleMissed': ({ callId, note }) => callLog.settleMissed(callId, note),

    async 'sound.connect'({ offerSdp }) {
      if (!media) return err(appError('sound/unavailable'))
      const answered = await media.connectPage(offerSdp)
      return answered.ok ? ok({ answerSdp: answered.value.answerSdp }) : answered
    },
    'sound.report'(input) {
      parts.report(input)
      const { playout } = input
      if (playout) {
        const { delayMs: playoutDelayMs, concealedRatio, lossRatio = null, jitterMs = null } = playout
        media?.reportPage({ playoutDelayMs, concealedRatio, lossRatio, jitterMs })
      }
      return done
    },
  }
}
