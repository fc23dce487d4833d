import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre } from './harness'

describe('what comes in through the door of a running seat', () => {
  let centre: TestCentre
  let place: SeatPlace
  beforeEach(async () => {
    centre = await startCentre()
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(async () => {
    await place.remove()
    await centre.stop()
  })

  it('is refused and logged when it is malformed, unknown, from a stranger, or not for this role', async () => {
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0201', password })
    const { api } = seat.seat
    const main = { windowId: 'main', isTrusted: true }
    const answers = [
      await api.handle('dutyLog.append', { kind: 'gossip', text: '机密内容' }, main),
      await api.handle('shell.exec', { text: '机密内容' }, main),
      await api.handle('drafts.get', { key: 'dutyLog/new' }, { windowId: 'stranger', isTrusted: false }),
      await api.handle('accounts.list', {}, main),
    ]
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
      'seatApi/malformed',
      'seatApi/unknownCommand',
      'seatApi/unknownSender',
      'auth/forbidden',
    ])
    const refusals = seat.log.lines.filter(({ message }) => message === 'command refused')
    expect(refusals.map(({ fields }) => [fields.windowId, fields.command, fields.code])).toEqual([
      ['main', 'dutyLog.append', 'seatApi/malformed'],
      ['main', 'shell.exec', 'seatApi/unknownCommand'],
      ['stranger', 'drafts.get', 'seatApi/unknownSender'],
      ['main', 'accounts.list', 'auth/forbidden'],
    ])
    expect(JSON.stringify(seat.log.lines)).not.toContain('机密内容')
  })

  it('leaves no password, token or draft in the log of a working day', async () => {
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0201', password })
    await seat.must('drafts.save', { key: 'dutyLog/new', body: '张三的电话' })
    await seat.must('dutyLog.append', { kind: 'event', text: '李四的住址' })
    await seat.until('outbox.changed', ({ intents }) => intents.length === 0)
    await seat.must('session.lock', {})
    await seat.must('session.unlock', { password })
    await seat.must('session.signOut', {})
    const text = JSON.stringify(seat.log.lines)
    for (const secret of [password, '张三', '李四', '林小燕', 'Bearer']) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/accessToken|refreshToken/)
  })

  it('administers live: creates, changes under a version, and says who was faster', async () => {
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0001', password })
    const made = await seat.must('seats.create', { seatNo: '77', name: '新席', extension: null })
    await seat.must('seats.update', { seatId: made.seatId, version: made.version, name: '改过' })
    const late = await seat.call('seats.update', { seatId: made.seatId, version: made.version, name: '晚了' })
    expect(late).toMatchObject({ ok: false, error: { code: 'record/stale', message: expect.stringContaining('第 2 版') } })
    const account = { accountNo: '0778', name: '新人', roles: ['intake' as const], password: 'Xinren-2026-kouling' }
    const created = await seat.must('accounts.create', account)
    await seat.must('accounts.update', { accountId: created.accountId, version: created.version, isEnabled: false })
    await seat.must('accounts.resetPassword', { accountId: created.accountId, password: 'Chongshe-2026-kouling' })
    expect((await seat.must('accounts.list', { text: '新人' })).items).toMatchObject([{ accountNo: '0778', isEnabled: false }])
    expect((await seat.must('audit.list', { limit: 10 })).items.length).toBeGreaterThan(3)
  })

  it('remembers the theme, each post’s layout and its worklists over a restart, and describes itself to IT', async () => {
    const first = await place.start()
    await first.must('session.signIn', { accountNo: '0201', password })
    await first.must('settings.setTheme', { theme: 'dark' })
    await first.must('settings.saveLayout', { role: 'intake', layout: { main: 'dutyLog', side: 'reference', sideShare: 30 } })
    const list = {
      queue: 'toAccept',
      columns: [{ key: 'address', isShown: true, width: 240 }],
      sort: [{ column: 'lamp', direction: 'ascending' }],
      grouping: 'street',
      isPreviewShown: false,
    } as const
    await first.must('settings.saveCaseList', { role: 'intake', list: { ...list, columns: [...list.columns], sort: [...list.sort] } })
    await first.stop()
    const seat = await place.start()
    expect(await seat.state('settings.changed')).toEqual({
      theme: 'dark',
      layouts: { intake: { main: 'dutyLog', side: 'reference', sideShare: 30 } },
      caseLists: { intake: list },
    })
    expect(await seat.must('diagnostics.get', {})).toMatchObject({ dataFolder: place.dataFolder, secretsKeptIn: 'file' })
    expect(await seat.must('windows.popOut', { pane: 'dutyLog' })).toEqual({ address: '/?pane=dutyLog' })
  })
})
