import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import calendarFile from '../../../resources/reference/calendar-2026.json'
import type { FakeReference } from '../../../src-renderer/bridge/fake-data'
import { ReferencePane } from '../../../src-renderer/features/reference/reference-pane'
import type { RoleId } from '../../../src-shared/domain/account/role'
import { show } from './show'

/** The administrator enters next year's working calendar; everybody else sees that it is missing. */
const document = calendarFile.document as FakeReference['document']
const entry = { kind: 'calendar', id: '2026', title: document.title, hash: 'h1', entries: 1, origin: 'product' } as const
const open = (role: RoleId) => show(<ReferencePane focus={{ kind: 'calendar', id: '2026' }} />, role, { reference: [{ entry, document }] })
const day = (date: string) => page.getByRole('button', { name: new RegExp(`^${date}`) })

describe('entering a year', () => {
  beforeEach(() => page.viewport(1366, 768))

  it('marks days by mouse and keys, and saves the whole once nothing is missing', async () => {
    const { core } = await open('admin')
    await page.getByRole('button', { name: '录入 2027 年' }).click()
    await expect.element(page.getByRole('button', { name: /^保存/ })).toBeDisabled()
    await day('2027-01-01').click()
    await userEvent.keyboard('{ArrowRight} ')
    await expect.element(day('2027-01-02')).toHaveAccessibleName('2027-01-02 元旦调休上班')
    await userEvent.keyboard(' ')
    await expect.element(day('2027-01-02')).toHaveAccessibleName('2027-01-02 元旦放假')
    await page.getByLabelText('依据', { exact: true }).fill('国务院办公厅通知')
    await page.getByLabelText('工作时间').fill('8:30-12:00, 13:30—17:30')
    await page.getByLabelText(/已正式公布/).click()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByRole('heading', { name: '2027 年工作日历' })).toBeVisible()
    expect(core.calls.find(({ command }) => command === 'reference.save')?.input).toEqual({
      ...{ kind: 'calendar', id: '2027', seenHash: null },
      document: {
        ...{ kind: 'calendar', title: '2027 年工作日历', year: 2027, source: '国务院办公厅通知', isCertain: true },
        workingHours: [
          { start: '08:30', end: '12:00' },
          { start: '13:30', end: '17:30' },
        ],
        holidays: [
          { date: '2027-01-01', name: '元旦' },
          { date: '2027-01-02', name: '元旦' },
        ],
        shiftedWorkingDays: [],
      },
    })
  })

  it('says what is wrong while it is typed, and does not send it', async () => {
    const { core } = await open('admin')
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByLabelText('工作时间').fill('12:00-8:00')
    await expect.element(page.getByText('工作时间先后颠倒或重叠')).toBeVisible()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(core.calls.some(({ command }) => command === 'reference.save')).toBe(false)
  })

  it('is not offered to a shift lead', async () => {
    await open('shiftLead')
    await expect.element(page.getByRole('heading', { name: '2026 年工作日历' })).toBeVisible()
    expect(page.getByRole('button', { name: '录入 2027 年' }).query()).toBeNull()
  })
})
