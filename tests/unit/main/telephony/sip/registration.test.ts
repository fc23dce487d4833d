import { expect, it } from 'vitest'
import { createLab, reply, type Seat } from './sip-lab'

/** The binding over time: refreshes, failures and their pauses, all on the test's clock. */
function registering(profile: Parameters<ReturnType<typeof createLab>['seat']>[1] = {}) {
  const lab = createLab()
  const exchange = lab.peer(1)
  const seat = lab.seat('1004', profile)
  seat.agent.register()
  const accept = (expires: number) =>
    exchange.send(
      reply(
        exchange.last(/^REGISTER/),
        '200 OK',
        { headers: [`Contact: <sip:9@1.2.3.4>;expires=7, <${seat.uri};transport=udp>;expires=${expires}`] },
        'r',
      ),
      seat.endpoint,
    )
  return {
    lab,
    exchange,
    seat,
    accept,
    states: (of: Seat) => of.events.flatMap((event) => (event.type === 'registrationChanged' ? [event.registration.state] : [])),
  }
}

it('takes the expiry of its own contact, and refreshes before it ends', async () => {
  const { lab, exchange, seat, accept } = registering()
  await lab.clock.advance(5)
  accept(100)
  await lab.clock.advance(5)
  expect(seat.agent.registration()).toMatchObject({ state: 'registered', status: 200 })
  expect(seat.agent.registration().expiresAt).toBe(lab.clock.now() - 4 + 100_000)
  await lab.clock.advance(59_000)
  expect(exchange.count(/^REGISTER/)).toBe(1)
  await lab.clock.advance(1_200)
  expect(exchange.count(/^REGISTER/)).toBe(2)
  expect(exchange.last(/^REGISTER/).header('CSeq')).toBe('2 REGISTER')
})

it('stays registered while a binding lasts, and says unreachable when it ends unrefreshed', async () => {
  const { lab, seat, accept } = registering()
  await lab.clock.advance(5)
  accept(100)
  await lab.clock.advance(95_000)
  expect(seat.agent.registration().state).toBe('registered')
  await lab.clock.advance(6_000)
  expect(seat.agent.registration()).toMatchObject({ state: 'unreachable', expiresAt: null })
})

it('asks for longer when the exchange wants it (423), and waits as told (Retry-After)', async () => {
  const { lab, exchange, seat } = registering()
  await lab.clock.advance(5)
  exchange.send(reply(exchange.last(/^REGISTER/), '423 Interval Too Brief', { headers: ['Min-Expires: 600'] }), seat.endpoint)
  await lab.clock.advance(5)
  expect(exchange.last(/^REGISTER/).header('Contact')).toContain('expires=600')
  exchange.send(reply(exchange.last(/^REGISTER/), '503 Service Unavailable', { headers: ['Retry-After: 20'] }), seat.endpoint)
  await lab.clock.advance(19_900)
  expect(exchange.count(/^REGISTER/)).toBe(2)
  await lab.clock.advance(200)
  expect(exchange.count(/^REGISTER/)).toBe(3)
})

it('retransmits by timer E, gives up by timer F, and comes back', async () => {
  const { lab, exchange, seat } = registering()
  // 0, 0.5, 1.5, 3.5, 7.5, then every 4 s up to 32 s.
  await lab.clock.advance(31_900)
  expect(exchange.count(/^REGISTER/)).toBe(11)
  await lab.clock.advance(200)
  expect(seat.agent.registration().state).toBe('unreachable')
  await lab.clock.advance(1_500)
  expect(exchange.last(/^REGISTER/).header('CSeq')).toBe('2 REGISTER')
})

it('removes the binding when it is done, and leaves nothing running', async () => {
  const { lab, exchange, seat, accept } = registering()
  await lab.clock.advance(5)
  accept(100)
  await lab.clock.advance(5)
  const stopped = seat.agent.stop()
  await lab.clock.advance(5)
  expect(exchange.last(/^REGISTER/).header('Contact')).toContain('expires=0')
  exchange.send(reply(exchange.last(/^REGISTER/), '200 OK', {}), seat.endpoint)
  await lab.clock.advance(5_000)
  await stopped
  expect(lab.clock.pending()).toBe(0)
})

it('notices by OPTIONS that the exchange is silent, and registers when it is back', async () => {
  const { lab, exchange, seat, accept } = registering({ optionsEveryS: 10 })
  await lab.clock.advance(5)
  accept(3_600)
  await lab.clock.advance(2_000)
  exchange.send(reply(exchange.last(/^OPTIONS/), '404 Not Found'), seat.endpoint)
  await lab.clock.advance(5)
  expect(seat.agent.registration()).toMatchObject({ isAnswering: true })
  await lab.clock.advance(15_000)
  expect(seat.agent.registration()).toMatchObject({ isAnswering: false, state: 'registered' })
  const before = exchange.count(/^REGISTER/)
  await lab.clock.advance(3_000)
  exchange.send(reply(exchange.last(/^OPTIONS/), '200 OK'), seat.endpoint)
  await lab.clock.advance(5)
  expect(seat.agent.registration().isAnswering).toBe(true)
  expect(exchange.count(/^REGISTER/)).toBe(before + 1)
})

it('over a stream: takes the dead connection away and registers over the new one', async () => {
  const lab = createLab()
  const exchange = lab.peer(1)
  const seat = lab.seat('1004', {}, 'TCP')
  seat.agent.register()
  await lab.clock.advance(5)
  exchange.send(
    reply(exchange.last(/^REGISTER/), '200 OK', { headers: [`Contact: <${seat.uri};transport=tcp>;expires=3600`] }, 'r'),
    seat.endpoint,
  )
  await lab.clock.advance(5)
  lab.hub.cut(seat.endpoint)
  await lab.clock.advance(5)
  expect(exchange.count(/^REGISTER/)).toBe(2)
})
