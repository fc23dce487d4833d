import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** A shift handed over from the prefill to the acceptance by keyboard alone, at one seat; keys and seconds are counted and said. */
const incomingNo = '0102'
const judgement = '友协大街井盖未复位前经办人不下班。'

test('a shift is handed over by keyboard, from the prefill to both signatures, and nobody leaves in between without saying why', async ({
  seat,
}, info) => {
  await seat.signIn('shiftLead')
  const page = seat.page()
  const hand = countedHand(page)
  await page.keyboard.press('Alt+5')
  await page.getByRole('textbox', { name: '日志内容' }).fill('区里调阅联盟大街画面 12 分钟')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('grid', { name: '工作日志' })).toContainText('区里调阅')

  const started = Date.now()
  await hand.press('Alt+6')
  await expect(page.getByRole('button', { name: /开始交班/ })).toBeFocused()
  await expect(page.getByRole('region', { name: '谁交给谁' })).toContainText('周敏')
  await hand.press('Enter')
  await expect(page.getByRole('textbox', { name: '判断' })).toBeFocused()
  await expect(page.getByRole('region', { name: '工作日志' })).toContainText('区里调阅联盟大街画面')
  await hand.type(judgement)

  // Signing out now would leave the post: the form asks why, and Esc goes back to the words as they were.
  await page.keyboard.press('Control+K')
  await page.keyboard.type('qianchu')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '离岗理由' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: '判断' })).toHaveValue(judgement)
  await page.getByRole('textbox', { name: '判断' }).focus()

  await hand.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: '接班人工号' })).toBeFocused()
  await hand.type(incomingNo)
  await hand.press('Tab')
  await hand.type(seat.central.password)
  await hand.press('Enter')
  const points = page.getByRole('listbox', { name: '逐项复述' })
  await expect(points).toBeFocused()
  const count = await points.getByRole('option').count()
  for (let at = 0; at < count; at++) {
    await hand.press('Space')
    await expect(points.getByRole('option').nth(at)).toContainText('✓ 收')
  }
  await hand.press('F9')
  await expect(page.getByRole('region', { name: '双方签字' })).toContainText('郑国平')
  await expect(page.getByRole('region', { name: '双方签字' })).toContainText(/已签.*同一坐席/)
  const seconds = (Date.now() - started) / 1000
  info.annotations.push({
    type: 'handover',
    description: `${hand.keys()} keys for ${count} points besides ${hand.typed()} characters typed, ${seconds.toFixed(1)} s`,
  })
  console.log(`handover: ${hand.keys()} keys for ${count} points, ${hand.typed()} characters, ${seconds.toFixed(1)} s`)
  // Open, begin, sign, on to the password, confirm, sign; and one key for each point.
  expect(hand.keys()).toBe(6 + count)

  await page.keyboard.press('Control+K')
  await page.keyboard.type('qianchu')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('账号')).toBeVisible()
})

/** Counts what a person would press: one for a key with those held beside it, and characters apart. */
function countedHand(page: Page) {
  let [keys, typed] = [0, 0]
  return {
    async press(key: string): Promise<void> {
      keys += 1
      await page.keyboard.press(key)
    },
    async type(text: string): Promise<void> {
      typed += text.length
      await page.keyboard.type(text)
    },
    keys: () => keys,
    typed: () => typed,
  }
}
