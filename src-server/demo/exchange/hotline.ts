import type { CallData } from '#main/telephony/sip/call-parties'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { ok } from '#shared/base/result'
import type { SatisfactionAnswer } from '#shared/domain/call/satisfaction'
import { type Cti, createCtiListeners, type Pause, type QueueMember } from '../../cti/cti'
import { chanceOf } from '../city/random'
import { seatExtensions } from './dial-plan'
import { type Citizen, nextArrival } from './parties/citizens'
import type { Party } from './parties/patchboard'
import { createSpeaker, type Stage } from './parties/played'
import { dueAt, emptyQueue, type HotlineQueue, type QueueEffect, type QueueEvent, stepQueue } from './queue'
import type { Reaching } from './reach'
import type { Registrar } from './signalling/registrar'
import type { Switchboard } from './switchboard'

/** The hotline 12319: citizens and telephones come, wait, and are put through to the hall's seats by the table in `queue.ts`. */
export interface Hotline {
  enter(party: Party, data: CallData): void
  leave(party: Party): void
  /** Registrations or calls changed: look who is free. */
  look(): void
  /** A citizen pressed a key in the announcement after a call. */
  rated(ref: string, answer: SatisfactionAnswer): void
  /** The queue as the centre sees it. */
  readonly cti: Cti
  stop(): void
}

export interface HotlineParts {
  readonly clock: Clock
  readonly log: Log
  readonly stage: Stage
  readonly registrar: Registrar
  readonly switchboard: () => Switchboard
  readonly callId: () => string
  /** Times of reality; 0 = no citizens. */
  readonly speed: number
  readonly seed: number
}

interface Caller {
  /** Null: a citizen, who is played from the moment of being put through. */
  readonly party: Party | null
  readonly citizen: Citizen | null
  readonly data: CallData
}

export const hotlineNumber = '12319'
/** Registrations run out without a word, and a seat that nobody sat at may have been taken. */
const lookEveryMs = 15_000
const restMs = { busy: 8_000, unattended: 60_000 }
const noData: CallData = { caseNo: null, userToUser: null, extra: {} }
/** What the seat's own telephone calls itself (`src-main/telephony/open-line.ts`). */
const workstation = 'seat-workstation/'
/** A citizen who hears that so many wait does not even stay. */
const mostWaitingPerSeat = 2

