import { inTheField } from './field'
import { accounts, expect, test } from './fixtures'
import { act, caseBar, formOf, handle, openCase, pressFor, signInPatiently, sitDown } from './people'

/** One case between several people: what is taken back, what is not any more, and who may write. */
test.setTimeout(300_000)

test('a decision is taken back until the next person has seen it, and then handed on with a form and a photo', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const address = '友协大街 21 号门前'
  const { caseId, caseNo } = await field.fromCamera('preFiled', { address })
  const token = await field.signIn('0202', '11')
  const reaches = (state: string) => expect.poll(async () => (await field.read(token, caseId)).row.state).toBe(state)
  const lead = seat.page()
  await signInPatiently(lead, accounts.shiftLead, seat.central.password)
  const dispatcher = await sitDown(seat, accounts.dispatcher, '05')

  await openCase(lead, '待立案', { caseNo, address })
  await pressFor(lead, '立案', 'F9')
  await reaches('filed')
  await expect(lead.getByRole('button', { name: /^撤销/ })).toBeVisible()
  await lead.screenshot({ path: info.outputPath('undo-1366.png') })
  await lead.keyboard.press('Control+Z')
  await expect(lead.getByText(`已撤销 ${caseNo}，回到办理前`)).toBeVisible()
  await reaches('preFiled')

  await pressFor(lead, '立案', 'F9')
  await openCase(dispatcher, '待派遣', { caseNo, address })
  await lead.keyboard.press('Control+Z')
  await expect(lead.getByText(/何志强 已经打开过这件，不能撤销/)).toBeVisible()
  await lead.screenshot({ path: info.outputPath('undo-seen-1366.png') })
  await reaches('filed')

  await pressFor(dispatcher, '派遣', 'F9')
  await expect(formOf(dispatcher, '派遣').getByText(/^依责任矩阵：/)).toBeVisible()
  await dispatcher.keyboard.press('Control+1')
  await dispatcher.keyboard.press('F9')
  await reaches('dispatched')
  const department = await sitDown(seat, accounts.departmentOperator, '06')
  await openCase(department, '待处置', { caseNo, address })
  await handle(department, '已清运，地面已冲洗。')
  await reaches('handled')
})

test('a second person sees who edits and only reads; another shift lead takes over, and the first is told at once', async ({
  seat,
}, info) => {
  const field = inTheField(seat.central)
  const address = '友协大街 22 号门前'
  const { caseId, caseNo } = await field.fromCamera('preFiled', { address })
  const token = await field.signIn('0202', '11')
  const first = seat.page()
  await signInPatiently(first, accounts.shiftLead, seat.central.password)
  await openCase(first, '待立案', { caseNo, address })
  await expect(first.getByText('由您编辑')).toBeVisible()

  const second = await sitDown(seat, '0102', '05')
  await openCase(second, '待立案', { caseNo, address })
  await expect(second.getByText('周敏（02 席）正在编辑，您可以阅读')).toBeVisible()
  await expect(act(second, '立案')).toHaveAttribute('aria-disabled', 'true')
  await second.keyboard.press('F9')
  await expect(caseBar(second).getByRole('alert')).toContainText('周敏')
  await second.screenshot({ path: info.outputPath('locked-1366.png') })

  await second.getByRole('button', { name: '接管' }).press('Enter')
  await expect(second.getByText('由您编辑')).toBeVisible()
  await expect(first.getByText('郑国平（05 席）正在编辑，您可以阅读')).toBeVisible()
  await first.keyboard.press('F9')
  await expect(caseBar(first).getByRole('alert')).toContainText('郑国平')
  expect((await field.read(token, caseId)).row.state).toBe('preFiled')
  await pressFor(second, '立案', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('filed')
})
