import type { Page } from '@playwright/test'
import { telephonePhoto } from '../../fixtures/photos'
import { inTheField } from '../field'
import { accounts, type DemoRole, expect, type SeatFixture, signIn, test } from '../fixtures'

/** Cases walked through the workflow by the people who do, each at a workstation of their own, by keyboard. */
test.setTimeout(240_000)

async function sitDown(seat: SeatFixture, role: DemoRole, seatNo: string): Promise<Page> {
  const { page } = await seat.another(seatNo)
  await signIn(page, accounts[role], seat.central.password)
  return page
}

/** Goes to a worklist, finds the case by the end of its number, and opens it with Enter. */
async function open(page: Page, queue: string, caseNo: string): Promise<void> {
  await page.keyboard.press('Alt+2')
  // The first Esc leaves the words, the next one the case.
  await expect(async () => {
    if (await page.locator('.case-bar').isVisible()) await page.keyboard.press('Escape')
    await expect(page.locator('.case-bar')).toBeHidden({ timeout: 300 })
  }).toPass()
  await page.getByRole('tab', { name: new RegExp(`^${queue}`) }).click()
  // A long worklist draws only what is in view: the case is looked for by its number.
  await page.getByPlaceholder('末四位').fill(caseNo.slice(-4))
  const row = page
    .getByRole('row')
    .filter({ hasText: caseNo.slice(-4) })
    .first()
  await expect(row).toBeVisible()
  await row.dblclick()
  await expect(page.getByText(caseNo).first()).toBeVisible()
  await expect(page.locator('.case-bar')).toBeVisible()
}

const words = (page: Page) => page.locator('#case-words')
const act = (page: Page, title: string) =>
  page
    .locator('.case-bar')
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .first()

/** A button of the bar, or else the menu behind Ctrl+0. */
async function choose(page: Page, title: string): Promise<void> {
  await expect(page.locator('.case-bar button').first()).toBeVisible()
  if (await act(page, title).isVisible()) {
    await expect(act(page, title)).not.toHaveAttribute('aria-disabled', 'true')
    return act(page, title).click()
  }
  await page.keyboard.press('Control+0')
  await page.getByRole('menuitem', { name: new RegExp(`^${title}`) }).click()
}

/** Fills the words and sends the action that has the key. */
async function decide(page: Page, text: string, key: string): Promise<void> {
  await words(page).fill(text)
  await expect(page.locator('.case-bar button', { hasText: key })).not.toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press(key)
}

test('a case is voided by two people, neither of whom asked', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const { caseId, caseNo } = await field.fromCamera('dispatched')
  const token = await field.signIn('0202', '11')
  const department = await sitDown(seat, 'departmentOperator', '05')
  await open(department, '待处置', caseNo)
  await words(department).fill('与昨日案卷重复')
  await choose(department, '请作废')
  const lead = await sitDown(seat, 'shiftLead', '03')
  await open(lead, '申请待批', caseNo)
  await decide(lead, '确为重复，初审同意', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('dispatched')
  const director = await sitDown(seat, 'director', '04')
  await open(director, '申请待批', caseNo)
  await director.screenshot({ path: info.outputPath('void-1366.png') })
  await decide(director, '同意作废', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('voided')
})

test('a case with an approval is closed without a check', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const { caseId, caseNo } = await field.fromCamera('dispatched')
  const token = await field.signIn('0202', '11')
  const department = await sitDown(seat, 'departmentOperator', '05')
  await open(department, '待处置', caseNo)
  await choose(department, '申请无核查结案')
  await department.getByLabel('审批手续注明').fill('占道施工许可 2026-118 号，至 12 月 31 日')
  await department
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '许可.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto() })
  await expect(department.getByText('✓ 已存')).toBeVisible()
  await words(department).fill('有审批手续，无须处置')
  await stateAfterSubmit(department)
  const lead = await sitDown(seat, 'shiftLead', '03')
  await open(lead, '申请待批', caseNo)
  await decide(lead, '手续齐全，同意', 'F9')
  await open(lead, '待结案', caseNo)
  await lead.screenshot({ path: info.outputPath('without-check-1366.png') })
  await decide(lead, '审批手续审核无误，无核查结案', 'F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('closed')
})

test('whom a complaint names never sees it, nor do colleagues at the same table; the shift lead does', async ({ seat }) => {
  const field = inTheField(seat.central)
  const { caseNo } = await field.register({ namedAgents: ['0201'], description: '反映 0201 号受理员态度生硬' })
  await signIn(seat.page(), accounts.intake, seat.central.password)
  const intake = seat.page()
  await intake.keyboard.press('Alt+2')
  await expect(intake.getByRole('tab', { name: /^待受理/ })).toBeVisible()
  await intake.getByPlaceholder('末四位').fill(caseNo.slice(-4))
  await expect(intake.getByRole('row').filter({ hasText: caseNo.slice(-4) })).toHaveCount(0)
  const lead = await sitDown(seat, 'shiftLead', '03')
  await open(lead, '回避件', caseNo)
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
  await signIn(seat.page(), accounts.shiftLead, seat.central.password)
  const page = seat.page()
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

/** Ctrl+Enter in an open form; the answer stands beside the buttons or the next case opens. */
async function stateAfterSubmit(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
}
