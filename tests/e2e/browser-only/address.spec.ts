import { expect, test } from '../fixtures'

test('the one-time address works once, no page is served without it, and a page of another origin cannot reach the core', async ({
  seat,
  browser,
}) => {
  const origin = new URL(seat.page().url()).origin
  const stranger = await browser.newContext()
  const page = await stranger.newPage()
  const refused = await page.goto(`${origin}/`)
  expect(refused?.status()).toBe(403)
  const guessed = await page.goto(`${origin}/?token=${'0'.repeat(43)}`)
  expect(guessed?.status()).toBe(403)
  await page.goto('about:blank')
  const closed = await page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address)
        socket.onopen = () => resolve(false)
        socket.onerror = () => resolve(true)
      }),
    `${origin.replace('http', 'ws')}/seat`,
  )
  expect(closed).toBe(true)
  await stranger.close()
})
