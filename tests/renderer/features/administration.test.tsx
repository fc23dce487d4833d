import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { AdministrationPane } from '../../../src-renderer/features/administration/administration-pane'
import { show } from './show'

const grid = (name: string) => page.getByRole('grid', { name })
const dialog = () => page.getByRole('dialog')
const row = (text: string) => grid('账号').getByRole('row').filter({ hasText: text })

async function openAccounts(options: Parameters<typeof show>[2] = {}) {
  const shown = await show(<AdministrationPane />, 'admin', options)
  await expect.element(row('0101')).toBeVisible()
  return shown
}

describe('accounts', () => {
  it('are made with a password that is shown once', async () => {
    const { asked } = await openAccounts()
    await page.getByRole('button', { name: /新建账号/ }).click()
    await dialog().getByLabelText('账号').fill('0301')
    await dialog().getByLabelText('姓名').fill('新人')
    await dialog().getByLabelText('岗位').click()
    await userEvent.keyboard('sly{Enter}')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('新人 的新口令').last()).toBeVisible()
    const [input] = asked('accounts.create') as { roles: string[]; password: string }[]
    expect(input).toMatchObject({ accountNo: '0301', name: '新人', roles: ['intake'] })
    await expect.element(page.getByText(input?.password ?? '').last()).toBeVisible()
  })

  it('of a department name the department, and only they do', async () => {
    const { asked } = await openAccounts()
    await page.getByRole('button', { name: /新建账号/ }).click()
    await dialog().getByLabelText('账号').fill('0940')
    await dialog().getByLabelText('姓名').fill('终端')
    expect(dialog().getByLabelText('专业部门').query()).toBeNull()
    await dialog().getByLabelText('岗位').click()
    await userEvent.keyboard('zybmzd{Enter}{Escape}')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('终端操作员须选所在部门')).toBeVisible()
    await dialog().getByLabelText('专业部门').click()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('终端 的新口令').last()).toBeVisible()
    expect(asked('accounts.create')).toMatchObject([{ roles: ['departmentOperator'], departmentCode: expect.any(String) }])
  })

  it('keep the post that Enter has chosen when Tab goes on to the telephone and the buttons, where Ctrl+Enter submits too', async () => {
    const { asked } = await openAccounts()
    await page.getByRole('button', { name: /新建账号/ }).click()
    await dialog().getByLabelText('账号').fill('0301')
    await dialog().getByLabelText('姓名').fill('新人')
    await dialog().getByLabelText('岗位').click()
    await userEvent.keyboard('sly{Enter}{Tab}')
    await expect.element(dialog().getByTitle('受理员')).toBeVisible()
    await expect.element(dialog().getByLabelText('工作电话')).toHaveFocus()
    await userEvent.keyboard('13904510001{Tab}')
    await expect.element(dialog().getByRole('button', { name: /取消/ })).toHaveFocus()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('新人 的新口令').last()).toBeVisible()
    expect(asked('accounts.create')).toMatchObject([{ roles: ['intake'], workPhone: '13904510001' }])
  })

  it('on an incomplete form go to the first missing field and say it', async () => {
    const { asked } = await openAccounts()
    await page.getByRole('button', { name: /新建账号/ }).click()
    await dialog().getByLabelText('账号').fill('0301')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('填姓名，不超过 40 字')).toBeVisible()
    await expect.element(dialog().getByLabelText('姓名')).toHaveFocus()
    expect(asked('accounts.create')).toEqual([])
  })

  it('keep the dialog and read the row again when somebody else changed it', async () => {
    const { core, asked } = await openAccounts()
    ;(grid('账号').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}e')
    await expect.element(dialog().getByLabelText('姓名')).toHaveValue('沈玉梅')
    core.failNext('accounts.update', 'record/stale', { current: 2 })
    const before = asked('accounts.list').length
    await dialog().getByLabelText('姓名').fill('沈玉')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(dialog().getByRole('alert')).toMatchTextContent(/这条记录刚被他人改过.现为第 2 版/)
    await expect.poll(() => asked('accounts.list').length).toBe(before + 1)
  })

  it('are disabled only after saying what will happen', async () => {
    const { asked } = await openAccounts()
    ;(grid('账号').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}d')
    await expect.element(page.getByText(/此人将不能签入/)).toBeVisible()
    expect(asked('accounts.update')).toEqual([])
    await dialog().getByRole('button', { name: '停用' }).click()
    await expect.element(row('0102')).toMatchTextContent('停用')
    expect(asked('accounts.update')).toMatchObject([{ version: 1, isEnabled: false }])
  })

  it('are searched at the centre, from the / key on', async () => {
    const { asked } = await openAccounts()
    ;(grid('账号').element() as HTMLElement).focus()
    await userEvent.keyboard('/')
    await userEvent.keyboard('范丽')
    await expect.poll(() => asked('accounts.list').at(-1)).toMatchObject({ text: '范丽' })
    await expect.element(row('0201')).toBeVisible()
    await expect.element(row('0101')).not.toBeInTheDocument()
  })

  it('are grey with the reason while the centre is away, the rows read so far staying', async () => {
    const { core } = await openAccounts()
    core.setOffline(true)
    const button = page.getByRole('button', { name: /新建账号/ })
    await expect.element(button).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button).toHaveAccessibleDescription('中心离线，这项操作需要中心在线；恢复后可用。')
    await expect.element(row('0101')).toBeVisible()
    await button.click({ force: true })
    await expect.element(dialog()).not.toBeInTheDocument()
  })
})

