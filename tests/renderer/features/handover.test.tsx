import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccountOf, fakePassword } from '../../../src-renderer/bridge/fake-data'
import { HandoverPane } from '../../../src-renderer/features/handover/handover-pane'
import { ShiftPane } from '../../../src-renderer/features/handover/shift-pane'
import { show } from './show'

const list = () => page.getByRole('listbox', { name: '逐项复述' })

async function sealed() {
  const shown = await show(<HandoverPane />, 'shiftLead')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('textbox', { name: '判断' })).toHaveFocus()
  await userEvent.keyboard('午后回暖，先盯排水。')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.element(list()).toBeVisible()
  return shown
}

it('walks through every part of the shift by one key, and back round', async () => {
  await show(<ShiftPane />, 'shiftLead')
  const part = () => page.getByRole('tab', { selected: true })
  await expect.element(page.getByRole('button', { name: /开始交班/ })).toBeVisible()
  for (const title of ['排班', '请假调班', '考勤', '班会', '来访', '设备', '思想动态', '归档', '交接班']) {
    await userEvent.keyboard(']')
    await expect.element(part()).toHaveTextContent(title)
  }
  await userEvent.keyboard('[[')
  await expect.element(part()).toHaveTextContent('归档')
})

describe('the handover by keyboard', () => {
  it('goes from prefill to acceptance at one seat: begin, judge, sign, take item by item, sign', async () => {
    const { asked } = await sealed()
    expect(asked('handover.seal')).toMatchObject([{ judgement: '午后回暖，先盯排水。' }])
    await page.getByRole('textbox', { name: '接班人工号' }).fill('0199')
    await page.getByLabelText('接班人口令').fill(fakePassword)
    await userEvent.keyboard('{Enter}')
    await expect.element(list()).toHaveFocus()
    const points = page.getByRole('option')
    const count = points.elements().length
    expect(count).toBeGreaterThan(8)
    await expect.element(page.getByRole('button', { name: /签字接班/ })).toHaveAttribute('aria-disabled', 'true')
    for (let i = 0; i < count; i++) {
      await userEvent.keyboard(' ')
      await expect.element(page.getByText(`已收 ${i + 1}/${count}`)).toBeVisible()
    }
    await userEvent.keyboard('{F9}')
    await expect.element(page.getByText('已接班。')).not.toBeInTheDocument()
    await expect.element(page.getByText(/已签 .*同一坐席/)).toBeVisible()
    expect(asked('handover.accept')).toHaveLength(1)
  })

  it('demands the written form while there is a special matter', async () => {
    await show(<HandoverPane />, 'shiftLead')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('textbox', { name: '判断' })).toHaveFocus()
    const sign = page.getByRole('button', { name: /交班签字/ })
    await expect.element(sign).toHaveAttribute('aria-disabled', 'true')
    await page.getByRole('textbox', { name: '判断' }).fill('盯到复位')
    await expect.element(sign).not.toHaveAttribute('aria-disabled')
  })

  it('asks with W and will not take the item before it is answered', async () => {
    const { asked } = await sealed()
    await page.getByRole('textbox', { name: '接班人工号' }).fill('0199')
    await page.getByLabelText('接班人口令').fill(fakePassword)
    await userEvent.keyboard('{Enter}')
    await expect.element(list()).toHaveFocus()
    await userEvent.keyboard('w')
    await userEvent.keyboard('格 11 谁报修？{Enter}')
    await expect.element(page.getByText('格 11 谁报修？')).toBeVisible()
    await expect.element(page.getByText('? 待答')).toBeVisible()
    await userEvent.keyboard(' ')
    await expect.element(page.getByRole('alert')).toMatchTextContent(/提问还没有回答/)
    expect(asked('handover.point')).toMatchObject([{ did: 'ask' }, { did: 'take' }])
  })

  it('goes on without the centre and says so', async () => {
    await show(<HandoverPane />, 'shiftLead', { prepare: (core) => core.setOffline(true) })
    await expect.element(page.getByText('中心离线，内容都存在本机')).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('textbox', { name: '判断' })).toBeVisible()
  })

  it('has no place for posts that hand nothing over', async () => {
    await show(<HandoverPane />, 'admin', { signedInAs: fakeAccountOf('admin') })
    await expect.element(page.getByText(/没有交接班/)).toBeVisible()
  })
})
