import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import type { SipCall } from '#main/telephony/sip/user-agent'
import { type DemoExchange, startDemoExchange } from '#server/demo/exchange/exchange'
import { createKeptLog } from '../../fakes/kept-log'
import { type InteropSeat, startSeat } from '../../interop/interop-seat'
import { until } from '../../interop/peers/process'

const password = 'Yanshi'
const speechFolder = join(import.meta.dirname, '../../../resources/demo/speech')

/** Seats' telephones at the demonstration's exchange: signalling and speech on real sockets. 8013 and on stand for telephones outside the queue. */
describe('the demonstration exchange', () => {
  const log = createKeptLog()
  let exchange: DemoExchange

  const start = async (speed: number): Promise<DemoExchange> => {
    const started = await startDemoExchange({
      ...{ clock: createSystemClock(), log, port: 0, password, speed, seed: 1, speechFolder },
      maySupervise: async (extension) => extension !== '8003',
    })
    if (!started.ok) throw new Error(started.error)
    return started.value
  }
  beforeAll(async () => {
    exchange = await start(0)
  })
  afterAll(async () => {
    await exchange.stop()
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  interface SeatChange {
    readonly toneHz?: number
    readonly transport?: 'UDP' | 'TCP'
    readonly at?: DemoExchange
    readonly product?: string
  }
  async function seat(
    account: string,
    { toneHz = 600, transport = 'UDP', at = exchange, product = 'telephone/1' }: SeatChange = {},
  ): Promise<InteropSeat> {
    const one = startSeat({ account, exchangePort: at.port, toneHz, password, product, profile: { transport } })
    onTestFinished(() => one.stop())
    one.agent.register()
    await one.registered()
    return one
  }
  async function dial(from: InteropSeat, number: string): Promise<SipCall> {
    const call = await from.agent.call(number)
    if (!call.ok) throw new Error(call.error.code)
    return call.value
  }
  async function talk(from: InteropSeat, to: InteropSeat, number: string) {
    const out = await dial(from, number)
    const incoming = await to.offered()
    incoming.ring()
    expect((await incoming.answer()).ok).toBe(true)
    await from.state(out, 'established')
    return { out, incoming }
  }
  const hear = (who: InteropSeat, hz: number) => until(`${hz} Hz is heard`, () => who.media.hears(hz) > 0.8)

  it('registers who knows the password, and nobody else', async () => {
    const stranger = startSeat({ account: '8001', exchangePort: exchange.port, password: 'wrong' })
    onTestFinished(() => stranger.stop())
    stranger.agent.register()
    await until('it is refused', () => stranger.agent.registration().state === 'refused')
    const known = await seat('8001')
    expect(known.agent.registration()).toMatchObject({ state: 'registered', status: 200 })
    await until('OPTIONS are answered', () => known.agent.registration().isAnswering)
    const call = await stranger.agent.call('8001')
    if (!call.ok) throw new Error(call.error.code)
    await stranger.state(call.value, 'ended')
    expect(call.value.view().end).toMatchObject({ how: 'rejected', sipCause: 407 })
  })

  it.each(['UDP', 'TCP'] as const)('gives back over %s what was said, a second later', async (transport) => {
    const one = await seat('8001', { toneHz: 700, transport })
    const call = await dial(one, '*43')
    await one.state(call, 'established')
    await hear(one, 700)
    call.hangUp()
    await one.state(call, 'ended')
  })

  it('lets two seats talk, plays music to the one on hold, and ends both when one hangs up', async () => {
    const [one, two] = [await seat('8001', { toneHz: 500 }), await seat('8002', { toneHz: 900, transport: 'TCP' })]
    const { out, incoming } = await talk(one, two, '8002')
    expect(incoming.view()).toMatchObject({ peer: { number: '8001' }, calledNumber: '8002' })
    await hear(one, 900)
    await hear(two, 500)
    expect((await out.hold()).ok).toBe(true)
    await until('music instead of the tone', () => two.media.hears(500) < 0.2 && two.media.loudness() > 200)
    expect((await out.resume()).ok).toBe(true)
    await hear(two, 500)
    incoming.hangUp()
    await one.state(out, 'ended')
    expect(out.view().end).toMatchObject({ endedBy: 'peer', how: 'bye' })
  })

  it.each([
    ['*86', 486],
    ['*03', 603],
    ['8007', 480],
    ['999999', 404],
  ])('answers %s with %i', async (number, status) => {
    const one = await seat('8001')
    const call = await dial(one, number)
    await one.state(call, 'ended')
    expect(call.view().end).toMatchObject({ endedBy: 'peer', sipCause: status })
  })

  it('stops ringing where nobody answered when the caller gives up', async () => {
    const [one, two] = [await seat('8001'), await seat('8002')]
    const out = await dial(one, '8002')
    const incoming = await two.offered()
    incoming.ring()
    await one.state(out, 'ringing')
    out.hangUp()
    await two.state(incoming, 'ended')
    expect(incoming.view().end).toMatchObject({ how: 'cancelled', endedBy: 'peer' })
  })

  it('reads keys aloud, and gives back the words at a department', async () => {
    const one = await seat('8001', { toneHz: 0 })
    const call = await dial(one, '*44')
    await one.state(call, 'established')
    await until('it says what it is', () => one.media.loudness() > 500)
    await call.sendDigits('7')
    await until('and the key', () => one.media.loudness() > 500)
    await call.sendDigits('#')
    await one.state(call, 'ended')

    const other = await seat('8002', { toneHz: 650 })
    const department = await dial(other, '7104')
    await other.state(department, 'established')
    await hear(other, 650)
  })

  describe('the hotline', () => {
    it('keeps a caller with music, rings the next seat after a refusal, and tells who calls', async () => {
      const [caller, one, two] = [await seat('8013', { toneHz: 450 }), await seat('8001'), await seat('8002', { toneHz: 1_100 })]
      const out = await dial(caller, '12319')
      await caller.state(out, 'established')
      await until('music while it waits', () => caller.media.loudness() > 200)
      const refused = await one.offered()
      refused.ring()
      refused.reject(486)
      const taken = await two.offered()
      expect(taken.view()).toMatchObject({ peer: { number: '8013' }, calledNumber: '12319' })
      await taken.answer()
      await hear(caller, 1_100)
      await hear(two, 450)
      out.hangUp()
      await two.state(taken, 'ended')
      expect(taken.view().end).toMatchObject({ endedBy: 'peer' })
    })

    it('rings nobody who is not ready, and whoever shows ready at once', async () => {
      await exchange.cti.pauseMember('8001', 'notReady')
      onTestFinished(async () => void (await exchange.cti.pauseMember('8001', 'signedOut')))
      const [caller, one] = [await seat('8013'), await seat('8001')]
      const out = await dial(caller, '12319')
      await caller.state(out, 'established')
      await until('it waits', async () => {
        const status = await exchange.cti.queueStatus()
        return status.ok && status.value.waiting.length === 1 && status.value.members[0]?.state === 'paused'
      })
      expect(one.agent.calls()).toEqual([])
      await exchange.cti.pauseMember('8001', null)
      const call = await one.offered()
      out.hangUp()
      await one.state(call, 'ended')
    })

    it('rings no workstation that nobody is signed in at, which would list the call as missed', async () => {
      const [caller, one] = [await seat('8013'), await seat('8001', { product: 'seat-workstation/1' })]
      const out = await dial(caller, '12319')
      await caller.state(out, 'established')
      await until('it waits', async () => {
        const status = await exchange.cti.queueStatus()
        return status.ok && status.value.waiting.length === 1 && status.value.members[0]?.state === 'paused'
      })
      expect(one.agent.calls()).toEqual([])
      await exchange.cti.pauseMember('8001', null)
      onTestFinished(async () => void (await exchange.cti.pauseMember('8001', 'signedOut')))
      await one.offered()
    })

    it('has citizens who call by themselves, named as a demonstration', async () => {
      const busy = await start(200)
      onTestFinished(() => busy.stop())
      const one = await seat('8001', { toneHz: 0, at: busy })
      const call = await one.offered()
      expect(call.view().peer).toMatchObject({
        number: expect.stringMatching(/^\+861380000/),
        displayName: expect.stringMatching(/^演示 ./),
      })
      call.ring()
      await call.answer()
      await until('the citizen speaks', () => one.media.loudness() > 500)
    })

    it('keeps a hall of twelve busy', async () => {
      const hall = await start(3_600)
      onTestFinished(() => hall.stop())
      const numbers = Array.from({ length: 12 }, (_, at) => String(8_001 + at))
      const seats = await Promise.all(numbers.map((account) => seat(account, { toneHz: 0, at: hall })))
      const calls = await Promise.all(
        seats.map(async (one) => {
          const call = await one.offered()
          await call.answer()
          return call
        }),
      )
      const heard = new Set<InteropSeat>()
      await until('a citizen speaks at every seat', () => {
        for (const one of seats) if (one.media.loudness() > 500) heard.add(one)
        return heard.size === seats.length
      })
      expect(calls.map((call) => call.view().state)).toEqual(numbers.map(() => 'established'))
    })
  })

  describe('a transfer', () => {
    it('goes on at the other seat, which is told who calls', async () => {
      const [caller, one, two] = [await seat('8013', { toneHz: 450 }), await seat('8001'), await seat('8002', { toneHz: 1_100 })]
      const { out, incoming } = await talk(caller, one, '8001')
      const done = incoming.transfer('8002', { caseNo: '2026-0001', userToUser: null, extra: {} })
      const taken = await two.offered()
      expect(taken.view()).toMatchObject({ peer: { number: '8013' }, data: { caseNo: '2026-0001' } })
      taken.ring()
      await taken.answer()
      expect(await done).toMatchObject({ ok: true })
      await one.state(incoming, 'ended')
      await hear(caller, 1_100)
      await hear(two, 450)
      expect(out.view().state).toBe('established')
    })

    it('that nobody takes comes back', async () => {
      const [caller, one] = [await seat('8013', { toneHz: 450 }), await seat('8001')]
      const { incoming } = await talk(caller, one, '8001')
      expect(await incoming.transfer('8007')).toMatchObject({ ok: false, error: { code: 'phone/refused', detail: { status: 480 } } })
      expect(incoming.view().state).toBe('established')
      await hear(one, 450)
    })

    it('after a consultation connects the two', async () => {
      const [caller, one, two] = [await seat('8013', { toneHz: 450 }), await seat('8001'), await seat('8002', { toneHz: 1_100 })]
      const { incoming } = await talk(caller, one, '8001')
      await incoming.hold()
      const { out: consult } = await talk(one, two, '8002')
      expect(await incoming.transferTo(consult)).toMatchObject({ ok: true })
      await one.state(incoming, 'ended')
      await one.state(consult, 'ended')
      await hear(caller, 1_100)
      await hear(two, 450)
    })
  })

  describe('somebody who answers for the shift', () => {
    async function supervised(code: string) {
      const [citizen, agent, lead] = [
        await seat('8013', { toneHz: 400 }),
        await seat('8001', { toneHz: 1_000 }),
        await seat('8002', { toneHz: 2_200, transport: 'TCP' }),
      ]
      const { out, incoming } = await talk(citizen, agent, '8001')
      await hear(citizen, 1_000)
      const own = await dial(lead, `${code}8001`)
      await lead.state(own, 'established')
      return { citizen, agent, lead, out, incoming, own }
    }
    /** Two tones of equal loudness share the energy. */
    const hearsBoth = (who: InteropSeat, one: number, other: number) =>
      until(`${one} and ${other} Hz are heard`, () => who.media.hears(one) > 0.3 && who.media.hears(other) > 0.3)

    it('listens unheard, and the two do not notice', async () => {
      const { citizen, agent, lead, own, out } = await supervised('*91')
      await hearsBoth(lead, 400, 1_000)
      await hear(citizen, 1_000)
      await hear(agent, 400)
      own.hangUp()
      await lead.state(own, 'ended')
      await hear(citizen, 1_000)
      expect(out.view().state).toBe('established')
    })

    it('whispers to the colleague alone', async () => {
      const { citizen, agent, lead } = await supervised('*92')
      await hearsBoth(agent, 400, 2_200)
      await hearsBoth(lead, 400, 1_000)
      await hear(citizen, 1_000)
      expect(citizen.media.hears(2_200)).toBeLessThan(0.02)
    })

    it('barges in, is heard by both, and is let go with the call', async () => {
      const { citizen, agent, lead, own, out } = await supervised('*93')
      await hearsBoth(citizen, 1_000, 2_200)
      await hearsBoth(agent, 400, 2_200)
      out.hangUp()
      await lead.state(own, 'ended')
      expect(own.view().end).toMatchObject({ endedBy: 'peer', how: 'bye' })
    })

    it('takes over: the citizen stays, the colleague is free', async () => {
      const { citizen, agent, lead, incoming, out } = await supervised('*94')
      await agent.state(incoming, 'ended')
      await hear(citizen, 2_200)
      await hear(lead, 400)
      expect(out.view().state).toBe('established')
    })

    it('is refused where nobody talks, and without the right', async () => {
      const lead = await seat('8002')
      const nobody = await dial(lead, '*918001')
      await lead.state(nobody, 'ended')
      expect(nobody.view().end).toMatchObject({ sipCause: 480 })
      const own = await dial(lead, '*918002')
      await lead.state(own, 'ended')
      expect(own.view().end).toMatchObject({ sipCause: 403 })
      const other = await seat('8003')
      const refused = await dial(other, '*918001')
      await other.state(refused, 'ended')
      expect(refused.view().end).toMatchObject({ sipCause: 403 })
    })
  })
})
