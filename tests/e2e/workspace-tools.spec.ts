import type { Page } from '@playwright/test'
import { telephonePhoto } from '../fixtures/photos'
import { inTheField } from './field'
import { accounts, expect, type SeatFixture, signIn, test } from './fixtures'

/** The tools of the workspace on a real case with a real photo: marks, correction, relation, oversight, and a suspension that the director agrees to. */
test.setTimeout(240_000)

async function openCase(page: Page, queue: string, caseNo: string): Promise<void> {
  await page.keyboard.press('Alt+2')
  await page.getByRole('tab', { name: new RegExp(`^${queue}`) }).click()
  await page.getByPlaceholder('末四位').fill(caseNo.slice(-4))
  await page
    .getByRole('row')
    .filter({ hasText: caseNo.slice(-4) })
    .first()
    .dblclick()
  await expect(page.getByText(/由您编辑/)).toBeVisible()
}

async function choose(page: Page, title: string): Promise<void> {
  const button = page.locator('.case-bar').getByRole('button', { name: new RegExp(`^${title}`) })
  if (await button.isVisible()) return button.click()
  await page.keyboard.press('Control+0')
  await page.getByRole('menuitem', { name: new RegExp(`^${title}`) }).click()
}

const submit = (page: Page) => page.getByRole('button', { name: /^提交/ }).click()
const words = (page: Page) => page.locator('#case-words')

async function historyOf(seat: SeatFixture, caseId: string): Promise<readonly string[]> {
  const field = inTheField(seat.central)
  const { history } = await field.read(await field.signIn('0202', '11'), caseId)
  return history.map(({ action }) => action)
}

test('marks a photo, corrects, relates and oversees a case without deciding it', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const other = await field.fromCamera('preFiled', { address: '建安街 8 号' })
  const { caseId, caseNo } = await field.fromCamera('preFiled', { address: '昆仑路 21 号' })
  await seat.signIn('shiftLead')
  const page = seat.page()
  await openCase(page, '待立案', caseNo)

  await page.locator('.case-desk').focus()
  await page.keyboard.press('p')
  await page.keyboard.press('a')
  const editor = page.getByRole('region', { name: '标注' })
  await expect(editor.locator('img, image, canvas').first()).toBeVisible()
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('4')
  await page.keyboard.press('Enter')
  await expect(editor.getByText(/^2 \/ 50/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(editor.getByText(/^1 \/ 50/)).toBeVisible()
  await page.keyboard.press('Control+y')
  await page.screenshot({ path: info.outputPath('marks-1366.png') })
  await page.keyboard.press('Control+Enter')
  await expect(editor).toBeHidden()
  await expect.poll(() => historyOf(seat, caseId)).toContain('annotatePhoto')

  await choose(page, '更正案卷')
  await page.getByRole('textbox', { name: '位置', exact: true }).fill('昆仑路 21 号北门')
  await words(page).fill('据照片更正')
  await submit(page)
  await expect(page.getByText(/位置 昆仑路 21 号 → 昆仑路 21 号北门/).first()).toBeVisible()

  await choose(page, '关联案卷')
  await page.getByRole('combobox', { name: '另一案卷' }).fill(other.caseNo)
  await page.locator('.ant-select-item-option').filter({ hasText: other.caseNo }).first().click()
  await submit(page)
  await expect(page.getByRole('region', { name: '关联案卷' }).getByText(other.caseNo)).toBeVisible()

  await choose(page, '督办')
  await page.getByLabel('要求办结时间').fill('2030-01-02 10:00')
  await page.keyboard.press('Enter')
  await words(page).fill('限期办结')
  await submit(page)
  await expect.poll(() => historyOf(seat, caseId)).toEqual(['register', 'preFile', 'annotatePhoto', 'amend', 'relate', 'oversee'])
  await page.keyboard.press('h')
  await page.screenshot({ path: info.outputPath('history-1366.png') })
})

test('a suspension is asked by the department with a paper and agreed to by the director', async ({ seat }, info) => {
  const field = inTheField(seat.central)
  const { caseId, caseNo } = await field.fromCamera('dispatched')
  const token = await field.signIn('0202', '11')
  await seat.signIn('departmentOperator')
  const page = seat.page()
  await openCase(page, '待处置', caseNo)
  await choose(page, '申请缓办')
  await page.getByLabel('到期日期').fill('2030-01-02')
  await page.keyboard.press('Enter')
  const paper = { name: '批件.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto() }
  await page.locator('input[type=file]').first().setInputFiles(paper)
  await expect(page.getByText('✓ 已存')).toBeVisible()
  await words(page).fill('冬季停工')
  await submit(page)
  const { page: director } = await seat.another('04')
  await signIn(director, accounts.director, seat.central.password)
  await openCase(director, '申请待批', caseNo)
  await director.screenshot({ path: info.outputPath('suspension-1366.png') })
  await words(director).fill('同意缓办')
  await director.keyboard.press('F9')
  await expect.poll(async () => (await field.read(token, caseId)).row.state).toBe('suspended')
})
