import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { type InteropSeat, startSeat } from './interop-seat'
import { freePort } from './peers/free-port'
import { until } from './peers/process'
import { hasSipp, startSipp } from './peers/sipp'

/** Corners of the RFCs, played message by message by sipp: it fails when a step does not come as the scenario says. */
describe.skipIf(!hasSipp)('scenarios of sipp', () => {
  let seat: InteropSeat
  let port: number
  const start = async (): Promise<void> => {
    port = await freePort()
    seat = startSeat({ account: '1004', exchangePort: 9, profile: { localPort: port, optionsEveryS: 0 } })
    // The wire is opened by the first thing that is asked of it; nobody answers at port 9.
    seat.agent.register()
    await until('the socket is bound', () => seat.agent.registration().localAddress !== null)
  }
  afterEach(() => seat.stop('abrupt'))

  it('takes a late offer, and reads who calls, what travels along and why it ended', async () => {
    await start()
    const caller = await startSipp('caller-late-offer', {}, `127.0.0.1:${port}`)
    onTestFinished(() => caller.stop())
    const call = await seat.offered()
    expect(call.view()).toMatchObject({
      peer: { number: '+8613900139000', source: 'assertedIdentity' },
      data: { caseNo: 'AJ-2026-1', userToUser: 'ab' },
    })
    call.ring()
    expect(await call.answer()).toMatchObject({ ok: true })
    await seat.state(call, 'ended')
    expect(call.view().end).toMatchObject({ endedBy: 'peer', how: 'bye', q850Cause: 17, reasonText: 'User busy' })
    expect(await caller.outcome).toBeNull()
  })

  it('rings reliably, is held, takes UPDATE and INFO, refuses what it does not know', async () => {
    await start()
    const caller = await startSipp('caller-changes', {}, `127.0.0.1:${port}`)
    onTestFinished(() => caller.stop())
    const call = await seat.offered()
    call.ring()
    await until('PRACK came', () => seat.agent.trace().some(({ text }) => text.startsWith('PRACK')))
    expect(await call.answer()).toMatchObject({ ok: true })
    await seat.state(call, 'ended')
    expect(await caller.outcome).toBeNull()
    expect(seat.events.find(({ type }) => type === 'digitReceived')).toMatchObject({ digit: '7', durationMs: 200 })
    expect(seat.events.some((event) => event.type === 'callChanged' && event.call.isHeldByPeer)).toBe(true)
  })

  it('repeats its INVITE, acknowledges reliable early media, and takes UPDATE in both forms', async () => {
    await start()
    const callee = await startSipp('callee-early')
    onTestFinished(() => callee.stop())
    seat.agent.stop('abrupt')
    seat = startSeat({ account: '1004', exchangePort: callee.port, profile: { optionsEveryS: 0 } })
    const made = await seat.agent.call('13800138000')
    if (!made.ok) throw new Error(made.error.code)
    await seat.state(made.value, 'early')
    await seat.state(made.value, 'established')
    await seat.state(made.value, 'ended')
    expect(await callee.outcome).toBeNull()
    expect(seat.agent.counters().retransmitted).toBeGreaterThanOrEqual(2)
    expect(seat.events.some((event) => event.type === 'callChanged' && event.call.media?.direction === 'inactive')).toBe(true)
  })

  it('ends a call without BYE when the peer does not know it any more', async () => {
    await start()
    const callee = await startSipp('callee-forgets')
    onTestFinished(() => callee.stop())
    seat.agent.stop('abrupt')
    seat = startSeat({ account: '1004', exchangePort: callee.port, profile: { optionsEveryS: 0 } })
    const made = await seat.agent.call('13800138000')
    if (!made.ok) throw new Error(made.error.code)
    await seat.state(made.value, 'established')
    expect(await made.value.hold()).toMatchObject({ ok: false })
    expect(made.value.view().end).toMatchObject({ endedBy: 'network', how: 'lost', sipCause: 481 })
    expect(await callee.outcome).toBeNull()
    expect(seat.agent.trace().some(({ text }) => text.startsWith('BYE'))).toBe(false)
  })
})
