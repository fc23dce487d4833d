import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Ids } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { patrolReaders } from '#shared/contracts/central-api/patrols'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type PatrolStop, roundAt } from '#shared/domain/patrol/patrol'
import type { Central, IntentKind, Publish, Store } from '../ports'

/**
 * The video patrol at this seat: stops of the day as the centre has them, those of everybody, and one's own that wait to be sent. A stop is a record:
 * it is written here and sent when it can be, so that a patrol goes on without the centre.
 */
export interface PatrolDesk {
  entered(me: Me): void
  left(): void
  heard(stop: PatrolStop): void
  readAgain(): void
  keep(me: Me, input: InputOfCommand<'patrol.keep'>): Result<OutputOfCommand<'patrol.keep'>, AppError>
}

export const patrolKind: IntentKind = {
  title: '视频巡查',
  summary: (body) => `探头 ${(body as PatrolStop).cameraNo}`,
  // That somebody looked nobody takes back.
  canWithdraw: false,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  delivered: () => {},
  parked: () => {},
  requeued: () => {},
  withdrawn: () => {},
}

export function createPatrolDesk(parts: {
  readonly store: Pick<Store, 'transaction' | 'intents'>
  readonly central: Pick<Central, 'call'>
  readonly outbox: { wake(): void }
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly publish: Publish
}): PatrolDesk {
  const { store, central, outbox, ids, now, publish } = parts
  let stops = new Map<string, PatrolStop>()
  let me: Me | undefined
  let turn = 0

  const show = () => publish('patrol.changed', { stops: [...stops.values()].sort((a, b) => a.at - b.at) })
  function takeWaiting(): void {
    for (const { kind, body } of store.intents.list())
      if (kind === 'patrol.keep') stops.set((body as PatrolStop).stopId, body as PatrolStop)
  }
  async function read(): Promise<void> {
    const mine = turn
    const answer = await central.call('patrols.list', { query: { day: roundAt(now()).roundId.slice(0, 10) } })
    if (mine !== turn || !answer.ok) return
    stops = new Map(answer.value.items.map((stop) => [stop.stopId, stop]))
    takeWaiting()
    show()
  }
  return {
    entered(next) {
      turn += 1
      me = next
      stops = new Map()
      if (!patrolReaders.includes(next.role)) return show()
      takeWaiting()
      show()
      void read()
    },
    left() {
      turn += 1
      me = undefined
      stops = new Map()
      show()
    },
    heard(stop) {
      const day = roundAt(now()).roundId.slice(0, 10)
      // Yesterday's are of no use to the round of today.
      for (const [stopId, { roundId }] of stops) if (roundId.slice(0, 10) < day) stops.delete(stopId)
      if (stop.roundId.startsWith(day)) stops.set(stop.stopId, stop)
      show()
    },
    readAgain() {
      if (me && patrolReaders.includes(me.role)) void read()
    },
    keep(author, input) {
      const stop: PatrolStop = { ...input, stopId: ids.uuid(), byNo: author.accountNo, byName: author.name }
      const written = store.transaction(() =>
        store.intents.append({
          ...{ intentId: ids.uuid(), kind: 'patrol.keep', subject: `patrol/${stop.stopId}`, accountNo: author.accountNo, body: stop },
          ...{ createdAt: now(), state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
        }),
      )
      if (!written.ok) return written
      stops.set(stop.stopId, stop)
      show()
      outbox.wake()
      return ok({ stopId: stop.stopId })
    },
  }
}
