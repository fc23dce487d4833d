import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { RecordingHold } from '#shared/contracts/central-api/recordings'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { isMissed } from '#shared/domain/call/ending'
import { hangUpPressMs } from '#shared/domain/call/transition'
import { fakeRecording } from './fake-call-log'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

/** A telephone without an exchange: each command does at once what the far side would confirm. Tests let it ring with `ringFake`. */
type Names = Extract<
  keyof FakeHandlers,
  'seatChecks.list' | `telephone.${string}` | `agent.${string}` | `callLog.${string}` | `sound.${string}` | `recordings.${string}`
>
type Done = Result<Record<string, never>, AppError>

const done: Done = ok({})

/** An incoming call, as the exchange would offer it. */
export function ringFake(world: FakeWorld, given: Partial<TelephoneCallView> = {}): TelephoneCallView {
  const call = newCall(world, 'incoming', given.number ?? '+8613800138000', given)
  const view = world.state['telephone.changed']
  const isFirst = view.calls.length === 0
  const agent = isFirst ? { ...view.agent, phase: 'ringing' as const, since: world.options.now(), callId: call.callId } : view.agent
  world.publish('telephone.changed', { ...view, agent, calls: [...view.calls, call] })
  return call
}

/** A call that the seat made, as it stands on the exchange; the one that was spoken is held. */
export function dialFake(world: FakeWorld, given: Partial<TelephoneCallView> = {}): TelephoneCallView {
  const call = newCall(world, 'outgoing', given.number ?? '110', given)
  const view = world.state['telephone.changed']
  const others = view.calls.map((each) => (each.phase === 'talking' ? { ...each, held: 'local' as const } : each))
  const agent = { ...view.agent, phase: 'talking' as const, since: world.options.now(), callId: call.callId }
  world.publish('telephone.changed', { ...view, agent, calls: [...others, call], focusId: call.callId })
  return call
}

/** The far side hangs up. */
export function endFake(world: FakeWorld, callId: string, endedBy: CallRecord['endedBy'] = 'caller'): void {
  const view = world.state['telephone.changed']
  const call = view.calls.find((each) => each.callId === callId)
  if (!call) return
  const at = world.options.now()
  const lastEnded = recordOf(world, call, endedBy)
  const calls = view.calls.filter((each) => each.callId !== callId)
  const wasWithCitizen = call.answeredAt !== null && (call.purpose === 'hotline' || call.purpose === 'callback')
  const rested = { ...view.agent, phase: view.agent.wish.phase, since: at, callId: null, wrapUpEndsAt: null }
  const agent = wasWithCitizen ? { ...view.agent, phase: 'wrapUp' as const, since: at, callId, wrapUpEndsAt: at + 30_000 } : rested
  const focusId = calls[0]?.callId ?? null
  world.publish('telephone.changed', { ...view, calls, focusId, isConference: false, agent: calls[0] ? view.agent : agent, lastEnded })
  const log = world.state['callLog.changed']
  world.publish('callLog.changed', { ...log, recent: [lastEnded, ...log.recent].slice(0, 20) })
}

