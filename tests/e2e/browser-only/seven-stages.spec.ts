import type { Page } from '@playwright/test'
import { inTheField } from '../field'
import { accounts, expect, test } from '../fixtures'
import { act, caseBar, choose, formOf, handle, openCase, pick, pressFor, say, sitDown, toWorklists } from '../people'
import { pickUpTelephone } from '../telephone'

/**
 * A citizen's case from the call to its end: seven posts, each at a workstation of its own or with a telephone in the street, and every step by hand.
 * Only the call was written down at another seat.
 */
test.setTimeout(900_000)

const place = { lng: 126.6301, lat: 45.6002 }

test('a citizen’s case goes through all seven stages by seven posts', async ({ seat, browser }, info) => {
  const { central } = seat
  const field = inTheField(central)
  const address = '友协大街 76 号门前'
  const { caseId, caseNo } = await field.register({ address, position: place })
  const found = { caseNo, address }
  const token = await field.signIn('0202', '11')
  const reaches = (state: string) => expect.poll(async () => (await field.read(token, caseId)).row.state).toBe(state)
  const picture = (page: Page, name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })

  const [intake, lead, dispatcher, department, supervisor, commander] = [
    await sitDown(seat, accounts.intake, '03'),
    await sitDown(seat, accounts.shiftLead, '04'),
    await sitDown(seat, accounts.dispatcher, '05'),
    await sitDown(seat, accounts.departmentOperator, '06'),
    await sitDown(seat, accounts.supervisor, '07'),
    await sitDown(seat, accounts.commander, '08'),
  ]
  const collector = await pickUpTelephone(browser, central, '1001', place)
  const chooseCollector = async () => pick(intake, '监督员', '在岗', /^● /)

  // 1 信息收集
  await openCase(intake, '待受理', found)
  await choose(intake, '发核实')
  await expect(formOf(intake, '发核实')).toBeVisible()
  await chooseCollector()
  await say(intake, '看看几个桶，占了多宽的人行道。')
  await picture(intake, '1-order-verification')
  await intake.keyboard.press('Control+Enter')
  await reaches('verifying')
  await collector.answer(address, '属实', '两个桶都满了，散落约两平方米。')
  await reaches('verified')
  await picture(collector.page, '1-verified')

  // 2 案卷建立
  await openCase(intake, '核实已回', found)
  await picture(intake, '2-verified')
  await pressFor(intake, '预立案', 'F9')
  await reaches('preFiled')
  await openCase(lead, '待立案', found)
  await picture(lead, '2-to-file')
  await pressFor(lead, '立案', 'F9')
  await reaches('filed')

  // 3 任务派遣, as the responsibility matrix proposes
  await openCase(dispatcher, '待派遣', found)
  await pressFor(dispatcher, '派遣', 'F9')
  await expect(formOf(dispatcher, '派遣').getByText(/^依责任矩阵：/)).toBeVisible()
  await dispatcher.keyboard.press('Control+1')
  await picture(dispatcher, '3-dispatch')
  await dispatcher.keyboard.press('F9')
  await reaches('dispatched')

  // 4 任务处理: more time is asked for and granted
  await openCase(department, '待处置', found)
  await choose(department, '申请延期')
  await department.getByLabel('延长时间').focus()
  await department.keyboard.type('2')
  await say(department, '清运车故障，正在调换。')
  await picture(department, '4-ask-extension')
  await department.keyboard.press('Control+Enter')
  await expect(act(department, '撤回申请')).toBeVisible()
  await openCase(lead, '申请待批', found)
  await picture(lead, '4-extension')
  await lead.keyboard.press('Control+1')
  await pressFor(lead, '同意申请', 'F9')
  await handle(department, '两个桶已清运，地面已冲洗。')
  await picture(department, '4-handled')
  await reaches('handled')

  // 5 处理反馈: not good enough, sent out again by the commander
  await openCase(supervisor, '待督查', found)
  await say(supervisor, '照片只有一个桶，另一个没有清。')
  await picture(supervisor, '5-rework')
  await pressFor(supervisor, '返工', 'F10')
  await reaches('filed')
  await openCase(dispatcher, '返工待派', found)
  await say(dispatcher, '两家单位都说桶不归自己，请裁定。')
  await pressFor(dispatcher, '提交指挥长', 'F11')
  await reaches('disputed')
  await openCase(commander, '派遣争议', found)
  await pressFor(commander, '裁定派遣', 'F9')
  await expect(formOf(commander, '裁定派遣').getByText(/^依责任矩阵：/)).toBeVisible()
  await commander.keyboard.press('Control+1')
  await picture(commander, '5-assign')
  await commander.keyboard.press('F9')
  await reaches('dispatched')
  await openCase(department, '待处置', found)
  await handle(department, '第二个桶也已清运，换了新桶。')
  await reaches('handled')
  await openCase(supervisor, '待督查', found)
  await pressFor(supervisor, '督查通过', 'F9')
  await reaches('toCheck')

  // 6 核实结案
  await openCase(intake, '待核查', found)
  await pressFor(intake, '发核查', 'F9')
  await expect(formOf(intake, '发核查')).toBeVisible()
  await chooseCollector()
  await intake.keyboard.press('Control+1')
  await intake.keyboard.press('F9')
  await reaches('checking')
  await collector.answer(address, '已解决', '桶已更换，地面干净。')
  await reaches('checked')
  await openCase(intake, '待回访', found)
  await choose(intake, '回访')
  await intake.getByRole('radio', { name: '满意', exact: true }).press('Space')
  await say(intake, '市民说第二天就清干净了，谢谢。')
  await picture(intake, '6-follow-up')
  await intake.keyboard.press('Control+Enter')
  await expect(intake.getByRole('region', { name: '回访' }).getByText('已满足结案要求')).toBeVisible()

  // Who filed a case that was reworked does not close it alone.
  await openCase(lead, '待结案', found)
  await expect(act(lead, '结案')).toHaveAttribute('aria-disabled', 'true')
  await picture(lead, '6-may-not-close')
  await toWorklists(lead)
  const second = await sitDown(seat, '0102', '09')
  await openCase(second, '待结案', found)
  await picture(second, '6-close-1366')
  await second.setViewportSize({ width: 1920, height: 1080 })
  await picture(second, '6-close-1920')
  await second.setViewportSize({ width: 1366, height: 768 })
  for (const [item, left] of [
    ['达到结案条件', '已核 0 项'],
    ['现场已清理', '已核 1 项'],
  ] as const) {
    await expect(second.getByRole('region', { name: '结案核对' })).toContainText(left)
    await pressFor(second, '结案', 'F9')
    await expect(second.getByRole('checkbox', { name: new RegExp(`^${item}`) })).toBeFocused()
    await second.keyboard.press('Space')
  }
  await pressFor(second, '结案', 'F9')
  await reaches('closed')

  // 7 考核评价 begins by itself
  await expect(caseBar(second)).toBeVisible()
  await picture(second, '7-closed')
  const { history } = await field.read(token, caseId)
  expect(new Set(history.map(({ by }) => by.role))).toEqual(
    new Set(['intake', 'collector', 'shiftLead', 'dispatcher', 'departmentOperator', 'supervisor', 'commander']),
  )
  expect(history.map(({ action }) => action)).toEqual([
    ...['register', 'orderVerification', 'reportVerification', 'preFile', 'file', 'dispatch', 'requestExtend', 'approveRequest'],
    ...['reportHandled', 'rework', 'dispute', 'assign', 'reportHandled', 'acceptHandling', 'orderCheck', 'reportCheck'],
    ...['followUp', 'close'],
  ])
  await collector.end()
})
