import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type InteropSeat, startSeat } from './interop-seat'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'

/** The binding at a registrar that is not ours. */
describe.skipIf(!hasKamailio)('registration with Kamailio', () => {
  let kamailio: Kamailio
  const seats: InteropSeat[] = []
  const seat = (options: Parameters<typeof startSeat>[0]): InteropSeat => {
    const made = startSeat(options)
    seats.push(made)
    made.agent.register()
    return made
  }
  beforeAll(async () => {
    kamailio = await startKamailio('WITH_TLS')
  })
  afterEach(async () => {
    await Promise.all(seats.splice(0).map((one) => one.stop('abrupt')))
  })
  afterAll(() => kamailio?.stop())

  it.each(['UDP', 'TCP', 'TLS'] as const)('registers, is asked for by OPTIONS and unregisters over %s', async (transport) => {
    const profile = { transport, ...(transport === 'TLS' && { trustedAuthorities: kamailio.certificate }) }
    const port = transport === 'TLS' ? kamailio.tlsPort : kamailio.port
    const one = seat({ account: `10${transport.length}${transport.charCodeAt(1)}`, exchangePort: port, profile })
    await one.registered()
    expect(one.agent.registration()).toMatchObject({ transport, localAddress: '127.0.0.1', status: 200 })
    await until('OPTIONS are answered', () => one.agent.registration().isAnswering === true)
    await one.agent.unregister()
    expect(one.agent.registration().state).toBe('off')
    expect(one.agent.counters().faults).toBe(0)
  })

  it('uses a nonce again with a counting nc', async () => {
    const one = seat({ account: '1021', exchangePort: kamailio.port })
    await one.registered()
    one.agent.refreshNetwork()
    await until(
      'a second REGISTER went through',
      () => one.agent.trace().filter(({ text }) => text.startsWith('SIP/2.0 200') && text.includes('REGISTER')).length > 1,
    )
    // One challenge in all: the second request carried its answer at once.
    expect(one.agent.trace().filter(({ text }) => text.startsWith('SIP/2.0 401'))).toHaveLength(1)
    expect(kamailio.contacts('1021').filter((contact) => contact.includes('1021'))).toHaveLength(1)
  })

  it('says that a wrong password was refused, and does not ask again at once', async () => {
    const one = seat({ account: '1022', exchangePort: kamailio.port, profile: { authorizationName: '9999' } })
    await until('refused', () => one.agent.registration().state === 'refused')
    expect(one.agent.registration()).toMatchObject({ status: 401 })
    expect(one.agent.trace().filter(({ direction, text }) => direction === 'out' && text.startsWith('REGISTER'))).toHaveLength(2)
  })

  it('registers by itself after the exchange restarted, over UDP and TCP', { timeout: 90_000 }, async () => {
    const own = await startKamailio()
    onTestFinished(() => own.stop())
    const udp = seat({ account: '1031', exchangePort: own.port })
    const tcp = seat({ account: '1032', exchangePort: own.port, profile: { transport: 'TCP', localPort: null } })
    await Promise.all([udp.registered(), tcp.registered()])
    await own.stop()
    await until('the silence is noticed', () => udp.agent.registration().isAnswering === false)
    await own.start()
    // Pauses between attempts double; the last one may be half a minute.
    await until('both are bound again', () => own.contacts('1031').length === 1 && own.contacts('1032').length === 1, 45_000)
  })
})

describe.skipIf(!hasKamailio)('registration with SHA-256', () => {
  it('answers RFC 8760 challenges', async () => {
    const kamailio = await startKamailio('WITH_SHA256')
    onTestFinished(() => kamailio.stop())
    const one = startSeat({ account: '1041', exchangePort: kamailio.port, profile: { allowMd5: false } })
    one.agent.register()
    await one.registered()
    expect(one.agent.trace().some(({ direction, text }) => direction === 'in' && /algorithm=SHA-256/.test(text))).toBe(true)
    await one.stop()
  })
})