export function fakeTelephone(world: FakeWorld): Pick<FakeHandlers, Names> {
  const view = () => world.state['telephone.changed']
  const callOf = (callId: string) => view().calls.find((each) => each.callId === callId)
  function patch(callId: string, change: Partial<TelephoneCallView>, rest: Partial<TelephoneView> = {}): Done {
    if (!callOf(callId)) return err(appError('call/unknown'))
    const calls = view().calls.map((each) => (each.callId === callId ? { ...each, ...change } : each))
    world.publish('telephone.changed', { ...view(), ...rest, calls })
    return done
  }
  function holdOthers(callId: string): void {
    for (const each of view().calls) if (each.callId !== callId && each.phase === 'talking') patch(each.callId, { held: 'local' })
  }
  function needTwo(work: () => void): Done {
    if (view().calls.filter(({ phase }) => phase === 'talking').length < 2) return err(appError('call/needsTwoCalls'))
    work()
    return done
  }
  const setAgent = (change: Partial<TelephoneView['agent']>): Done => {
    world.publish('telephone.changed', { ...view(), agent: { ...view().agent, ...change } })
    return done
  }
  const isBusy = () => view().calls.length > 0 || view().agent.phase === 'wrapUp'
  const records = () => world.state['callLog.changed'].recent
  const holds = new Map<string, RecordingHold>()
  function describe(callId: string, change: Partial<CallRecord>): Done {
    if (!records().some((each) => each.callId === callId)) return err(appError('record/notFound'))
    const log = world.state['callLog.changed']
    world.publish('callLog.changed', { ...log, recent: log.recent.map((each) => (each.callId === callId ? { ...each, ...change } : each)) })
    return done
  }
  return {
    'telephone.dial'({ number, purpose, caseNo }) {
      if (view().calls.length >= 2) return err(appError('call/bothLinesBusy'))
      const call = dialFake(world, { number, purpose: purpose ?? 'outgoing', caseNo: caseNo ?? null })
      return ok({ callId: call.callId })
    },
    'telephone.answer'({ callId }) {
      if (callOf(callId)?.phase !== 'ringing') return err(appError(callOf(callId) ? 'call/notRinging' : 'call/unknown'))
      holdOthers(callId)
      const at = world.options.now()
      setAgent({ phase: 'talking', since: at, callId })
      return patch(callId, { phase: 'talking', answeredAt: at, recording: 'on' }, { focusId: callId })
    },
    'telephone.reject'({ callId }) {
      endFake(world, callId, 'seat')
      return done
    },
    'telephone.hangUp'({ callId, pressedMs, reason }) {
      const call = callOf(callId)
      if (!call) return err(appError('call/unknown'))
      const isWithCitizen = call.answeredAt !== null && (call.purpose === 'hotline' || call.purpose === 'callback')
      if (isWithCitizen && pressedMs < hangUpPressMs && !reason) return err(appError('call/citizenStillThere', { seconds: 1 }))
      endFake(world, callId, 'seat')
      return done
    },
    'telephone.hold': ({ callId }) => patch(callId, { held: 'local' }),
    'telephone.resume'({ callId }) {
      holdOthers(callId)
      return patch(callId, { held: 'none' }, { focusId: callId })
    },
    'telephone.mute': ({ callId, on }) => patch(callId, { isMuted: on }),
    'telephone.sendDigits': ({ callId }) => (callOf(callId) ? done : err(appError('call/unknown'))),
    'telephone.transferBlind': ({ callId, target }) => patch(callId, { phase: 'transferring', transfer: { kind: 'blind', target } }),
    'telephone.askSatisfaction': ({ callId }) =>
      patch(callId, { phase: 'transferring', transfer: { kind: 'satisfaction', target: '*45' } }),
    'telephone.completeTransfer': () =>
      needTwo(() => {
        for (const { callId } of view().calls) endFake(world, callId, 'seat')
      }),
    'telephone.swap': () =>
      needTwo(() => {
        const next = view().calls.find(({ callId }) => callId !== view().focusId)
        if (!next) return
        holdOthers(next.callId)
        patch(next.callId, { held: 'none' }, { focusId: next.callId })
      }),
    'telephone.join': () =>
      needTwo(() => {
        for (const { callId } of view().calls) patch(callId, { held: 'none' }, { isConference: true })
      }),
    'telephone.split': () =>
      needTwo(() => {
        const [first, second] = view().calls
        if (first) patch(first.callId, { held: 'local' }, { isConference: false, focusId: second?.callId ?? null })
      }),
    'telephone.pauseRecording': ({ callId }) => patch(callId, { recording: 'paused' }),
    'telephone.resumeRecording': ({ callId }) => patch(callId, { recording: 'on' }),
    'telephone.reconnect': () => done,
    'telephone.supervise'({ accountNo, mode }) {
      const agent = world.state['agents.changed'].agents.find((each) => each.accountNo === accountNo)
      if (!agent) return err(appError('agent/notAtSeat'))
      if (agent.phase !== 'talking') return err(appError('agent/notTalking', { name: agent.name }))
      for (const each of view().calls) if (each.supervision) endFake(world, each.callId, 'seat')
      const supervision = { mode, accountNo, name: agent.name, seatNo: agent.seatNo }
      const answered = { phase: 'talking' as const, answeredAt: world.options.now(), isMuted: mode === 'listen' }
      const part = mode === 'takeOver' ? { purpose: 'hotline' as const } : { purpose: 'supervision' as const, supervision }
      return ok({ callId: dialFake(world, { number: `10${agent.seatNo}`, displayName: agent.name, ...answered, ...part }).callId })
    },
    'telephone.showNumber': ({ callId }) => patch(callId, { isNumberHidden: false }),
    'telephone.place': () => done,
    'telephone.keepCheck': () => done,
    'seatChecks.list': () => ok({ items: [] }),
    'telephone.directory': () =>
      ok({
        entries: [
          { kind: 'seat', name: '坐席 03', number: '1003', detail: '李受理' },
          { kind: 'department', name: '排水管理单位', number: '87000107', detail: null },
          { kind: 'recent', name: '城市管理和综合执法局', number: '87000001', detail: null },
        ],
      }),
    'telephone.saveSettings'(settings) {
      world.publish('telephoneSettings.changed', settings)
      return done
    },
    'agent.showReady': () =>
      setAgent({ wish: { phase: 'ready' }, ...(!isBusy() && { phase: 'ready' as const, since: world.options.now(), forced: null }) }),
    'agent.showNotReady': ({ reason }) =>
      setAgent({ wish: { phase: 'notReady', reason }, ...(!isBusy() && { phase: 'notReady' as const, since: world.options.now() }) }),
    'agent.raiseHand'({ reason }) {
      world.publish('telephone.changed', { ...view(), hand: { since: world.options.now(), reason } })
      return done
    },
    'agent.lowerHand'() {
      world.publish('telephone.changed', { ...view(), hand: null })
      return done
    },
    'agent.acknowledge'({ saidId }) {
      world.publish('telephone.changed', { ...view(), said: view().said.filter((one) => one.saidId !== saidId) })
      return done
    },
    'agent.extendWrapUp'() {
      const { phase, wrapUpEndsAt } = view().agent
      if (phase !== 'wrapUp' || wrapUpEndsAt === null) return err(appError('agent/notInWrapUp'))
      return setAgent({ wrapUpEndsAt: wrapUpEndsAt + 60_000 })
    },
    'agent.finishWrapUp'({ code, note }) {
      const { phase, wish, callId } = view().agent
      if (phase !== 'wrapUp') return err(appError('agent/notInWrapUp'))
      if (view().agent.isCodeDue && code === null) return err(appError('agent/codeNeeded'))
      if (callId) describe(callId, { wrapUpCode: code, wrapUpNote: note })
      return setAgent({ phase: wish.phase, since: world.options.now(), callId: null, wrapUpEndsAt: null, isCodeDue: false })
    },
    'callLog.list': (input) => ok({ items: records().filter((each) => fitsQuestion(each, input)), next: null }),
    'callLog.get'({ callId }) {
      const found = records().find((each) => each.callId === callId)
      return found ? ok(found) : err(appError('record/notFound'))
    },
    'callLog.describe': ({ callId, code, note }) => describe(callId, { wrapUpCode: code, wrapUpNote: note }),
    'callLog.promise'({ callId, at }) {
      const described = describe(callId, { callBackAt: at })
      const call = records().find((each) => each.callId === callId)
      const log = world.state['callLog.changed']
      const missed = log.missed.filter(({ lastCallId }) => lastCallId !== callId)
      if (!call || at === null) world.publish('callLog.changed', { ...log, missed })
      else {
        const { number, displayName, startedAt } = call
        const promise = { number, displayName, count: 1, lastCallId: callId, lastAt: startedAt, dueAt: at, isPromised: true }
        world.publish('callLog.changed', { ...log, missed: [promise, ...missed] })
      }
      return described
    },
    'callLog.settleMissed'({ callId }) {
      const log = world.state['callLog.changed']
      world.publish('callLog.changed', { ...log, missed: log.missed.filter(({ lastCallId }) => lastCallId !== callId) })
      return done
    },
    'callLog.centre': (input) =>
      ok({
        items: records()
          .filter((each) => fitsQuestion(each, input))
          .map((each) => ({
            ...each,
            recordingState: each.recordingId === null ? null : ('ready' as const),
            hold: holds.get(each.recordingId ?? '') ?? null,
          }))
          .filter(({ hold }) => input.which !== 'held' || hold !== null),
        next: null,
      }),
    'recordings.hold'({ recordingId, reason }) {
      const hold = { holdId: nextUuid(world), reason, byNo: '0101', byName: '周敏', at: world.options.now() }
      holds.set(recordingId, hold)
      return ok(hold)
    },
    'recordings.release'({ recordingId }) {
      holds.delete(recordingId)
      return done
    },
    'recordings.open': ({ callId, recordingId }) => {
      const found = records().find((each) => each.callId === callId)
      if (found?.recordingId !== recordingId) return err(appError('recording/unknown'))
      return ok(fakeRecording(nextUuid(world), found))
    },
    'sound.connect': () => err(appError('sound/unavailable')),
    'sound.report': () => done,
  }
}

