import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { QualityPane } from '../../../src-renderer/features/call-log/quality/quality-pane'
import { show } from './show'

const list = () => page.getByRole('grid', { name: '质检通话' })
const items = () => page.getByRole('grid', { name: '评分项' })

it('scores a call by keys alone: digits, words where half is lost, a veto item kept, and hands it in', async () => {
  const { asked } = await show(<QualityPane />, 'supervisor')
  await expect.element(list().getByRole('row').nth(1)).toMatchTextContent(/待评.*王芳/)
  ;(list().element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.poll(() => document.activeElement).toBe(items().element())
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(asked('quality.enter')).toEqual([])
  await userEvent.keyboard('9')
  // Half is lost: the words are asked for at once.
  await userEvent.keyboard('4')
  const words = page.getByRole('textbox', { name: '复述确认的原因' })
  await expect.poll(() => document.activeElement).toBe(words.element())
  await userEvent.keyboard('没有复述地点')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => document.activeElement).toBe(items().element())
  await expect.poll(() => asked('drafts.save').length).toBeGreaterThan(0)
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect
    .poll(() => asked('quality.enter'))
    .toMatchObject([
      {
        content: {
          kind: 'score',
          sheet: {
            formVersion: 1,
            answers: [
              { itemId: 'item0', result: 9, remark: '' },
              { itemId: 'item1', result: 4, remark: '没有复述地点' },
              { itemId: 'quarrel', result: 'kept' },
            ],
          },
        },
      },
    ])
})

it('says with figures why a call of broken sound is not scored, and offers no form for it', async () => {
  await show(<QualityPane />, 'supervisor')
  await page.getByText('音质剔除 1').click()
  await list().getByRole('row').nth(1).click()
  ;(list().element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('音质太差，不计入坐席成绩：音质评分 2.3，低于 3.1。')).toBeVisible()
  expect(items().elements()).toEqual([])
})

it('shows nobody but reviewers the calls of others', async () => {
  const { asked } = await show(<QualityPane />, 'intake')
  await expect.element(page.getByRole('grid', { name: '我的质检' })).toBeVisible()
  expect(page.getByRole('tab').elements()).toHaveLength(1)
  expect(asked('quality.list')).toEqual([])
})
