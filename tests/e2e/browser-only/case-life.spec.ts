import type { Page } from '@playwright/test'
import { telephonePhoto } from '../../fixtures/photos'
import { inTheField } from '../field'
import { accounts, expect, test } from '../fixtures'
import { act, choose, openCase, pressFor, say, signInPatiently, sitDown, toWorklists } from '../people'

/** Cases walked through the workflow by the people who do, each at a workstation of their own, by keyboard. */
test.setTimeout(240_000)

const address = '友协大街 76 号门前'

/** Fills the words and sends the action that has the key. */
async function decide(page: Page, title: string, text: string, key: string): Promise<void> {
  await say(page, text)
  await pressFor(page, title, key)
}

test('a case is voided by two people, neither of whom asked', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const { caseId, caseNo } = await field.fromCamera('dispatched', { address })
  const token = await field.signIn('0202', '11')
  const department = await sitDown(seat, accounts.departmentOperator, '05')
  await openCase(department, '待处置', { caseNo, address })
  await say(department, '与昨日案卷重复')
  await choose(department, '请作废')
  const lead = await sitDown(seat, accounts.shiftLead, '03')
  await openCase(lead, '申请待批', { caseNo, address })
  await decide(lead, '同意申请', '确为重复，初审同意', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('dispatched')
  const director = await sitDown(seat, accounts.director, '04')
  await openCase(director, '申请待批', { caseNo, address })
  await director.screenshot({ path: info.outputPath('void-1366.png') })
  await decide(director, '同意作废', '同意作废', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('voided')
})

test('a case with an approval is closed without a check', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const { caseId, caseNo } = await field.fromCamera('dispatched', { address })
  const token = await field.signIn('0202', '11')
  const department = await sitDown(seat, accounts.departmentOperator, '05')
  await openCase(department, '待处置', { caseNo, address })
  await choose(department, '申请无核查结案')
  await department.getByLabel('审批手续注明').fill('占道施工许可 2026-118 号，至 12 月 31 日')
  await department
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '许可.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto() })
  await expect(department.getByText('✓ 已存')).toBeVisible()
  await say(department, '有审批手续，无须处置')
  await department.keyboard.press('Control+Enter')
  const lead = await sitDown(seat, accounts.shiftLead, '03')
  await openCase(lead, '申请待批', { caseNo, address })
  await decide(lead, '同意申请', '手续齐全，同意', 'F9')
  await openCase(lead, '待结案', { caseNo, address })
  await lead.screenshot({ path: info.outputPath('without-check-1366.png') })
  await decide(lead, '结案', '审批手续审核无误，无核查结案', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('closed')
})

test('whom a complaint names never sees it, nor do colleagues at the same table; the shift lead does', async ({ seat }) => {
  const field = inTheField(seat.central)
  const { caseNo } = await field.register({ namedAgents: ['0201'], description: '反映 0201 号受理员态度生硬' })
  const intake = seat.page()
  await signInPatiently(intake, accounts.intake, seat.central.password)
  await toWorklists(intake)
  await expect(intake.getByRole('tab', { name: /^待受理/ })).toBeVisible()
  await intake.getByPlaceholder('末四位').fill(caseNo.slice(-4))
  await expect(intake.getByRole('row').filter({ hasText: caseNo.slice(-4) })).toHaveCount(0)
  const lead = await sitDown(seat, accounts.shiftLead, '03')
  await openCase(lead, '回避件', { caseNo, address })
})

test('a shift lead decides twenty cases by keyboard alone', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const token = await field.signIn('0202', '11')
  const numbers: string[] = []
  const ids: string[] = []
  for (let at = 0; at < 20; at += 1) {
    const { caseId, caseNo } = await field.fromCamera('preFiled', { address: `连办街 ${at + 1} 号` })
    ids.push(caseId)
    numbers.push(caseNo)
  }
  const page = seat.page()
  await signInPatiently(page, accounts.shiftLead, seat.central.password)
  let keys = 0
  const press = async (key: string) => {
    keys += 1
    await page.keyboard.press(key)
  }
  const began = Date.now()
  await press('Alt+2')
  await expect(page.getByRole('grid', { name: /待立案/ })).toBeFocused()
  await press('/')
  await page.keyboard.type('连办街')
  keys += 3
  await press('Enter')
  await expect(page.getByText('连办街 1 号').first()).toBeVisible()
  await press('Home')
  await press('Enter')
  for (const caseNo of numbers) {
    await expect(page.locator('.case-head, header').getByText(caseNo).first()).toBeVisible()
    await expect(act(page, '立案')).not.toHaveAttribute('aria-disabled', 'true')
    await press('F9')
    await expect(
      page
        .getByText(`已立案 ${caseNo}`)
        .or(page.getByText(new RegExp(`已立案.*${caseNo}`)))
        .first(),
    ).toBeVisible()
  }
  const seconds = (Date.now() - began) / 1000
  console.log(JSON.stringify({ figure: 'twenty cases by keyboard', keys, seconds: Math.round(seconds * 10) / 10 }))
  await page.screenshot({ path: info.outputPath('twenty-1366.png') })
  for (const caseId of ids) expect((await field.read(token, caseId)).row.state).toBe('filed')
})