function fitsQuestion(
  call: CallRecord,
  {
    which = 'all',
    digits = '',
    from = 0,
    until,
  }: Omit<InputOfCommand<'callLog.list'>, 'which'> & Pick<InputOfCommand<'callLog.centre'>, 'which'>,
): boolean {
  const isWanted =
    which === 'missed' ? call.direction === 'incoming' && isMissed(call) : which === 'all' || which === 'held' || call.direction === which
  return isWanted && (call.number ?? '').includes(digits) && call.startedAt >= from && (until === undefined || call.startedAt < until)
}

function newCall(
  world: FakeWorld,
  direction: TelephoneCallView['direction'],
  number: string | null,
  given: Partial<TelephoneCallView>,
): TelephoneCallView {
  return {
    callId: nextUuid(world),
    direction,
    purpose: direction === 'incoming' ? 'hotline' : 'outgoing',
    phase: direction === 'incoming' ? 'ringing' : 'dialing',
    held: 'none',
    isHoldPending: false,
    isMuted: false,
    number,
    displayName: null,
    isWithheld: false,
    calledNumber: direction === 'incoming' ? '12319' : null,
    caseNo: null,
    startedAt: world.options.now(),
    answeredAt: null,
    isInterrupted: false,
    isResuming: false,
    wasResumed: false,
    hasEarlyMedia: false,
    recording: 'off',
    transfer: null,
    answersItselfAt: null,
    isNumberHidden: false,
    supervision: null,
    handedBy: null,
    ...given,
  }
}

function recordOf(world: FakeWorld, call: TelephoneCallView, endedBy: CallRecord['endedBy']): CallRecord {
  const { agent, seatNo } = world.state['session.changed']
  const { callId, direction, purpose, number, displayName, isWithheld, calledNumber, caseNo, startedAt, answeredAt, wasResumed } = call
  return {
    ...{ callId, direction, purpose, number, displayName, isWithheld, calledNumber, caseNo, startedAt, answeredAt, wasResumed },
    ...{ seatNo, accountNo: agent?.accountNo ?? null, name: agent?.name ?? null, endedAt: world.options.now() },
    ...{ answeredBy: answeredAt === null ? null : ('key' as const), endedBy },
    cause: answeredAt !== null ? 'answered' : endedBy === 'caller' ? 'abandoned' : 'rejected',
    ...{ sipStatus: null, q850: 16, hangUpReason: null, quality: null, recordingId: null, wrapUpCode: null, wrapUpNote: null },
  }
}
