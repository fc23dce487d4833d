import { beforeEach, expect, it } from 'vitest'
import { createHandWatch } from '#main/workflows/telephone/hand-watch'
import { createQueueWatch, queueReadEveryMs } from '#main/workflows/telephone/queue-watch'
import { createSupervisionDesk, type SupervisionDesk } from '#main/workflows/telephone/supervision'
import { err, ok, type Result } from '#shared/base/result'
import type { AgentOnBoard, QueueNow } from '#shared/contracts/central-api/calls'
import { appError } from '#shared/contracts/errors'
import { usualProfile } from '#shared/contracts/exchange-profile'
import type { QueueView } from '#shared/contracts/seat-api/telephone-views'
import { listenerLastsMs, listenerSignEveryMs, type SupervisionMode } from '#shared/domain/call/supervision'
import { createFakeClock } from '../../../../fakes/fake-clock'
import { createKeptLog } from '../../../../fakes/kept-log'

const clock = createFakeClock(1_800_000_000_000)
const asked: unknown[] = []
const raised: string[] = []
let answer: Result<unknown, ReturnType<typeof appError>> = ok({})
let calls: { callId: string; purpose: string; phase: string }[] = []
const requests: { type: string }[] = []
let isCut = false
const lost: string[] = []

const agent = { seatNo: '02', accountNo: '0201', name: '王芳', phase: 'talking' } as AgentOnBoard
const snapshots = {
  get: (name: string) =>
    name === 'agents'
      ? { state: [agent], readAt: 0 }
      : { state: { seats: [{ seatNo: '02', name: '一排', extension: '8002' }] }, readAt: 0 },
  put: () => {},
}
const note = { supervisionId: 's1', mode: 'listen' as SupervisionMode, accountNo: '0201', name: '王芳', seatNo: '02' }

function createDesk(): SupervisionDesk {
  let id = 0
  return createSupervisionDesk({
    ids: { uuid: () => `id${++id}` } as never,
    now: () => clock.now(),
    store: { snapshots } as never,
    central: {
      call: async (_: unknown, { body }: { body: unknown }) => {
        asked.push(body)
        return answer
      },
    } as never,
    notices: { raise: (key: string) => raised.push(key) },
    log: createKeptLog(),
    profile: () => ({
      ...usualProfile,
      name: '',
      domain: 'a',
      account: '1',
      supervision: { listen: { target: '*91{seat}', headers: {} } },
    }),
    desk: () =>
      ({
        telephone: () => ({ calls, isConference: false, focusId: null }),
        notesOf: () => ({ supervision: note }),
        ask: async (request: { type: string }) => {
          requests.push(request)
          return ok(undefined)
        },
      }) as never,
    isCut: () => isCut,
    lose: (callId) => void lost.push(callId),
    handOver: { expect: () => {}, follow: () => {} },
    onChanged: () => {},
    after: (ms, action) => clock.after(ms, action),
  })
}
const told = (state: 'asked' | 'on' | 'ended', mode: SupervisionMode = 'listen', at = clock.now()) => ({
  ...{ supervisionId: 's1', accountNo: '0201', byNo: '0101', byName: '沈玉梅', at, mode, state },
})

beforeEach(() => {
  asked.length = 0
  raised.length = 0
  requests.length = 0
  lost.length = 0
  isCut = false
  answer = ok({})
  calls = []
})

it('begins nothing that the exchange does not offer or the centre has not written down', async () => {
  const desk = createDesk()
  expect(await desk.begin({ accountNo: '0201', mode: 'whisper' })).toMatchObject({ ok: false, error: { code: 'phone/noSupervision' } })
  expect(asked).toEqual([])
  answer = err(appError('agent/notTalking', { name: '王芳' }))
  expect(await desk.begin({ accountNo: '0201', mode: 'listen' })).toMatchObject({ ok: false, error: { code: 'agent/notTalking' } })
  expect(requests).toEqual([])
  answer = ok({})
  expect((await desk.begin({ accountNo: '0201', mode: 'listen' })).ok).toBe(true)
  expect(requests).toMatchObject([{ type: 'dial', call: { purpose: 'supervision', remote: { number: '8002' } } }])
})

