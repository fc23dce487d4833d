import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { createAmiCti } from '#server/cti/asterisk/ami'
import type { Cti, CtiEvent } from '#server/cti/cti'
import { createEslCti } from '#server/cti/freeswitch/esl'
import { asteriskProtocol } from '../fakes/fake-asterisk'
import { freeswitchProtocol } from '../fakes/fake-freeswitch'
import { type FakeQueueServer, fakeSecret, startFakeQueueServer } from '../fakes/fake-queue-server'
import { createKeptLog } from '../fakes/kept-log'

const clock = createSystemClock()
const host = '127.0.0.1'

const exchanges = [
  {
    name: 'Asterisk',
    protocol: asteriskProtocol,
    knowsAway: true,
    connect: (port: number, secret: string, parts: Parameters<typeof createAmiCti>[1]): Cti =>
      createAmiCti({ host, port, user: 'seat', secret, queue: 'hotline', memberInterface: 'PJSIP/{extension}' }, parts),
  },
  {
    name: 'FreeSWITCH',
    protocol: freeswitchProtocol,
    knowsAway: false,
    connect: (port: number, secret: string, parts: Parameters<typeof createAmiCti>[1]): Cti =>
      createEslCti({ host, port, secret, queue: 'hotline@default', agent: '{extension}@default' }, parts),
  },
]

describe.each(exchanges)('the queue of $name', ({ protocol, connect, knowsAway }) => {
  const log = createKeptLog()
  let server: FakeQueueServer
  let cti: Cti
  let events: CtiEvent[]

  const begin = (secret: string): void => {
    events = []
    cti = connect(server.port, secret, { clock, log, random: () => 0 })
    cti.onEvent((event) => events.push(event))
  }
  const isUp = () => vi.waitFor(() => expect(cti.isUp()).toBe(true), 5_000)
  const types = () => events.map(({ type }) => type)

  beforeEach(async () => {
    server = await startFakeQueueServer(protocol)
    begin(fakeSecret)
    await isUp()
  })
  afterEach(async () => {
    await cti.stop()
    await server.close()
  })

  it('says when it is reached, and lets nobody in with a wrong secret', async () => {
    expect(types()).toEqual(['connected'])
    await cti.stop()
    begin('wrong')
    await vi.waitFor(() => expect(log.lines.some(({ level }) => level === 'error')).toBe(true), 5_000)
    expect([cti.isUp(), types()]).toEqual([false, []])
    expect(await cti.pauseMember('8001', null)).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^cti\//) } })
    expect(JSON.stringify(log.lines)).not.toContain(fakeSecret)
  })

  it('pauses a member and takes it back, and shows who is free', async () => {
    server.setBusy('8002')
    expect(await cti.pauseMember('8001', 'wrapUp')).toMatchObject({ ok: true })
    const paused = await cti.queueStatus()
    expect(paused.ok && paused.value.members).toEqual([
      { extension: '8001', state: 'paused' },
      { extension: '8002', state: 'busy' },
      { extension: '8003', state: knowsAway ? 'away' : 'free' },
    ])
    expect(await cti.pauseMember('8001', null)).toMatchObject({ ok: true })
    const free = await cti.queueStatus()
    expect(free.ok && free.value.members[0]).toEqual({ extension: '8001', state: 'free' })
  })

  it('names who waits, the longest first, and no number', async () => {
    server.join('a', 5)
    server.join('b', 20)
    const status = await cti.queueStatus()
    expect(status.ok && status.value.waiting.map(({ callerId }) => callerId)).toEqual(['b', 'a'])
    const [longest] = status.ok ? status.value.waiting : []
    expect(Math.abs(Date.now() - 20_000 - (longest?.since ?? 0))).toBeLessThan(2_000)
    expect(JSON.stringify(status)).not.toContain('138')
  })

  it('tells who comes, who is answered where, and who gives up, of its own queue alone', async () => {
    server.join('a')
    server.join('b')
    server.answer('a', '8002')
    server.giveUp('b')
    await vi.waitFor(() => expect(events.length).toBe(5), 5_000)
    expect(events.slice(1)).toMatchObject([
      { type: 'callerJoined', callerId: 'a' },
      { type: 'callerJoined', callerId: 'b' },
      { type: 'callerLeft', callerId: 'a', extension: '8002' },
      { type: 'callerLeft', callerId: 'b', extension: null },
    ])
  })

  it('tells what a citizen pressed in the announcement, in the words of the program', async () => {
    const calls = ['000000000000001', '000000000000002', '000000000000003', '000000000000004']
    for (const [at, said] of ['1', 'fair', '3', ''].entries()) server.rate(calls[at] ?? '', said)
    server.rate('no call', '1')
    server.join('a')
    await vi.waitFor(() => expect(types()).toContain('callerJoined'), 5_000)
    const rated = events.flatMap((event) => (event.type === 'callRated' ? [[event.ref, event.answer]] : []))
    expect(rated).toEqual([
      [calls[0], 'satisfied'],
      [calls[1], 'fair'],
      [calls[2], 'dissatisfied'],
      [calls[3], 'none'],
    ])
  })

  it('refuses what the exchange refuses, in its words', async () => {
    expect(await cti.pauseMember('9999', null)).toMatchObject({
      ok: false,
      error: { code: 'cti/refused', detail: { reason: expect.stringMatching(/not found/i) } },
    })
  })

  it('lets no command be smuggled in with an extension', async () => {
    await cti.pauseMember('8001\r\n\r\nAction: Logoff', 'notReady')
    await cti.pauseMember("8001@default 'Available'\n\napi shutdown", 'notReady')
    await cti.queueStatus()
    expect(server.received.filter((command) => /^(Action: Logoff|api shutdown)/.test(command))).toEqual([])
  })

  it('answers at once that it is away, and is there again by itself', async () => {
    await server.close()
    await vi.waitFor(() => expect(types()).toEqual(['connected', 'disconnected']), 5_000)
    expect(await cti.queueStatus()).toMatchObject({ ok: false, error: { code: 'cti/offline' } })
    await server.open()
    await vi.waitFor(() => expect(types()).toEqual(['connected', 'disconnected', 'connected']), 10_000)
    expect(await cti.pauseMember('8001', 'notReady')).toMatchObject({ ok: true })
  })

  it('gives up waiting for an exchange that has fallen silent', { timeout: 20_000 }, async () => {
    server.fallSilent()
    expect(await cti.pauseMember('8001', null)).toMatchObject({ ok: false, error: { code: 'cti/offline' } })
  })
})

it.each(exchanges)('what is no $name is told no secret', async ({ connect }) => {
  const server = await startFakeQueueServer({
    ...asteriskProtocol,
    greeting: `HTTP/1.1 200 OK\nContent-Length: -5\n\n${'x'.repeat(400)}\r\n`,
    answer: () => '',
  })
  const cti = connect(server.port, fakeSecret, { clock, log: createKeptLog(), random: () => 0 })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect([cti.isUp(), server.received]).toEqual([false, []])
  await cti.stop()
  await server.close()
})
