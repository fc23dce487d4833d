import type { CallData } from '#main/telephony/sip/call-parties'
import type { CallCore, WantedTransfer } from '#main/telephony/sip/session/call-core'
import { reportTransfer } from '#main/telephony/sip/session/follow-refer'
import type { SipCall, UserAgentEvent } from '#main/telephony/sip/user-agent'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import { type Destination, destinationOf } from './dial-plan'
import type { Line } from './parties/line'
import type { Party } from './parties/patchboard'
import type { Stage } from './parties/played'
import type { Supervision } from './parties/supervision'
import { givenUp, type Reaching, reach } from './reach'
import type { Binding, Registrar } from './signalling/registrar'
import type { OutgoingLeg, StackUser } from './signalling/stack'
import type { Frame } from './speech/frames'

/** Connects telephones with each other, with the queue and with whoever is played, and moves them when they ask for it. */
export interface Switchboard extends StackUser {
  onFrame(callId: string, frame: Frame): void
  onDigit(callId: string, digit: string, durationMs: number): void
  ring(extension: string, leg: RingingLeg): Reaching
  /** Both talk from now on. */
  join(one: Party, other: Party): void
  /** Whether the extension has a call, ringing ones included. */
  isBusy(extension: string): boolean
}

export type RingingLeg = Pick<OutgoingLeg, 'caller' | 'dialled' | 'data'>

export interface SwitchboardParts {
  readonly clock: Clock
  readonly registrar: Registrar
  readonly stage: Stage
  readonly supervision: Supervision
  /** Whether the extension may go into others' calls. */
  readonly maySupervise: (extension: string) => Promise<boolean>
  readonly callId: () => string
  readonly call: (leg: OutgoingLeg) => Promise<Result<SipCall, AppError>>
  readonly createLine: (call: SipCall, account: string) => Line
  /** The hotline's queue. Who is in it leaves it by being answered, or by going. */
  readonly queue: { enter(party: Party, data: CallData): void; leave(party: Party): void }
  /** An extension became busy or free. */
  readonly onBusyChanged: () => void
}

const transferRingMs = 20_000
/** A telephone that asked for a transfer leaves by itself; one that does not is let go. */
const leaveAfterMs = 4_000

