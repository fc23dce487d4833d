import { expect, it } from 'vitest'
import { ok } from '#shared/base/result'
import { createFakeCti } from '../../fakes/fake-cti'
import { person } from '../../fixtures/cases'
import { onEveryDatabase } from './databases'

onEveryDatabase('the queue of the exchange', (start) => {
  it('is said to be none where there is none, and shown without numbers where there is', async () => {
    const central = await start()
    const one = await person(central, '2001', 'intake')
    const ask = () => central.call('queue.get', { token: one.token })
    expect(await ask()).toMatchObject({ status: 200, body: { queue: null } })
    const cti = {
      ...createFakeCti(),
      queueStatus: async () =>
        ok({ waiting: [{ callerId: '13800138000', since: 5 }], members: [{ extension: '8001', state: 'free' as const }] }),
    }
    central.central.attachCti(cti)
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body.queue).toEqual({ waiting: [{ since: 5 }], members: [{ extension: '8001', state: 'free' }], at: expect.any(Number) })
  })

  it('is told what people at the seats show, at once and until they leave', async () => {
    const central = await start()
    const extension = '8002'
    await central.central.services.db.updateTable('seat').set({ extension }).where('seat_no', '=', '02').execute()
    const cti = createFakeCti()
    central.central.attachCti(cti)
    const { token } = await central.signIn('intake', '02')
    const show = (phase: string) =>
      central.call('agents.show', {
        ...{ token, body: { phase, since: central.clock.now(), reason: null, isForced: false, callId: null, answeredAt: null } },
      })
    const told = async () => {
      await central.clock.advance(500)
      // The database answers in its own time.
      await expect.poll(() => cti.said.length, { timeout: 5_000 }).toBeGreaterThan(0)
      return cti.said.splice(0).filter((line) => line.startsWith(extension))
    }
    expect(await told()).toEqual([`${extension} signedOut`])
    await show('ready')
    expect(await told()).toEqual([`${extension} null`])
    await show('talking')
    await show('wrapUp')
    expect(await told()).toEqual([`${extension} wrapUp`])
    await central.call('sessions.close', { token })
    expect(await told()).toEqual([`${extension} signedOut`])
  })
})
