import { createHash, randomUUID } from 'node:crypto'
import { callRecordOf } from '../fixtures/calls'
import { aLawWave } from '../fixtures/recordings'
import { accounts, expect, test } from './fixtures'

/** A seat elsewhere took a call and brought its recording: what its own program does, by the same routes. */
async function bringCall(central: { readonly url: string; readonly password: string }, seconds: number): Promise<void> {
  const wave = aLawWave(seconds)
  const [callId, recordingId] = [randomUUID(), randomUUID()]
  const ask = async (method: string, path: string, body: unknown, token = '') => {
    const isSound = Buffer.isBuffer(body)
    const answer = await fetch(`${central.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': isSound ? 'application/octet-stream' : 'application/json',
        ...(!isSound && { 'idempotency-key': randomUUID() }),
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: isSound ? new Uint8Array(body) : JSON.stringify(body),
    })
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
    return answer.json()
  }
  const { tokens } = await ask('POST', '/sessions', { accountNo: accounts.intake, password: central.password, seatNo: '03' })
  const startedAt = Date.now() - 600_000
  const call = callRecordOf({ callId, recordingId, startedAt, answeredAt: startedAt + 5_000, endedAt: startedAt + 5_000 + seconds * 1_000 })
  await ask('PUT', `/calls/${callId}`, call, tokens.accessToken)
  const sha256 = createHash('sha256').update(wave).digest('hex')
  const peaks = { left: [0.2, 0.8, 0.1], right: [0.7, 0.1, 0.6] }
  const facts = { recordingId, callId, startedAt, durationMs: seconds * 1_000, bytes: wave.length, sha256, marks: [], peaks }
  await ask('POST', '/recordings', facts, tokens.accessToken)
  for (let offset = 0; offset < wave.length; offset += 500_000)
    await ask('PUT', `/recordings/${recordingId}/content?offset=${offset}`, wave.subarray(offset, offset + 500_000), tokens.accessToken)
}

test('a shift lead hears the call of another seat, from anywhere in it, and only while signed in', async ({ seat }, info) => {
  await bringCall(seat.central, 90)
  await seat.signIn('shiftLead')
  const page = seat.page()
  await page.keyboard.press('Alt+8')
  await page.getByText('全中心', { exact: true }).click()
  await page.getByRole('grid', { name: '通话记录' }).getByRole('row').nth(1).dblclick()
  await page.getByRole('button', { name: '收听录音' }).click()
  const audio = page.locator('audio')
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime), { timeout: 15_000 }).toBeGreaterThan(0.3)
  expect(await audio.evaluate((element: HTMLAudioElement) => element.duration)).toBeCloseTo(90, 0)
  // To the last third, which was not fetched yet.
  const place = page.getByRole('slider', { name: '播放位置' })
  await place.focus()
  for (let step = 0; step < 14; step += 1) await place.press('ArrowRight')
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime), { timeout: 15_000 }).toBeGreaterThan(70.2)
  await page.screenshot({ path: info.outputPath('listening.png') })
  const address = await audio.evaluate((element: HTMLAudioElement) => element.src)
  const part = await page.evaluate(async (url) => (await fetch(url, { headers: { range: 'bytes=0-3' } })).text(), address)
  expect(part).toBe('RIFF')
  await page.keyboard.press('Control+L')
  await expect.poll(() => page.evaluate(async (url) => (await fetch(url)).status, address)).toBe(404)
})
