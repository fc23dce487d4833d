import { beforeEach, describe, expect, it } from 'vitest'
import { createNotices, type Notices } from '#main/workflows/notices'
import {
  createOfflineWatch,
  noticeClock,
  noticeOpening,
  noticeParked,
  noticeSession,
  type OfflineWatch,
} from '#main/workflows/raise-notices'
import { sessionView } from '#main/workflows/session-holder'
import type { ConnectionView, Notice } from '#shared/contracts/seat-api/views'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock'

const connection: ConnectionView = {
  state: 'online',
  since: 1,
  lastHeardAt: 1,
  roundTripMs: 1,
  clockOffsetMs: 0,
  serverVersion: '1',
  reason: null,
}
const outbox = (parked: number) => ({ waiting: 0, parked, intents: [] })

describe('notices', () => {
  let clock: FakeClock
  let notices: Notices
  let shown: readonly Notice[]
  let announced: string[]
  let offlineWatch: OfflineWatch
  beforeEach(() => {
    let made = 0
    clock = createFakeClock(1_000)
    shown = []
    announced = []
    notices = createNotices({
      ids: { uuid: () => `id-${++made}` },
      now: clock.now,
      publish: (_, state) => {
        shown = (state as { notices: readonly Notice[] }).notices
      },
      announce: ({ title }) => void announced.push(title),
    })
    offlineWatch = createOfflineWatch(notices, clock)
  })
  const titles = () => shown.map(({ title }) => title)

  it('appear once for a condition, anew when it grows, and go with it', () => {
    noticeParked(notices, outbox(1))
    noticeParked(notices, outbox(1))
    expect(announced).toEqual(['1 条记录未被接受'])
    noticeParked(notices, outbox(2))
    expect(titles()).toEqual(['2 条记录未被接受'])
    expect(announced).toHaveLength(2)
    noticeParked(notices, outbox(0))
    expect(titles()).toEqual([])
  })

  it('stay away once dismissed, until the condition begins again', () => {
    noticeClock(notices, { ...connection, clockOffsetMs: 9_000 })
    notices.dismiss(shown[0]?.noticeId ?? '')
    noticeClock(notices, { ...connection, clockOffsetMs: 11_000 })
    expect(titles()).toEqual([])
    noticeClock(notices, { ...connection, clockOffsetMs: 5_000 })
    noticeClock(notices, { ...connection, clockOffsetMs: -5_001 })
    expect(titles()).toEqual(['本机时钟比中心快'])
    expect(announced).toEqual(['本机时钟比中心慢', '本机时钟比中心快'])
  })

  it('tell of a centre that is away for a minute, not of one that is back before', async () => {
    offlineWatch.follow({ ...connection, state: 'offline' })
    await clock.advance(59_000)
    offlineWatch.follow(connection)
    await clock.advance(60_000)
    expect(announced).toEqual([])
    offlineWatch.follow({ ...connection, state: 'offline' })
    await clock.advance(30_000)
    offlineWatch.follow({ ...connection, state: 'offline' })
    await clock.advance(30_000)
    expect(titles()).toEqual(['中心连不上已超过一分钟'])
    offlineWatch.follow(connection)
    expect(titles()).toEqual([])
    offlineWatch.stop()
    expect(clock.pending()).toBe(0)
  })

  it('tell of an expired session, but not of an offline sign-in, whose banner says so already', () => {
    const view = { ...sessionView(undefined, '02', false), state: 'signedIn' as const, needsSignIn: true }
    noticeSession(notices, { ...view, admittedBy: 'offline' })
    expect(titles()).toEqual([])
    noticeSession(notices, { ...view, admittedBy: 'central' })
    expect(titles()).toEqual(['签入已过期'])
    noticeSession(notices, { ...view, admittedBy: 'central', needsSignIn: false })
    expect(titles()).toEqual([])
  })

  it('tell of a database that had to be recovered', () => {
    const facts = { bytes: 1, schemaVersion: 1, isEncrypted: false, lastBackupAt: null, slowStatements: 0 }
    noticeOpening(notices, { ...facts, opening: { how: 'opened' } })
    expect(titles()).toEqual([])
    noticeOpening(notices, { ...facts, opening: { how: 'recovered', keptAside: 'seat.db.damaged', backupAt: 5, salvaged: 3 } })
    expect(shown).toMatchObject([{ level: 'error', title: '本机数据库曾损坏', text: expect.stringContaining('救回 3 条') }])
  })
})
