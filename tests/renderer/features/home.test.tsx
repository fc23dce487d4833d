import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { seatRoleIds } from '#shared/domain/account/role'
import { fakeUuid } from '../../../src-renderer/bridge/fake-data'
import { HomePane } from '../../../src-renderer/features/home/home-pane'
import { show } from './show'

const section = (name: string) => page.getByRole('region', { name, exact: true })

describe('the home', () => {
  it.each(seatRoleIds)('opens for %s without a fault', async (role) => {
    await show(<HomePane />, role)
    await expect.element(section('首页')).toBeVisible()
    await expect.element(section('本机与中心')).toMatchTextContent('已连接')
  })

  it('counts down to the handover and names the lead on duty', async () => {
    // 12:30 in China, half an hour before the handover of the morning shift.
    const noon = Date.UTC(2026, 10, 21, 4, 30)
    await show(<HomePane />, 'intake', {
      now: () => noon,
      prepare(core) {
        const connection = core.state('connection.changed')
        core.publish('connection.changed', { ...connection, clockOffsetMs: noon - Date.now() })
      },
    })
    await expect.element(section('本班')).toMatchTextContent('上午班07:00–13:00')
    await expect.element(section('本班')).toMatchTextContent('距交接29 分')
    await expect.element(section('本班')).toMatchTextContent('值班长沈玉梅·坐席 04')
    await expect.element(page.getByRole('img', { name: '临近交接' })).toBeVisible()
  })

  it('leaves internal ids out of the latest audit', async () => {
    await show(<HomePane />, 'admin')
    await expect.element(section('最近审计').getByRole('row').nth(1)).toMatchTextContent('签入')
    await expect.element(section('最近审计')).not.toMatchTextContent(fakeUuid(700).slice(0, 12))
  })

  it('says when nobody leads the shift', async () => {
    await show(<HomePane />, 'intake', { prepare: (core) => core.publish('onDuty.changed', { people: [], readAt: 0 }) })
    await expect.element(section('本班')).toMatchTextContent('此刻没有值班长在岗')
  })

  it('lists who is at a seat by seat number, and marks the list stale without the centre', async () => {
    const { core } = await show(<HomePane />, 'shiftLead')
    const people = section('在岗人员')
    await expect.element(people.getByRole('row').nth(1)).toMatchTextContent('04沈玉梅值班长')
    await expect.element(people).not.toMatchTextContent('截至')
    core.setOffline(true)
    await expect.element(people).toMatchTextContent(/截至 \d\d:\d\d/)
  })

  it('speaks of what waits to be sent only when something waits', async () => {
    const { core, opened } = await show(<HomePane />, 'intake')
    await expect.element(section('本机与中心')).toBeVisible()
    await expect.element(section('待发送')).not.toBeInTheDocument()
    const intent = { intentId: fakeUuid(1), kind: 'dutyLog.append', title: '工作日志', summary: '', editableText: '', accountNo: '0101' }
    const rest = { createdAt: Date.now(), state: 'parked' as const, attempts: 1, nextAttemptAt: null, reason: null }
    core.publish('outbox.changed', { waiting: 0, parked: 1, intents: [{ ...intent, ...rest }] })
    await expect.element(section('待发送')).toMatchTextContent('1 条，须改后重发或撤回')
    await section('待发送').getByRole('button', { name: '查看' }).click()
    expect(opened).toEqual(['outbox'])
  })

  it('offers the log entry to those who write it, and not to the presenter', async () => {
    const writer = await show(<HomePane />, 'intake')
    await page.getByRole('button', { name: '记一条' }).click()
    expect(writer.opened).toEqual(['quickEntry'])
    await writer.screen.unmount()
    await show(<HomePane />, 'presenter')
    await expect.element(section('在岗人员')).toBeVisible()
    await expect.element(page.getByRole('button', { name: '记一条' })).not.toBeInTheDocument()
    await expect.element(section('最近工作日志')).not.toBeInTheDocument()
  })

  it('counts the accounts of each post for the administrator from the centre, and says that it cannot without it', async () => {
    const online = await show(<HomePane />, 'admin')
    await expect.element(section('账号')).toMatchTextContent(/受理员2/)
    await online.screen.unmount()
    await show(<HomePane />, 'admin', { prepare: (core) => core.setOffline(true) })
    await expect.element(section('账号')).toMatchTextContent('账号由中心管理，连上后显示。')
  })

  it('lets a lead take part in a call, raised hands first, by keys and by the menu', async () => {
    const at = Date.now()
    const agent = { since: at, reason: null, isForced: false, callId: null, role: 'intake', at, sound: 'good', hand: null } as const
    const { asked } = await show(<HomePane />, 'shiftLead', {
      prepare: (core) =>
        core.publish('agents.changed', {
          agents: [
            { ...agent, phase: 'ready', answeredAt: null, seatNo: '02', accountNo: '0201', name: '王芳' },
            {
              ...agent,
              ...{ phase: 'talking', answeredAt: at - 60_000, seatNo: '05', accountNo: '0205', name: '赵敏', sound: 'poor' },
              hand: { since: at - 5_000, reason: '来电人情绪激动' },
            },
          ],
          readAt: at,
        }),
    })
    const seats = section('坐席状态')
    await expect.element(seats.getByRole('row').nth(1)).toMatchTextContent(/05赵敏通话中举手.*差/)
    await expect.element(seats).toMatchTextContent('来电人情绪激动，举手')
    await seats.getByRole('row').nth(1).click()
    await userEvent.keyboard('l')
    // Who does not talk cannot be listened to.
    await userEvent.keyboard('{ArrowDown}l')
    await expect.element(page.getByText('王芳：没有在通话。')).toBeVisible()
    await seats.getByRole('button', { name: '对 赵敏 的操作' }).click()
    await page.getByRole('menuitem', { name: /^强插/ }).click()
    await seats.getByRole('row').nth(1).click()
    await userEvent.keyboard('t')
    await page.getByRole('button', { name: '接管' }).click()
    await expect
      .poll(() => asked('telephone.supervise'))
      .toEqual([
        { accountNo: '0205', mode: 'listen' },
        { accountNo: '0205', mode: 'bargeIn' },
        { accountNo: '0205', mode: 'takeOver' },
      ])
  })
})
