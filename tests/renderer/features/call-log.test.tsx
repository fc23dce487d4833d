import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeCall, fakeCallLog } from '../../../src-renderer/bridge/fake-call-log'
import { fakeUuid } from '../../../src-renderer/bridge/fake-data'
import type { FakeCore } from '../../../src-renderer/bridge/fake-transport'
import { CallLogPane } from '../../../src-renderer/features/call-log/call-log-pane'
import { DialerProvider } from '../../../src-renderer/ui/phone-number'
import { show } from './show'

const list = () => page.getByRole('grid', { name: '通话记录' })
const rows = () => list().getByRole('row')
const missed = () => page.getByRole('region', { name: '未接来电' })
const withCalls = (core: FakeCore) => core.publish('callLog.changed', fakeCallLog(Date.now()))

describe('the call log', () => {
  it('shows each call with number, purpose, length, ending, quality and what it came to', async () => {
    await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await expect
      .element(rows().nth(1))
      .toMatchTextContent(/来电.*0451-8652 0110.*王先生.*市民来电.*02:15.*对方挂机.*4\.4 很好.*已登记案件.*友协大街/)
    await expect.element(rows().nth(2)).toMatchTextContent(/未接.*139 0013 9001.*响 00:21.*来电人放弃/)
    await expect.element(rows().nth(4)).toMatchTextContent(/号码未显示.*2\.7 很差/)
    await expect.element(rows().nth(6)).toMatchTextContent(/去电.*响.*对方忙/)
  })

  it('asks the core for what the filters say, and shows only that', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await page.getByText('未接', { exact: true }).first().click()
    await page.getByRole('textbox', { name: '筛选号码' }).fill('139 0013')
    await expect.element(rows().nth(1)).toMatchTextContent('139 0013 9001')
    await expect.poll(() => asked('callLog.list').at(-1)).toMatchObject({ which: 'missed', digits: '1390013' })
    await expect.poll(() => rows().elements().length).toBe(2)
  })

  it('shows a call that has just ended on top without asking again', async () => {
    const { core } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await expect.element(rows().nth(1)).toMatchTextContent('0451-8652 0110')
    const log = fakeCallLog(Date.now())
    core.publish('callLog.changed', { ...log, recent: [fakeCall(Date.now(), 50, 0, { number: '+8613600136003' }), ...log.recent] })
    await expect.element(rows().nth(1)).toMatchTextContent('136 0013 6003')
  })

  it('opens a call with Enter, writes its wrap-up with Ctrl+Enter and goes back with Esc', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await expect.element(rows().nth(1)).toBeVisible()
    ;(list().element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
    const detail = page.getByRole('complementary', { name: '通话详情' })
    await expect.element(detail).toMatchTextContent(/137 0013 7002.*本席挂机，正常结束（Q\.850 16）/)
    await page.getByRole('textbox', { name: '小结备注' }).fill('已告知处理结果')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => asked('callLog.describe')).toEqual([{ callId: fakeUuid(6_003), code: 'followUp', note: '已告知处理结果' }])
    await expect.element(rows().nth(3)).toMatchTextContent('已告知处理结果')
    await userEvent.keyboard('{Escape}')
    await expect.element(detail).not.toBeInTheDocument()
    await expect.element(list()).toHaveFocus()
  })

  it('brings a half-written wrap-up back after a reload', async () => {
    const first = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await rows().nth(1).dblClick()
    await page.getByRole('textbox', { name: '小结备注' }).fill('写了一半')
    await expect.poll(() => first.asked('drafts.save').at(-1)).toMatchObject({ key: `callLog/${fakeUuid(6_001)}` })
    const kept = first.asked('drafts.save').at(-1) as { key: string; body: string }
    await first.screen.unmount()
    await show(<CallLogPane />, 'intake', {
      prepare(core) {
        withCalls(core)
        void core.transport.invoke('drafts.save', kept)
      },
    })
    await rows().nth(1).dblClick()
    await expect.element(page.getByRole('textbox', { name: '小结备注' })).toHaveValue('写了一半')
  })

  it('leads from the call to its case', async () => {
    const { opened } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await rows().nth(1).dblClick()
    await page.getByRole('button', { name: '2026-11-0412' }).click()
    expect(opened).toEqual([{ search: '2026-11-0412' }])
  })
})