export function createSwitchboard(parts: SwitchboardParts): Switchboard {
  const { clock, registrar, stage } = parts
  const { board } = stage
  const lines = new Map<string, Line>()
  const holding = new Set<Line>()
  /** What is given up when a line goes before it is connected. */
  const pursuits = new Map<Party, Reaching>()
  /** Calls out that nobody has answered. */
  const ringing = new Map<string, RingingCall>()

  const join = (one: Party, other: Party): void => {
    board.connect(one, other)
    const holds = (party: Party): boolean => [...holding].some((line) => line === party)
    one.setHeld(holds(other))
    other.setHeld(holds(one))
  }
  const add = (call: SipCall, account: string): Line => {
    const line = parts.createLine(call, account)
    lines.set(call.id, line)
    parts.onBusyChanged()
    return line
  }
  const settle = (id: string, outcome: Party | number): void => {
    const one = ringing.get(id)
    if (!one) return
    ringing.delete(id)
    one.settle(outcome)
    parts.onBusyChanged()
  }
  const ring = (extension: string, leg: RingingLeg): Reaching => {
    const binding: Binding | null = registrar.find(extension)
    if (!binding) return { outcome: Promise.resolve(480), cancel: () => {} }
    const id = parts.callId()
    const one: RingingCall = { extension, call: null, settle: () => {} }
    const outcome = new Promise<Party | number>((resolve) => {
      one.settle = resolve
    })
    ringing.set(id, one)
    parts.onBusyChanged()
    void parts.call({ ...leg, callId: id, binding }).then((made) => {
      if (!made.ok) return settle(id, 480)
      one.call = made.value
      // Given up while its speech was being opened.
      if (!ringing.has(id)) made.value.hangUp()
    })
    return {
      outcome,
      cancel: () => {
        settle(id, givenUp)
        one.call?.hangUp()
      },
    }
  }
  /** As long as `waiting` is there; when it goes, the way is given up. */
  const pursue = async (waiting: Party, reaching: Reaching): Promise<Party | number> => {
    pursuits.set(waiting, reaching)
    const outcome = await reaching.outcome
    pursuits.delete(waiting)
    return outcome
  }
  const isThere = (party: Party): boolean => !('call' in party) || lines.get((party as Line).call.id) === party

  async function connect(line: Line, dialled: string): Promise<void> {
    const { call } = line
    const destination = destinationOf(dialled)
    const { kind } = destination
    const { data } = call.view()
    if (kind === 'hotline') {
      const answered = await call.answer()
      if (answered.ok) parts.queue.enter(line, data)
      return
    }
    if (destination.kind === 'supervision') return supervise(line, destination)
    if (dialled === line.account) return void call.reject(486)
    if (kind !== 'busy' && kind !== 'unknown') call.ring()
    const leg = { caller: line.identity, dialled, data }
    const outcome = await pursue(
      line,
      reach(dialled, clock, stage, (extension) => ring(extension, leg)),
    )
    if (typeof outcome === 'number') return void call.reject(outcome)
    const answered = isThere(line) && (await call.answer()).ok
    if (answered && isThere(outcome)) join(line, outcome)
    else for (const one of [line, outcome]) one.end()
  }

  async function supervise(line: Line, { mode, extension }: Extract<Destination, { kind: 'supervision' }>): Promise<void> {
    const agentOf = (): Line | undefined => [...lines.values()].find((one) => one.account === extension && board.otherOf(one) !== null)
    if (extension === line.account || !(await parts.maySupervise(line.account))) return void line.call.reject(403)
    if (!agentOf()) return void line.call.reject(480)
    const answered = await line.call.answer()
    const agent = agentOf()
    if (!answered.ok || !agent || !isThere(line)) return line.end()
    if (mode !== 'takeOver') return parts.supervision.begin(line, agent, mode)
    const other = board.release(agent)
    if (other) join(line, other)
    agent.end()
  }

  /** RFC 5589 §6: `other`, who talks with `line`, goes on at another number. */
  async function transferTo(dialled: string, other: Party, line: Line, data: CallData): Promise<number> {
    board.release(line)
    if (destinationOf(dialled).kind === 'hotline') {
      parts.queue.enter(other, data)
      return 200
    }
    other.setHeld(true)
    const leg = { caller: other.identity, dialled, data }
    const reaching = reach(dialled, clock, stage, (extension) => ring(extension, leg))
    const stop = clock.after(transferRingMs, reaching.cancel)
    const outcome = await pursue(other, reaching)
    stop()
    if (typeof outcome === 'number') {
      if (!isThere(other)) return givenUp
      if (isThere(line)) join(line, other)
      else other.end()
      return outcome === givenUp ? 408 : outcome
    }
    if (isThere(other)) join(other, outcome)
    else outcome.end()
    return 200
  }
  /** RFC 5589 §7: the two whom `line` and `consult` talk with are joined. */
  function transferWith(consult: Line | undefined, other: Party, line: Line): number {
    const partner = consult && consult.account === line.account ? board.otherOf(consult) : null
    if (!partner) return 481
    board.release(line)
    join(other, partner)
    return 200
  }
  async function transfer(leg: CallCore, { target, replaces, data }: WantedTransfer): Promise<void> {
    const line = lines.get(leg.id)
    const other = line && board.otherOf(line)
    if (!line || !other) return reportTransfer(leg, 481)
    const consult = replaces === null ? undefined : [...lines.values()].find(({ call }) => call.view().sipCallId === replaces.callId)
    const status = replaces === null ? await transferTo(target, other, line, data) : transferWith(consult, other, line)
    reportTransfer(leg, status)
    if (status !== 200) return
    clock.after(leaveAfterMs, () => {
      for (const one of [line, consult]) if (one && isThere(one)) one.end()
    })
  }

  function changed({ id, state, isHeldByPeer }: Extract<UserAgentEvent, { type: 'callChanged' }>['call']): void {
    const answered = ringing.get(id)
    if (state === 'established' && answered?.call) settle(id, add(answered.call, answered.extension))
    const line = lines.get(id)
    if (!line || holding.has(line) === isHeldByPeer) return
    if (isHeldByPeer) holding.add(line)
    else holding.delete(line)
    board.otherOf(line)?.setHeld(isHeldByPeer)
  }
  function ended(id: string, status: number | null): void {
    settle(id, status ?? 480)
    const line = lines.get(id)
    if (!line) return
    lines.delete(id)
    holding.delete(line)
    line.end()
    pursuits.get(line)?.cancel()
    parts.queue.leave(line)
    parts.supervision.gone(line)
    board.gone(line)
    parts.onBusyChanged()
  }
  /** Whom the replaced call talked with stays. */
  function replaced(replacedId: string, call: SipCall, account: string): void {
    const old = lines.get(replacedId)
    const other = old && board.otherOf(old)
    const line = add(call, account)
    if (other) join(line, other)
  }

  const press = (callId: string, digit: string, durationMs: number): void => {
    const line = lines.get(callId)
    if (line) board.otherOf(line)?.press(digit, durationMs)
  }
  return {
    ring,
    join,
    isBusy: (extension) =>
      [...lines.values()].some(({ account }) => account === extension) || [...ringing.values()].some((one) => one.extension === extension),
    onCall: (call, account, dialled) => void connect(add(call, account), dialled),
    onEvent: (event) => {
      if (event.type === 'callChanged') changed(event.call)
      else if (event.type === 'callEnded') ended(event.call.id, event.end.sipCause)
      else if (event.type === 'digitReceived') press(event.callId, event.digit, event.durationMs ?? 160)
    },
    onReplaced: replaced,
    onTransferAsked: (leg, wanted) => void transfer(leg, wanted),
    onFrame: (callId, frame) => {
      const line = lines.get(callId)
      if (line) board.say(line, frame)
    },
    onDigit: press,
  }
}

interface RingingCall {
  readonly extension: string
  call: SipCall | null
  settle(outcome: Party | number): void
}
