import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RegistrationPane } from '../../../src-renderer/features/cases/registration/registration-pane'
import { show } from './show'

/** The registration form on the fake core, by keyboard as at the hotline. */
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const address = () => page.getByRole('combobox', { name: '事发位置' })
const submit = () => userEvent.keyboard('{Control>}{Enter}{/Control}')
type Sent = { facts: Record<string, unknown>; citizen: unknown; draftKey: string }

async function showForm(...[role, options]: [Parameters<typeof show>[1]?, Parameters<typeof show>[2]?]) {
  const shown = await show(<RegistrationPane />, role ?? 'intake', options)
  await expect.element(page.getByRole('radiogroup', { name: '来源' })).toBeVisible()
  await expect.poll(() => document.querySelector('.reg-fields[inert]')).toBeNull()
  return { ...shown, sent: () => shown.asked('cases.register') as readonly Sent[] }
}

async function fillCall(course = '污水井盖裂成两半'): Promise<void> {
  await field('联系电话').fill('13900000412')
  await address().fill('友协大街与新疆二道街交口')
  await field('经过').fill(course)
}

describe('registering a case', () => {
  it('goes to the first missing field, says why, and registers once all is there', async () => {
    const { sent } = await showForm()
    await expect.element(field('姓名')).toHaveFocus()
    await submit()
    await expect.element(field('联系电话')).toHaveFocus()
    await expect.element(page.getByRole('alert').first()).toMatchTextContent('写联系电话')
    expect(sent()).toEqual([])
    await fillCall()
    await field('起因').fill('被重车压裂')
    await submit()
    await expect.poll(() => sent().length).toBe(1)
    expect(sent()[0]).toMatchObject({
      facts: { source: 'hotline', description: '起因：被重车压裂\n污水井盖裂成两半', hasCitizen: true },
      citizen: { number: '13900000412' },
    })
    await expect.element(page.getByRole('region', { name: '刚登记的' })).toMatchTextContent(/\d{8}-\d{4}.*已登记/)
    await expect.element(field('经过')).toHaveValue('')
  })

  it('keeps every word when the core refuses, and on Esc', async () => {
    const { core, sent } = await showForm()
    await fillCall()
    await userEvent.keyboard('{Escape}')
    core.failNext('cases.register', 'store/full')
    await submit()
    await expect.element(page.getByText('store/full')).toBeVisible()
    await expect.element(field('经过')).toHaveValue('污水井盖裂成两半')
    await submit()
    await expect.poll(() => sent().length).toBe(2)
  })

  it('queues without the centre, under a local reference, and gets its number when the centre is back', async () => {
    const { core } = await showForm('intake', { prepare: (fake) => fake.setOffline(true) })
    await expect.element(page.getByText('中心离线，照常登记，恢复后自动送达')).toBeVisible()
    await fillCall()
    await submit()
    const list = page.getByRole('region', { name: '刚登记的' })
    await expect.element(list).toMatchTextContent(/暂编 [0-9A-F]{6}.*待发送/)
    core.setOffline(false)
    await expect.element(list).toMatchTextContent(/\d{8}-\d{4}.*已登记/)
  })

  it('asks by source: the camera, the instruction, the other number', async () => {
    await showForm('wallOperator')
    await expect.element(page.getByText('视频监控', { exact: true })).toBeVisible()
    expect(document.querySelector('[data-fields~="number"]')).toBeNull()
    await page.getByText('领导批办', { exact: true }).click()
    await submit()
    await expect.element(field('交办领导')).toHaveFocus()
    await page.getByText('12345 转交', { exact: true }).click()
    await submit()
    await expect.element(field('对方编号')).toHaveFocus()
  })

  it('finds the subclass by initials, explains a grid and fills its community', async () => {
    const { sent } = await showForm()
    await fillCall()
    const subclass = page.getByRole('combobox', { name: '小类' })
    await subclass.click()
    await userEvent.keyboard('wsjg')
    await userEvent.keyboard('{Enter}')
    await field('单元网格').fill('23010800100100')
    await submit()
    await expect.element(page.getByRole('alert').first()).toMatchTextContent('应为 15 位数字，这里是 14 位')
    await field('单元网格').fill('230108001001001')
    await expect.element(page.getByText('平房区友协街道东风社区第 1 号单元网格')).toBeVisible()
    await submit()
    await expect.poll(() => sent().length).toBe(1)
    expect(sent()[0]?.facts).toMatchObject({ streetCode: '230108001', communityCode: '230108001001', subclassName: '污水井盖' })
  })

  it('marks it urgent and asks for class and place with one key', async () => {
    const { sent } = await showForm()
    await fillCall()
    await userEvent.keyboard('{Control>}{Shift>}j{/Shift}{/Control}')
    await expect.element(page.getByRole('radiogroup', { name: '紧急程度' }).getByRole('radio', { name: /^紧急/ })).toBeChecked()
    await expect.element(page.getByRole('combobox', { name: '小类' })).toHaveFocus()
    expect(sent()).toEqual([])
  })
})

describe('drafts of registrations', () => {
  it('are kept while typing, listed when another is begun, and gone on with', async () => {
    const { asked } = await showForm()
    await fillCall('写到一半的')
    await expect.poll(() => asked('drafts.save').length).toBeGreaterThan(0)
    await userEvent.keyboard('{Alt>}a{/Alt}')
    await expect.element(field('经过')).toHaveValue('')
    const drafts = page.getByRole('region', { name: '草稿' })
    await expect.element(drafts).toMatchTextContent('写到一半的')
    await drafts.getByRole('button', { name: /^12319 热线.*写到一半的/ }).click()
    await expect.element(field('经过')).toHaveValue('写到一半的')
  })

  it('are where the form begins again after a reload', async () => {
    const draft = JSON.stringify({ source: 'hotline', number: '139', course: '重启前写的' })
    const { sent } = await showForm('intake', {
      prepare: (core) => void core.transport.invoke('drafts.save', { key: 'cases/register/1', body: draft }),
    })
    await expect.element(field('经过')).toHaveValue('重启前写的')
    await address().fill('友协大街')
    await submit()
    await expect.poll(() => sent()[0]?.draftKey).toBe('cases/register/1')
  })

  it('do not hold the form for somebody who registers nothing', async () => {
    await show(<RegistrationPane />, 'dispatcher')
    await expect.element(page.getByText('您的岗位（派遣员）不登记案卷；需要时请告诉受理员。')).toBeVisible()
  })
})
