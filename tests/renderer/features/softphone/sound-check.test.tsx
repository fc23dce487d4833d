import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { SeatSound } from '../../../../src-renderer/features/softphone/sound/seat-sound'
import { SoundCheck } from '../../../../src-renderer/features/softphone/sound/sound-check'
import type { SoundState } from '../../../../src-renderer/features/softphone/sound/sound-state'
import { show } from '../show'

const device = { label: '话务耳机', isSubstitute: false, isSynthetic: false }
const state = {
  ...{ link: 'up', error: null, devices: { microphones: [], speakers: [] } },
  microphone: { state: 'present', ...device },
  speaker: device,
} as SoundState
const sound = { tryTone: () => {} } as unknown as SeatSound

test('the check ends with the echo of the exchange, and what it came to goes to the centre', async () => {
  const { core, asked } = await show(<SoundCheck sound={sound} state={state} />, 'intake')
  const keep = page.getByRole('button', { name: '记下结果' })
  await expect.element(keep).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: '放提示音' }).click()
  await page.getByRole('button', { name: '是' }).click()
  await page.getByRole('button', { name: '拨 *43' }).click()
  await expect.poll(() => asked('telephone.dial')).toEqual([{ number: '*43', purpose: 'test' }])
  // Only once it is connected there is anything to hear.
  await expect.element(page.getByText('说几句，听到自己了吗？')).not.toBeInTheDocument()
  const view = core.state('telephone.changed')
  const [call] = view.calls
  core.publish('telephone.changed', {
    ...view,
    calls: view.calls.map((each) => ({ ...each, phase: 'talking' as const, answeredAt: Date.now() })),
  })
  await page.getByRole('button', { name: '否' }).click()
  await expect.poll(() => asked('telephone.hangUp')).toEqual([{ callId: call?.callId, pressedMs: 0 }])
  await keep.click()
  await expect
    .poll(() => asked('telephone.keepCheck'))
    .toEqual([{ steps: { line: 'good', speaker: 'good', microphone: 'skipped', echo: 'bad', centre: 'good' } }])
})

test('an exchange without an echo says so', async () => {
  await show(<SoundCheck sound={sound} state={state} />, 'intake', {
    prepare: (core) => core.publish('telephone.changed', { ...core.state('telephone.changed'), echoNumber: null }),
  })
  await expect.element(page.getByText('交换机没有回音号，不试')).toBeVisible()
})
