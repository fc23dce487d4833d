import { expect, it } from 'vitest'
import { ok } from '#shared/base/result'
import type { DeviceOrder, SteerAsk } from '#shared/domain/camera/steering'
import { type Person, person } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { onEveryDatabase } from './databases'

const params = { cameraNo: '008' }

/** Motors that write down what they are told. */
function motors(central: TestCentral) {
  const orders: DeviceOrder[] = []
  let failure: string | null = null
  central.central.attachMotors({
    canTurn: (cameraNo) => cameraNo === '008',
    async order(_cameraNo, order) {
      if (failure !== null) return { ok: false, error: failure }
      orders.push(order)
      return ok(undefined)
    },
    stop: async () => {},
  })
  return {
    orders,
    failWith(words: string | null) {
      failure = words
    },
  }
}
const steer = (central: TestCentral, who: Person, ask: SteerAsk, cameraNo = '008') =>
  central.call('cameras.steer', { token: who.token, params: { cameraNo }, body: { ask } })

onEveryDatabase('steering of cameras', (start) => {
  it('is one hand’s at a time, told to everybody, obeyed by the device, and comes to rest by itself', async () => {
    const central = await start()
    const { orders, failWith } = motors(central)
    const [one, other, lead] = [
      await person(central, '2001', 'wallOperator'),
      await person(central, '2002', 'wallOperator'),
      await person(central, '2003', 'shiftLead'),
    ]
    expect((await steer(central, one, { type: 'savePreset', number: 1, name: '路口' })).status).toBe(200)
    await steer(central, one, { type: 'setHome', number: 1 })
    await steer(central, one, { type: 'move', pan: 1, tilt: 0, zoom: 0 })
    expect((await steer(central, other, { type: 'stop' })).body).toMatchObject({
      code: 'camera/steeredByOther',
      title: expect.stringContaining('正由测2001（坐席'),
    })
    expect((await steer(central, lead, { type: 'take' })).status).toBe(200)
    expect((await central.call('cameras.steering', { token: other.token, params })).body).toMatchObject({
      canTurn: true,
      steering: { homePreset: 1, session: { hand: { accountNo: '2003' } } },
    })
    failWith('账号或口令不对')
    expect((await steer(central, lead, { type: 'stop' })).body).toMatchObject({ code: 'camera/notSteered' })
    failWith(null)
    expect((await steer(central, lead, { type: 'stop' }, '009')).body).toMatchObject({ code: 'camera/cannotTurn' })
    orders.length = 0
    // The centre looks after cameras by itself, each second, as long as somebody has one.
    // A look that began before the time was up sees nothing, and those that fall into it are left out: seconds go on, as in life.
    const comesTo = (expected: readonly DeviceOrder[]) =>
      expect
        .poll(
          async () => {
            await central.clock.advance(1_000)
            return [...orders]
          },
          { timeout: 10_000 },
        )
        .toEqual(expected)
    await central.clock.advance(15_000)
    await comesTo([{ kind: 'stop' }])
    await central.clock.advance(118_000)
    await comesTo([{ kind: 'stop' }, { kind: 'recall', number: 1 }])
    const reader = await readEvents(await central.listen(), other.token, 0)
    await reader.find(({ name, payload }) => name === 'camera.steered' && payload.session.hand?.accountNo === '2003')
    reader.close()
  })
})