describe('seats and audit', () => {
  it('let a shift lead look at the seats and change nothing', async () => {
    await show(<AdministrationPane />, 'shiftLead')
    await expect.element(grid('坐席').getByRole('row').nth(1)).toMatchTextContent('01')
    await expect.element(page.getByRole('tab', { name: '账号' })).not.toBeInTheDocument()
    await expect
      .element(page.getByRole('button', { name: /登记坐席/ }))
      .toHaveAccessibleDescription('坐席由系统管理员登记和修改，您可以查看。')
  })

  it('register a seat', async () => {
    const { asked } = await show(<AdministrationPane />, 'admin')
    await page.getByRole('tab', { name: '坐席' }).click()
    await page.getByRole('button', { name: /登记坐席/ }).click()
    await dialog().getByLabelText('坐席号').fill('12')
    await dialog().getByLabelText('位置').fill('大厅三排')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(grid('坐席').getByRole('row').filter({ hasText: '大厅三排' })).toBeVisible()
    expect(asked('seats.create')).toEqual([{ seatNo: '12', name: '大厅三排', extension: null }])
  })

  it('filter the audit by account, and ask nothing for half an account number', async () => {
    const { asked } = await show(<AdministrationPane />, 'admin')
    await page.getByRole('tab', { name: '审计' }).click()
    await expect.element(grid('审计').getByRole('row').nth(1)).toBeVisible()
    const field = page.getByRole('textbox', { name: '账号' })
    await field.fill('0')
    await expect.element(page.getByText('账号是 2 至 16 位数字或字母')).toBeVisible()
    await field.fill('0102')
    await expect.poll(() => asked('audit.list').at(-1)).toMatchObject({ accountNo: '0102' })
    expect(asked('audit.list').some((input) => (input as { accountNo?: string }).accountNo === '0')).toBe(false)
  })

  it('show what was exchanged with other platforms, why it did not succeed, and whether it is tried again', async () => {
    const { core, asked } = await show(<AdministrationPane />, 'director')
    await page.getByRole('tab', { name: '数据交换' }).click()
    const log = grid('数据交换日志')
    await expect.element(log.getByText('小类编码不在现行分类里。')).toBeVisible()
    await expect.element(log.getByRole('row').filter({ hasText: '连不上对方' }).getByText('重试中')).toBeVisible()
    await expect.element(log.getByRole('row').filter({ hasText: '对方回应 503' }).getByText('已放弃')).toBeVisible()
    ;(log.element() as HTMLElement).focus()
    await userEvent.keyboard('/')
    await userEvent.keyboard('便民')
    await expect.element(log.getByRole('row').filter({ hasText: '市级平台' })).not.toBeInTheDocument()
    expect(asked('exchangeLog.list').at(-1)).toMatchObject({ partner: '便民' })
    await page.getByRole('combobox', { name: '结果' }).click()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('没有符合的交换记录。')).toBeVisible()
    expect(asked('exchangeLog.list').at(-1)).toMatchObject({ outcome: 'notDone' })
    core.failNext('exchangeLog.list', 'central/fault')
    await page.getByRole('button', { name: '刷新' }).click()
    await expect.element(page.getByRole('button', { name: '重试' })).toBeVisible()
  })

  it('tell a post without any of it that it may not', async () => {
    await show(<AdministrationPane />, 'intake')
    await expect.element(page.getByText('您的岗位（受理员）没有管理权限。')).toBeVisible()
  })
})
