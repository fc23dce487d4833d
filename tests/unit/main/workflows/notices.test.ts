import { beforeEach, describe, expect, it } from 'vitest'
import { createNotices, type Notices } from '#main/workflows/notices'
import {
  createOfflineWatch,
  createUrgentWatch,
  noticeClock,
  noticeOpening,
  noticeParked,
  noticeSession,
  type OfflineWatch,
} from '#main/workflows/raise-notices'
import { sessionView } from '#main/workflows/session-holder'
import type { ConnectionView, Notice } from '#shared/contracts/seat-api/views'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock'
import { caseRowOf } from '../../../fixtures/case-rows'

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

  describe('of an emergency', () => {
    const lead = { accountNo: '0101', role: 'shiftLead' } as const
    const urgent = caseRowOf({ isUrgent: true })
    const calm = caseRowOf()
    const { caseId } = urgent
    const news = { caseId, byNo: '0201', before: undefined, after: urgent }

    it('tell the shift lead once, with the way to the case, however it became urgent', () => {
      const watch = createUrgentWatch(notices)
      watch.follow({ ...news, action: 'register' }, lead)
      expect(shown).toMatchObject([{ title: '紧急件 20261121-0001', text: '污水井盖，解放路 12 号门前，井盖丢失', opens: { caseId } }])
      watch.follow({ ...news, action: 'fileUrgent', before: urgent, after: { ...urgent, address: '别处' } }, lead)
      expect(announced).toHaveLength(1)
      watch.end()
      expect(titles()).toEqual([])
      watch.follow({ ...news, action: 'fileUrgent', before: urgent }, lead)
      watch.follow({ ...news, action: 'amend', before: calm, after: calm }, lead)
      watch.follow({ ...news, action: 'amend', before: calm }, lead)
      expect(announced).toHaveLength(3)
    })

    it('say nothing of ordinary cases, of other steps, of what the shift lead did, and to other posts', () => {
      const watch = createUrgentWatch(notices)
      watch.follow({ ...news, action: 'register', after: calm }, lead)
      watch.follow({ ...news, action: 'amend', before: urgent }, lead)
      watch.follow({ ...news, action: 'dispatch', before: urgent }, lead)
      watch.follow({ ...news, action: 'register', byNo: '0101' }, lead)
      watch.follow({ ...news, action: 'register' }, { ...lead, role: 'dispatcher' })
      expect(announced).toEqual([])
    })

    it('go when it is opened, ends, is urgent no more or may not be seen any more', () => {
      const watch = createUrgentWatch(notices)
      watch.follow({ ...news, action: 'register' }, lead)
      watch.opened(caseId)
      expect(titles()).toEqual([])
      watch.follow({ ...news, action: 'fileUrgent', before: urgent }, lead)
      expect(titles()).toEqual([])
      for (const after of [calm, { ...urgent, endedAt: 9 }, undefined]) {
        watch.follow({ ...news, action: 'dispatch', after }, lead)
        watch.follow({ ...news, action: 'register' }, lead)
        expect(titles()).toHaveLength(1)
        watch.follow({ ...news, action: 'amend', before: urgent, after }, lead)
        expect(titles()).toEqual([])
      }
    })
  })
})
