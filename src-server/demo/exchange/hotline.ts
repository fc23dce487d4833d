import type { CallData } from '#main/telephony/sip/call-parties'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
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
  waiting(): number
  stop(): void
}

/**
 * What the centre knows of the person at a seat. `unknown`: nobody is signed in there; a telephone without a workstation can still take a call,
 * and a workstation without a person says so itself.
 */
export type Duty = 'ready' | 'engaged' | 'away' | 'unknown'

export interface HotlineParts {
  readonly clock: Clock
  readonly log: Log
  readonly stage: Stage
  readonly registrar: Registrar
  readonly switchboard: () => Switchboard
  /** By extension; asked only while somebody is registered and could be called. */
  readonly duties: () => Promise<ReadonlyMap<string, Duty>>
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
const lookEveryMs = 2_000
const restMs = { busy: 8_000, unattended: 60_000 }
const noData: CallData = { caseNo: null, userToUser: null, extra: {} }
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
  let duties: ReadonlyMap<string, Duty> = new Map()
  let last: Citizen | null = null
  let stopDue: Stop = () => {}
  let stopArrival: Stop | null = null
  let stopLooking: Stop | null = null
  let isAsking = false

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
    else callers.delete(effect.callerId)
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
    tell({ type: 'answered', callerId })
    const party = caller.party ?? (caller.citizen && createSpeaker(stage, identity, caller.citizen.script))
    if (party) parts.switchboard().join(outcome, party)
  }

  const dutyOf = (extension: string): Duty => duties.get(extension) ?? 'unknown'
  const registered = (): readonly string[] => registrar.accounts().filter((one) => seatExtensions.includes(one))
  const tellFree = (): void => {
    const free = registered().filter((extension) => {
      const duty = dutyOf(extension)
      return (duty === 'ready' || duty === 'unknown') && !parts.switchboard().isBusy(extension)
    })
    tell({ type: 'seatsFree', extensions: free })
  }
  /** Who will take a call sooner or later. */
  const onDuty = (): number =>
    registered().filter((extension) => {
      const duty = dutyOf(extension)
      return duty === 'unknown' ? clock.now() - (unattended.get(extension) ?? -Infinity) > restMs.unattended : duty !== 'away'
    }).length

  async function look(): Promise<void> {
    if (isAsking) return
    isAsking = true
    const before = duties
    duties = await parts.duties().catch((cause) => {
      log.warn('could not ask who is ready', { cause: String(cause) })
      return before
    })
    isAsking = false
    // Whoever shows ready just now has not refused anything yet.
    const fresh = registered().filter((extension) => duties.get(extension) === 'ready' && before.get(extension) !== 'ready')
    if (fresh.length > 0) {
      const others = queue.seats.map(({ extension }) => extension).filter((extension) => !fresh.includes(extension))
      tell({ type: 'seatsFree', extensions: others })
    }
    tellFree()
    expectSomebody()
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
      callers.set(callerId, { party: null, citizen, data: noData })
      log.info('a simulated citizen calls', { waiting: callers.size })
      tell({ type: 'joined', callerId, patienceMs })
      expectSomebody()
    })
  }
  /** Nobody is asked about while no seat is there. */
  const keepLooking = (): void => {
    const isWanted = registered().length > 0
    if (isWanted && !stopLooking) {
      stopLooking = clock.every(lookEveryMs, () => {
        keepLooking()
        void look()
      })
      void look()
    }
    if (isWanted) return
    stopLooking?.()
    stopLooking = null
  }

  return {
    enter: (party, data) => {
      const callerId = parts.callId()
      callers.set(callerId, { party, citizen: null, data })
      party.setHeld(true)
      tell({ type: 'joined', callerId, patienceMs: null })
    },
    leave: (party) => {
      const found = [...callers].find(([, caller]) => caller.party === party)
      if (!found) return
      callers.delete(found[0])
      tell({ type: 'left', callerId: found[0] })
    },
    look: () => {
      keepLooking()
      tellFree()
    },
    waiting: () => callers.size,
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
