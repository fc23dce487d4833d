import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RepliesPane } from '../../../src-renderer/features/cases/replies/replies-pane'
import { show } from './show'

/** 待回复 on the fake core, by keyboard. */
type Acted = { readonly action: string; readonly input: Record<string, unknown> }
const list = () => page.getByRole('grid', { name: '待回复的案卷' })

it('is written by key, kept as typed, and waits for somebody else’s yes', async () => {
  const { asked } = await show(<RepliesPane />, 'opinionMonitor')
  await expect.element(list()).toMatchTextContent('待写')
  await expect.element(page.getByRole('textbox', { name: '回复稿' })).toBeVisible()
  await expect.element(list()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('textbox', { name: '回复稿' })).toHaveFocus()
  await userEvent.keyboard('已疏通，感谢监督。')
  await expect.poll(() => (asked('drafts.save') as { body: string }[]).at(-1)?.body).toBe('已疏通，感谢监督。')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect
    .poll(() => (asked('cases.act') as Acted[]).map(({ action, input }) => [action, input]))
    .toEqual([['proposeReply', { answer: '已疏通，感谢监督。' }]])
  await expect.element(page.getByText(/等核准/)).toBeVisible()
})
