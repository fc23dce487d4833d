import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** Speaks to the core as a hostile page would: past the bridge, through the transport itself. */
async function invoke(page: Page, command: string, payload: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, body]) => {
      const seat = (globalThis as unknown as { seat?: { invoke(command: unknown, payload: unknown): Promise<unknown> } }).seat
      if (seat) return seat.invoke(name, body)
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/seat`)
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
      const answered = new Promise((resolve) => {
        socket.addEventListener('message', ({ data }) => {
          const frame = JSON.parse(data as string) as { id?: number; answer?: unknown }
          if (frame.id === 1) resolve(frame.answer)
        })
      })
      socket.send(JSON.stringify({ id: 1, command: name, payload: body }))
      const answer = await answered
      socket.close()
      return answer
    },
    [command, payload] as const,
  )
}

test('unknown commands, malformed payloads and commands before sign-in are refused with a code and a sentence', async ({ seat }) => {
  const page = seat.page()
  await expect(page.getByLabel('账号')).toBeVisible()
  expect(await invoke(page, 'files.read', { path: '/etc/passwd' })).toMatchObject({ ok: false, error: { code: 'seatApi/unknownCommand' } })
  expect(await invoke(page, '__proto__', {})).toMatchObject({ ok: false, error: { code: 'seatApi/unknownCommand' } })
  expect(await invoke(page, 'session.signIn', { accountNo: 7 })).toMatchObject({ ok: false, error: { code: 'seatApi/malformed' } })
  expect(await invoke(page, 'drafts.save', { key: 'a', body: 'b' })).toMatchObject({ ok: false, error: { code: 'auth/signInRequired' } })
  await seat.signIn('intake')
  expect(await invoke(page, 'accounts.list', {})).toMatchObject({ ok: false, error: { code: 'auth/forbidden' } })
  expect(await invoke(page, 'drafts.save', { key: 'a', body: 'x'.repeat(300_000) })).toMatchObject({ ok: false })
  await page.keyboard.press('Control+L')
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeVisible()
  expect(await invoke(page, 'drafts.get', { key: 'a' })).toMatchObject({ ok: false, error: { code: 'session/locked' } })
})