it('mutes who only listens, and gives a sign of life while it lasts', async () => {
  const desk = createDesk()
  calls = [{ callId: 'c', purpose: 'supervision', phase: 'talking' }]
  desk.connected('c')
  expect(requests).toEqual([{ type: 'mute', callId: 'c', on: true }])
  desk.tick()
  expect(asked).toHaveLength(1)
  await clock.advance(listenerSignEveryMs)
  desk.tick()
  desk.ended('c', note)
  expect(asked).toEqual(['on', 'on', 'ended'].map((state) => ({ mode: 'listen', state })))
})

it('shows who listens until they go, their PC dies, or the call is over', async () => {
  const desk = createDesk()
  calls = [{ callId: 'c', purpose: 'hotline', phase: 'talking' }]
  expect(desk.told(told('asked'))).toBe(false)
  expect(desk.told(told('on'))).toBe(true)
  // Again is no news, and the beginning stays.
  const [{ since } = { since: 0 }] = desk.listeners()
  await clock.advance(30_000)
  expect(desk.told(told('on'))).toBe(false)
  expect(desk.listeners()).toEqual([{ accountNo: '0101', name: '沈玉梅', mode: 'listen', since }])
  await clock.advance(listenerLastsMs + 1)
  desk.tick()
  expect(desk.listeners()).toEqual([])
  // An old word that was caught up with after an absence.
  expect(desk.told(told('on', 'listen', clock.now() - listenerLastsMs - 1))).toBe(false)
  desk.told(told('on', 'takeOver'))
  expect(raised).toEqual(['takenOver/s1'])
  calls = []
  desk.tick()
  expect(desk.listeners()).toEqual([])
})

it('tells a lead once of each raised hand, and takes it back with it', () => {
  const events: string[] = []
  const watch = createHandWatch({ raise: (key) => events.push(`+${key}`), settle: (key) => events.push(`-${key}`) })
  const lead = { accountNo: '0101', role: 'shiftLead' } as const
  const hand = { since: 5, reason: '紧急或重大情况' }
  watch.follow({ ...agent, hand }, { accountNo: '0202', role: 'intake' })
  watch.follow({ ...agent, hand }, lead)
  watch.follow({ ...agent, hand }, lead)
  watch.follow({ ...agent, hand: null }, lead)
  watch.follow({ ...agent, hand: null }, lead)
  watch.follow({ ...agent, hand: { ...hand, since: 9 } }, lead)
  watch.end()
  expect(events).toEqual(['+hand/0201', '-hand/0201', '+hand/0201', '-hand/0201'])
})

it('keeps the last queue that it read, with its age, and asks nobody while nobody is there', async () => {
  const shown: QueueView[] = []
  let queue: Result<{ queue: QueueNow | null }, ReturnType<typeof appError>> = ok({
    queue: { waiting: [{ since: 3 }, { since: 8 }], members: [{ extension: '8001', state: 'free' }], at: 10 },
  })
  let isWanted = true
  let reads = 0
  const call = async () => {
    reads += 1
    return queue
  }
  const watch = createQueueWatch({
    onRead: () => {},
    ...{ clock, now: clock.now, central: { call } as never, isWanted: () => isWanted },
    publish: (_, state) => shown.push(state as QueueView),
  })
  const settle = async () => {
    await clock.advance(queueReadEveryMs)
    await Promise.resolve()
    await Promise.resolve()
  }
  await settle()
  expect(shown.at(-1)).toEqual({ state: 'known', waiting: 2, longestSince: 3, free: 1, readAt: 10 })
  queue = err(appError('cti/offline'))
  await settle()
  expect(shown.at(-1)).toMatchObject({ waiting: 2, readAt: 10 })
  isWanted = false
  await settle()
  expect(reads).toBe(2)
  watch.restart()
  expect(shown.at(-1)).toMatchObject({ state: 'unknown' })
  watch.stop()
})

it('ends by itself when the exchange is cut off, so that nothing stays listening; a citizen’s call is left alone', async () => {
  const desk = createDesk()
  calls = [
    { callId: 'a', purpose: 'supervision', phase: 'talking' },
    { callId: 'b', purpose: 'hotline', phase: 'talking' },
  ]
  desk.connected('a')
  desk.tick()
  expect(lost).toEqual([])
  isCut = true
  await clock.advance(60_000)
  asked.length = 0
  desk.tick()
  expect(lost).toEqual(['a'])
  desk.ended('a', note)
  // The centre hears of the end, and no more that anybody is there.
  expect(asked).toEqual([{ mode: 'listen', state: 'ended' }])
})