describe('calls to be given back', () => {
  it('stand on top with the time left, and are called back with B', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await expect.element(missed()).toMatchTextContent(/2 个号码待回拨.*剩 \d 分.*139 0013 9001.*2 次/)
    ;(page.getByRole('grid', { name: '未接来电' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}b')
    await expect.poll(() => asked('telephone.dial')).toEqual([{ number: '+8613900139001', purpose: 'callback' }])
  })

  it('say why a withheld number cannot be called', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    const grey = missed().getByRole('row').nth(1).getByRole('button', { name: /回拨/ }).first()
    await expect.element(grey).toHaveAttribute('aria-disabled', 'true')
    await expect.element(grey).toHaveAccessibleDescription('对方没有显示号码，不能回拨')
    expect(asked('telephone.dial')).toEqual([])
  })

  it('leave the list with a reason, and not without', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    ;(page.getByRole('grid', { name: '未接来电' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}x')
    await userEvent.keyboard('{Enter}')
    expect(asked('callLog.settleMissed')).toEqual([])
    await page.getByRole('textbox', { name: '不再回拨的原因' }).fill('坐席 03 已接')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => asked('callLog.settleMissed')).toEqual([{ callId: fakeUuid(6_002), note: '坐席 03 已接' }])
    await expect.element(missed()).not.toMatchTextContent('139 0013 9001')
  })

  it('leave the list several at once, with one reason', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    ;(page.getByRole('grid', { name: '未接来电' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}a')
    await expect.element(missed()).toMatchTextContent('已选 2')
    await userEvent.keyboard('x')
    await page.getByRole('textbox', { name: '不再回拨的原因' }).fill('已在登记时回复')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => asked('callLog.settleMissed').length).toBe(2)
    await expect.element(missed()).not.toBeInTheDocument()
  })

  it('a citizen is promised a time, which stands on top until then', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await rows().nth(1).dblClick()
    await page.getByRole('button', { name: '约回拨' }).click()
    await page.getByRole('menuitem', { name: '1 小时后' }).click()
    await expect.element(missed().getByRole('row').nth(0)).toMatchTextContent(/约 .*0451-8652 0110.*约定/)
    const [promise] = asked('callLog.promise') as { callId: string; at: number }[]
    expect(promise?.callId).toBe(fakeUuid(6_001))
    expect(Math.abs((promise?.at ?? 0) - Date.now() - 3_600_000)).toBeLessThan(60_000)
  })

  it('every number of the log is called with one press, masked ones of the hall are not', async () => {
    const { asked } = await show(
      <DialerProvider value={{ reason: null, dial: (number) => dialled.push(number) }}>
        <CallLogPane />
      </DialerProvider>,
      'shiftLead',
      { prepare: withCalls },
    )
    const dialled: string[] = []
    await rows().nth(1).getByRole('button', { name: '拨打 0451-8652 0110' }).click()
    expect(dialled).toEqual(['+8645186520110'])
    await page.getByText('全中心').click()
    await expect.poll(() => asked('callLog.centre').length).toBeGreaterThan(0)
    await expect.element(list().getByRole('button', { name: /拨打/ })).not.toBeInTheDocument()
  })
})

describe('the recording of a call', () => {
  const recording = () => page.getByRole('region', { name: '录音' })
  const listen = () => recording().getByRole('button', { name: '收听录音' })

  it('is opened only when somebody asks, since every opening is audited', async () => {
    const { asked } = await show(<CallLogPane />, 'shiftLead', { prepare: withCalls })
    await rows().nth(1).dblClick()
    await expect.element(recording()).toMatchTextContent('每次收听都记入审计')
    expect(asked('recordings.open')).toEqual([])
    await listen().click()
    await expect.poll(() => asked('recordings.open')).toEqual([{ callId: fakeUuid(6_001), recordingId: fakeUuid(7_001) }])
  })

  it('of another person’s call is grey to a seat person, with the reason', async () => {
    const { asked } = await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await rows().nth(4).dblClick()
    await expect.element(listen()).toHaveAttribute('aria-disabled', 'true')
    await expect.element(listen()).toHaveAccessibleDescription('他人接听的电话，只有本人、值班长和质检岗位可以听')
    expect(asked('recordings.open')).toEqual([])
  })

  it('does not exist for a call that nobody took', async () => {
    await show(<CallLogPane />, 'shiftLead', { prepare: withCalls })
    await rows().nth(2).dblClick()
    await expect.element(page.getByRole('complementary', { name: '通话详情' })).toBeVisible()
    await expect.element(recording()).not.toBeInTheDocument()
  })

  it('says in words that the centre has purged it', async () => {
    const { core } = await show(<CallLogPane />, 'shiftLead', { prepare: withCalls })
    core.failNext('recordings.open', 'recording/purged')
    await rows().nth(1).dblClick()
    await listen().click()
    await expect.element(recording().getByRole('alert')).toMatchTextContent(/已过保存期限.*recording\/purged/)
  })
})

describe('the calls of the hall', () => {
  it('are for who answers for the shift, with who took each', async () => {
    const { asked } = await show(<CallLogPane />, 'shiftLead', { prepare: withCalls })
    await page.getByText('全中心', { exact: true }).click()
    await expect.poll(() => asked('callLog.centre').length).toBe(1)
    await expect.element(rows().first()).toMatchTextContent('接听人')
    await page.getByRole('textbox', { name: '接听人工号' }).fill('0102')
    await expect.poll(() => asked('callLog.centre').at(-1)).toMatchObject({ accountNo: '0102' })
  })

  it('are not offered to a seat person', async () => {
    await show(<CallLogPane />, 'intake', { prepare: withCalls })
    await expect.element(rows().nth(1)).toBeVisible()
    await expect.element(page.getByText('全中心', { exact: true })).not.toBeInTheDocument()
  })
})
