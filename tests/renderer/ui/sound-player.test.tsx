import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { SoundPlayer, type SoundPlayerProps } from '../../../src-renderer/ui/sound/sound-player'
import '../../../src-renderer/app/theme/tokens.css'

/** Stereo A-law at 8 kHz, as seats record: what is proven here is also that the browser plays it. */
function recording(seconds: number): string {
  const samples = seconds * 8_000
  const view = new DataView(new ArrayBuffer(58 + samples * 2))
  const text = (at: number, words: string) => {
    for (const [index, letter] of [...words].entries()) view.setUint8(at + index, letter.charCodeAt(0))
  }
  text(0, 'RIFF')
  view.setUint32(4, 50 + samples * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 18, true)
  for (const [at, value] of [
    [20, 6],
    [22, 2],
    [32, 2],
    [34, 8],
    [36, 0],
  ] as const)
    view.setUint16(at, value, true)
  view.setUint32(24, 8_000, true)
  view.setUint32(28, 16_000, true)
  text(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, samples, true)
  text(50, 'data')
  view.setUint32(54, samples * 2, true)
  for (let at = 58; at < view.byteLength; at += 1) view.setUint8(at, at % 20 < 10 ? 0xaa : 0x2a)
  return URL.createObjectURL(new Blob([view.buffer], { type: 'audio/wav' }))
}

async function show(given: Partial<SoundPlayerProps> = {}) {
  const onFailed = vi.fn()
  await render(
    <div style={{ width: 400 }}>
      <SoundPlayer
        src={recording(60)}
        durationMs={60_000}
        peaks={{ left: [0.1, 0.9], right: [0.5, 0] }}
        marks={[
          { kind: 'pause', atMs: 20_000 },
          { kind: 'resume', atMs: 25_000 },
          { kind: 'gap', atMs: 40_000 },
        ]}
        sides={['对方', '坐席']}
        blockedReason={null}
        onFailed={onFailed}
        {...given}
      />
    </div>,
  )
  const audio = document.querySelector('audio') as HTMLAudioElement
  await expect.poll(() => audio.readyState, { timeout: 5_000 }).toBeGreaterThanOrEqual(1)
  return { onFailed, audio }
}
const place = () => page.getByRole('slider', { name: '播放位置' })

describe('the player of a recording', () => {
  it('knows the length of an A-law recording and plays it', async () => {
    const { audio, onFailed } = await show()
    expect(audio.duration).toBeCloseTo(60, 1)
    await page.getByRole('button', { name: /播放/ }).click()
    await expect.poll(() => audio.currentTime, { timeout: 5_000 }).toBeGreaterThan(0.2)
    await page.getByRole('button', { name: '暂停 空格' }).click()
    await expect.poll(() => audio.paused).toBe(true)
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('moves by keys, by click and by its marks, and says where it is', async () => {
    const { audio } = await show()
    ;(place().element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}')
    await expect.poll(() => audio.currentTime).toBeCloseTo(5, 1)
    await expect.element(place()).toHaveAttribute('aria-valuetext', '00:05，共 01:00')
    await page.getByRole('button', { name: '录音暂停 00:20–00:25' }).click()
    await expect.poll(() => audio.currentTime).toBeCloseTo(20, 1)
    await userEvent.click(document.querySelector('.ui-sound-wave') as Element)
    await expect.poll(() => audio.currentTime).toBeCloseTo(30, 0)
    ;(place().element() as HTMLElement).focus()
    await userEvent.keyboard('{End}')
    await expect.element(place()).toHaveAttribute('aria-valuenow', '60')
  })

  it('goes faster and slower without another voice', async () => {
    const { audio } = await show()
    ;(place().element() as HTMLElement).focus()
    await userEvent.keyboard('++')
    await expect.poll(() => audio.playbackRate).toBe(1.5)
    await userEvent.keyboard('---')
    await expect.poll(() => audio.playbackRate).toBe(0.75)
    await userEvent.keyboard('-')
    expect([audio.playbackRate, audio.preservesPitch]).toEqual([0.75, true])
  })

  it('is silent while something more important is heard, and says why', async () => {
    const { audio } = await show({ blockedReason: '正在通话，结束后再听', autoPlay: true })
    await expect.element(page.getByText('正在通话，结束后再听')).toBeVisible()
    ;(place().element() as HTMLElement).focus()
    await userEvent.keyboard(' ')
    expect(audio.paused).toBe(true)
  })
})
