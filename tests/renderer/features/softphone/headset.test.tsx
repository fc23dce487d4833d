import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeAccountOf } from '../../../../src-renderer/bridge/fake-data'
import { usualHeadset } from '../../../fixtures/headset-report'
import { inputsOf, start } from '../../app/start'
// Fetched before the first test's time runs, not within it.
import '../../../../src-renderer/app/frame/signed-in'

/** A headset as WebHID shows one; what it is lit with is kept. */
class Headset extends EventTarget {
  readonly productName = '办公耳机 65'
  readonly collections = usualHeadset
  opened = false
  readonly lit: number[][] = []
  async open() {
    this.opened = true
  }
  async close() {
    this.opened = false
  }
  async sendReport(_reportId: number, bytes: Uint8Array) {
    this.lit.push([...bytes])
  }
  says(...octets: number[]) {
    const data = new DataView(Uint8Array.from(octets).buffer)
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId: 8, data }))
  }
}

class Hid extends EventTarget {
  permitted: Headset[] = []
  constructor(readonly offered: Headset) {
    super()
  }
  async getDevices() {
    return this.permitted
  }
  async requestDevice() {
    this.permitted = [this.offered]
    return this.permitted
  }
}

function plugIn(): { readonly hid: Hid; readonly headset: Headset } {
  const headset = new Headset()
  const hid = new Hid(headset)
  const own = Object.getOwnPropertyDescriptor(navigator, 'hid')
  Object.defineProperty(navigator, 'hid', { configurable: true, value: hid })
  onTestFinished(() => {
    if (own) Object.defineProperty(navigator, 'hid', own)
    else delete (navigator as { hid?: unknown }).hid
  })
  return { hid, headset }
}

test('a headset is connected once in the panel; its hook answers, its lamps follow, and a citizen is hung up on by two presses only', async () => {
  const { hid, headset } = plugIn()
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await page.getByTitle('点开话机设置与自检', { exact: false }).first().click()
  await expect.element(page.getByText('没有接入', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: '接入…' }).click()
  await expect.element(page.getByText('办公耳机 65：接听挂机、静音、切换、拒接', { exact: false })).toBeVisible()
  expect(headset.opened).toBe(true)

  const { callId } = core.ring({ number: '+8613800138000' })
  await expect.poll(() => headset.lit.at(-1)).toEqual([0b10, 0])
  headset.says(0b1, 0)
  await expect.poll(() => core.state('telephone.changed').calls[0]?.phase).toBe('talking')
  expect(inputsOf(core, 'telephone.answer')).toEqual([{ callId, by: 'headset' }])
  await expect.poll(() => headset.lit.at(-1)).toEqual([0b01, 0])

  headset.says(0b100_0001, 0)
  await expect.poll(() => headset.lit.at(-1)).toEqual([0b01, 0b1])
  headset.says(0b1, 0)

  headset.says(0, 0)
  await expect.element(page.getByText('三秒内再按一次', { exact: false })).toBeVisible()
  expect(inputsOf(core, 'telephone.hangUp')).toEqual([])
  // The headset's own latch has fallen; it is told at once that the call goes on, and says so.
  headset.says(0b1, 0)
  headset.says(0, 0)
  await expect.poll(() => core.state('telephone.changed').calls.length).toBe(0)
  expect(inputsOf(core, 'telephone.hangUp')).toEqual([{ callId, pressedMs: 0, reason: '耳机键连按两次' }])

  hid.permitted = []
  hid.dispatchEvent(Object.assign(new Event('disconnect'), { device: headset }))
  expect(headset.opened).toBe(false)
})