export function createHotline(parts: HotlineParts): Hotline {
  const { clock, registrar, stage, speed } = parts
  const log = parts.log.child({ room: 'demo-exchange' })
  const chance = chanceOf(parts.seed)
  const callers = new Map<string, Caller>()
  const ringing = new Map<string, Reaching>()
  const unattended = new Map<string, number>()
  let queue: HotlineQueue = emptyQueue
  const pauses = new Map<string, Pause | null>()
  const listeners = createCtiListeners((cause) => log.error('a listener of the queue failed', { cause: String(cause) }))
  let last: Citizen | null = null
  let stopDue: Stop = () => {}
  let stopArrival: Stop | null = null
  let stopLooking: Stop | null = null

  const tell = (event: QueueEvent): void => {
    const step = stepQueue(queue, event, clock.now())
    queue = step.queue
    for (const effect of step.effects) perform(effect)
    stopDue()
    const due = dueAt(queue)
    stopDue = due === null ? () => {} : clock.after(Math.max(0, due - clock.now()), () => tell({ type: 'timePassed' }))
  }
  const perform = (effect: QueueEffect): void => {
    if (effect.type === 'ring') void ring(effect.callerId, effect.extension)
    else if (effect.type === 'stopRinging') ringing.get(effect.callerId)?.cancel()
    else if (callers.delete(effect.callerId)) left(effect.callerId, null)
  }
  async function ring(callerId: string, extension: string): Promise<void> {
    const caller = callers.get(callerId)
    if (!caller) return
    const identity = caller.party?.identity ?? identityOf(caller.citizen)
    const reaching = parts.switchboard().ring(extension, { caller: identity, dialled: hotlineNumber, data: caller.data })
    ringing.set(callerId, reaching)
    const outcome = await reaching.outcome
    if (ringing.get(callerId) === reaching) ringing.delete(callerId)
    if (typeof outcome === 'number') {
      const isUnattended = outcome === 480
      if (isUnattended) unattended.set(extension, clock.now())
      return tell({ type: 'refused', callerId, extension, restMs: isUnattended ? restMs.unattended : restMs.busy })
    }
    // The caller gave up in the moment of the answer.
    if (!callers.delete(callerId)) return outcome.end()
    left(callerId, extension)
    tell({ type: 'answered', callerId })
    const party = caller.party ?? (caller.citizen && createSpeaker(stage, identity, caller.citizen.script, caller.citizen.key))
    if (party) parts.switchboard().join(outcome, party)
  }

  /**
   * `unknown`: nobody is signed in there, but the telephone is no workstation and can take a call by itself. A workstation without a person is away: it
   * would list every call as missed.
   */
  const dutyOf = (extension: string): 'ready' | 'wrapUp' | 'away' | 'unknown' => {
    const pause = pauses.has(extension) ? pauses.get(extension) : 'signedOut'
    if (pause === 'signedOut') return registrar.find(extension)?.product.startsWith(workstation) ? 'away' : 'unknown'
    return pause === 'notReady' ? 'away' : pause === 'wrapUp' ? 'wrapUp' : 'ready'
  }
  const registered = (): readonly string[] => registrar.accounts().filter((one) => seatExtensions.includes(one))
  const isFree = (extension: string): boolean => {
    const duty = dutyOf(extension)
    return (duty === 'ready' || duty === 'unknown') && !parts.switchboard().isBusy(extension)
  }
  const tellFree = (): void => tell({ type: 'seatsFree', extensions: registered().filter(isFree) })
  /** Who will take a call sooner or later. */
  const onDuty = (): number =>
    registered().filter((extension) => {
      const duty = dutyOf(extension)
      return duty === 'unknown' ? clock.now() - (unattended.get(extension) ?? -Infinity) > restMs.unattended : duty !== 'away'
    }).length
  const look = (): void => {
    keepLooking()
    tellFree()
    expectSomebody()
  }
  const pauseMember = (extension: string, pause: Pause | null): void => {
    const before = dutyOf(extension)
    pauses.set(extension, pause)
    // Whoever shows ready just now has not refused anything yet: the rest of the seat is over.
    if (pause === null && before !== 'ready')
      tell({ type: 'seatsFree', extensions: registered().filter((one) => one !== extension && isFree(one)) })
    look()
  }
  function expectSomebody(): void {
    const seats = onDuty()
    if (stopArrival || speed <= 0 || seats === 0 || callers.size >= seats * mostWaitingPerSeat) return
    const { afterMs, citizen, patienceMs } = nextArrival(chance, { seats, speed, last })
    stopArrival = clock.after(afterMs, () => {
      stopArrival = null
      if (onDuty() === 0) return
      last = citizen
      const callerId = parts.callId()
      log.info('a simulated citizen calls', { waiting: callers.size })
      join(callerId, { party: null, citizen, data: noData }, patienceMs)
      expectSomebody()
    })
  }
  /** No timer runs while no seat is there. */
  function keepLooking(): void {
    const isWanted = registered().length > 0
    if (isWanted) stopLooking ??= clock.every(lookEveryMs, look)
    else {
      stopLooking?.()
      stopLooking = null
    }
  }
  const left = (callerId: string, extension: string | null): void =>
    listeners.tell({ type: 'callerLeft', callerId, extension, at: clock.now() })
  const join = (callerId: string, caller: Caller, patienceMs: number | null): void => {
    callers.set(callerId, caller)
    listeners.tell({ type: 'callerJoined', callerId, at: clock.now() })
    tell({ type: 'joined', callerId, patienceMs })
  }

  return {
    enter: (party, data) => {
      const callerId = parts.callId()
      party.setHeld(true)
      join(callerId, { party, citizen: null, data }, null)
    },
    leave: (party) => {
      const found = [...callers].find(([, caller]) => caller.party === party)
      if (!found) return
      callers.delete(found[0])
      left(found[0], null)
      tell({ type: 'left', callerId: found[0] })
    },
    look,
    rated: (ref, answer) => listeners.tell({ type: 'callRated', ref, answer, at: clock.now() }),
    cti: {
      pauseMember: async (extension, pause) => {
        pauseMember(extension, pause)
        return ok(undefined)
      },
      queueStatus: async () => {
        const stateOf = (extension: string): QueueMember['state'] => {
          if (registrar.find(extension) === null) return 'away'
          if (parts.switchboard().isBusy(extension)) return 'busy'
          return isFree(extension) ? 'free' : 'paused'
        }
        const members = seatExtensions.map((extension) => ({ extension, state: stateOf(extension) }))
        return ok({ waiting: queue.callers.map(({ callerId, since }) => ({ callerId, since })), members })
      },
      onEvent: listeners.add,
      isUp: () => true,
      stop: async () => {},
    },
    stop: () => {
      stopDue()
      stopArrival?.()
      stopLooking?.()
      for (const one of ringing.values()) one.cancel()
    },
  }
}

/** On every display it says that this is no real citizen. */
const identityOf = (citizen: Citizen | null) => ({ number: citizen?.number ?? null, name: citizen ? `演示 ${citizen.name}` : null })
