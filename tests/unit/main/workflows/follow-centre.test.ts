import { beforeEach, describe, expect, it } from 'vitest'
import { createHeardLocks } from '#main/workflows/cases/heard-locks'
import type { SeatContext } from '#main/workflows/context'
import { type CentreFollower, createCentreFollower } from '#main/workflows/follow-centre'
import { createViews } from '#main/workflows/views'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CaseLocksView } from '#shared/contracts/seat-api/case-views'
import type { ServerEvent } from '#shared/contracts/server-events/table'
import { onDuty } from '../../../fakes/fake-central'
import { createFakeClock, type FakeClock, settle } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'

const opened = (seq: number, seatNo: string): ServerEvent => ({
  seq,
  name: 'session.opened',
  at: 1,
  payload: onDuty(`01${seatNo}`, seatNo, `session-${seatNo}`),
})

describe('following the centre', () => {
  let clock: FakeClock
  let follower: CentreFollower
  let cursor: number | undefined
  let isFull: boolean
  let isUp: boolean
  let centreSeq: number
  let asked: string[]
  let startedAfter: (number | undefined)[]
  let locks: CaseLocksView['locks']
  const snapshots = new Map<string, { state: unknown; readAt: number }>()
  const seats = () => ((snapshots.get('onDuty')?.state ?? []) as { seatNo: string }[]).map(({ seatNo }) => seatNo)

  beforeEach(() => {
    clock = createFakeClock(1_000)
    cursor = 10
    isFull = false
    isUp = true
    centreSeq = 50
    asked = []
    startedAfter = []
    snapshots.clear()
    const store = {
      transaction: (work: () => unknown) => (isFull ? err(appError('store/full')) : ok(work())),
      caseFlow: { keep: () => {}, keepGap: () => {}, since: () => ({ flows: [], isWhole: true }) },
      eventCursor: {
        get: () => cursor,
        set: (seq: number) => {
          cursor = seq
        },
      },
      snapshots: {
        get: (name: string) => snapshots.get(name),
        put: (name: string, state: unknown, readAt: number) => void snapshots.set(name, { state, readAt }),
      },
      reference: { manifest: () => ({ entries: [], readAt: null }), get: () => undefined, replaceManifest: () => {}, put: () => {} },
      cases: { readAt: () => 1 },
      dutyLog: { newest: () => [], applyFromCentral: () => {} },
      settings: { get: () => undefined },
    } as unknown as SeatContext['store']
    const cases = { store: () => {}, shown: () => {}, queues: () => [], beginReading: () => ({ finish: () => ok(undefined) }) }
    const session = { current: () => ({ me: { sessionId: 'mine', role: 'presenter' } }) } as unknown as SeatContext['session']
    const central: SeatContext['central'] = {
      call: async (name) => {
        asked.push(name)
        if (!isUp) return err(appError('central/offline'))
        const answers: Record<string, unknown> = {
          'onDuty.list': { items: [onDuty('0901', '09', 'whole')], seq: centreSeq },
          'reference.manifest': { items: [] },
        }
        return ok(answers[name]) as never
      },
    }
    follower = createCentreFollower({
      store,
      central,
      session,
      cases: cases as unknown as SeatContext['cases'],
      locks: createHeardLocks((_, state) => {
        locks = (state as CaseLocksView).locks
      }),
      prefetch: { start: () => {}, stop: () => {} },
      urgentWatch: { follow: () => {}, opened: () => {}, end: () => {} },
      handWatch: { follow: () => {}, end: () => {} },
      walls: { heard: () => {}, readAgain: () => {} } as unknown as SeatContext['walls'],
      steering: { heard: () => {}, forget: () => {} },
      quality: { heard: () => {} } as unknown as SeatContext['quality'],
      patrol: { readAgain: () => {}, heard: () => {} } as unknown as SeatContext['patrol'],
      cameraStates: { readAgain: () => {}, heard: () => {}, entered: () => {}, left: () => {} },
      equipment: { readAgain: () => {}, heardStep: () => {}, heardItem: () => {} } as unknown as SeatContext['equipment'],
      telephone: { directed: () => {} } as unknown as SeatContext['telephone'],
      sealer: { hear: () => {} } as unknown as SeatContext['sealer'],
      handovers: { store: () => {}, show: () => {} } as unknown as SeatContext['handovers'],
      clock,
      now: clock.now,
      log: createKeptLog(),
      views: createViews({ store, session, outbox: { view: () => ({ waiting: 0, parked: 0, intents: [] }) }, publish: () => {} }),
      stream: { start: (after) => void startedAfter.push(after), retryNow: () => {}, stop: () => {} },
    })
  })

  it('goes on from its cursor after a restart and takes events in order, each once', async () => {
    follower.begin('cursor')
    await settle()
    expect(startedAfter).toEqual([10])
    for (const event of [opened(11, '01'), opened(11, '01'), opened(12, '02'), opened(9, '03')]) follower.take(event)
    expect({ cursor, seats: seats() }).toEqual({ cursor: 12, seats: ['01', '02'] })
    expect(asked).toEqual(['reference.manifest'])
  })

  it('reads everything after a sign-in, and again after a gap, going on behind what it read', async () => {
    follower.begin('whole')
    await settle()
    expect({ cursor, startedAfter, seats: seats() }).toEqual({ cursor: 50, startedAfter: [50], seats: ['09'] })
    centreSeq = 60
    follower.take(opened(53, '01'))
    follower.take(opened(54, '02'))
    await settle()
    expect({ cursor, startedAfter, seats: seats() }).toEqual({ cursor: 60, startedAfter: [50, 60], seats: ['09'] })
    expect(asked.filter((name) => name === 'onDuty.list')).toHaveLength(2)
  })

  it('steps over what was for others without reading anew, and sees a gap before it', async () => {
    follower.begin('cursor')
    await settle()
    follower.pass({ after: 10, upTo: 14 })
    follower.pass({ after: 10, upTo: 12 })
    follower.take(opened(15, '01'))
    await settle()
    expect({ cursor, seats: seats(), asked }).toEqual({ cursor: 15, seats: ['01'], asked: ['reference.manifest'] })
    follower.pass({ after: 16, upTo: 17 })
    await settle()
    expect({ cursor, startedAfter }).toEqual({ cursor: 50, startedAfter: [10, 50] })
    isFull = true
    follower.pass({ after: 50, upTo: 51 })
    await settle()
    expect(cursor, 'a full disk is not stepped over either').toBe(50)
  })

  it('hears who edits which case, the latest word only, and forgets it when something may have been missed', async () => {
    follower.begin('cursor')
    await settle()
    const lock = { accountNo: '0102', name: '郑国平', seatNo: '10', until: 300_000 }
    const locked = (seq: number, caseId: string, to: typeof lock | null): ServerEvent => ({
      ...{ seq, name: 'case.locked', at: 1, payload: { caseId, lock: to } },
    })
    for (const event of [locked(11, 'one', lock), locked(12, 'two', lock), locked(13, 'one', null)]) follower.take(event)
    expect(locks).toEqual([
      { caseId: 'two', lock },
      { caseId: 'one', lock: null },
    ])
    follower.take(locked(20, 'three', lock))
    expect(locks).toEqual([])
    await settle()
  })

  it('reads everything when the centre says that its log begins later, or that it is another one', async () => {
    follower.begin('cursor')
    await settle()
    centreSeq = 3
    follower.take({ seq: 3, name: 'stream.reset', at: 1, payload: { oldestSeq: 1, latestSeq: 3 } })
    await settle()
    expect({ cursor, startedAfter }).toEqual({ cursor: 3, startedAfter: [10, 3] })
  })

  it('does not step over an event that a full disk would not take', async () => {
    follower.begin('cursor')
    await settle()
    isFull = true
    follower.take(opened(11, '01'))
    await clock.advance(5_000)
    expect(cursor).toBe(10)
    isFull = false
    await clock.advance(5_000)
    expect({ cursor, seats: seats() }).toEqual({ cursor: 50, seats: ['09'] })
  })

  it('tries again after 5 s, at once when the centre is back, and not at all once it has ended', async () => {
    isUp = false
    follower.begin('whole')
    await clock.advance(5_000)
    expect(asked).toEqual(['onDuty.list', 'onDuty.list'])
    isUp = true
    follower.retry()
    await settle()
    expect(startedAfter).toEqual([50])
    isUp = false
    follower.take(opened(99, '01'))
    await settle()
    follower.end()
    expect(clock.pending()).toBe(0)
    const before = asked.length
    follower.take(opened(100, '01'))
    follower.retry()
    await clock.advance(60_000)
    expect(asked).toHaveLength(before)
  })
})
