import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { DialerProvider, PhoneNumber } from '../../../src-renderer/ui/phone-number'

const number = '+8613800138000'

test('a number is called with one press, with the case it stands in', async () => {
  const dialled: unknown[] = []
  await render(
    <DialerProvider value={{ reason: null, dial: (...given) => dialled.push(given) }}>
      <PhoneNumber number={number} caseNo="20261128-0041" />
    </DialerProvider>,
  )
  await userEvent.click(page.getByRole('button', { name: '拨打 138 0013 8000' }))
  expect(dialled).toEqual([[number, '20261128-0041']])
})

test('a number that cannot be called now says why and calls nobody', async () => {
  const dialled: unknown[] = []
  await render(
    <DialerProvider value={{ reason: '两路都在用', dial: (...given) => dialled.push(given) }}>
      <PhoneNumber number={number} />
    </DialerProvider>,
  )
  const button = page.getByRole('button', { name: '拨打 138 0013 8000' })
  await expect.element(button).toHaveAttribute('title', '两路都在用')
  ;(button.element() as HTMLElement).click()
  expect(dialled).toEqual([])
})

test('where nobody dials, a number is plain text', async () => {
  await render(<PhoneNumber number={number} />)
  await expect.element(page.getByText('138 0013 8000')).toBeVisible()
  expect(page.getByRole('button').query()).toBeNull()
})
