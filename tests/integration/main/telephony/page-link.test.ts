import { Socket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { createPageEnd, type PageEnd } from '#main/telephony/media/relay/page-link'
import { createKeptLog } from '../../../fakes/kept-log'
import { openPage } from '../../../fixtures/werift-page'

const frame = (octet: number) => new Uint8Array(160).fill(octet)

describe('the page at the other end of the headset', () => {
  let end: PageEnd
  let frames: number[]
  let states: string[]
  beforeEach(() => {
    frames = []
    states = []
    end = createPageEnd(
      { clock: createSystemClock(), log: createKeptLog(), random: () => 0.5 },
      { onChanged: ({ state }) => states.push(state), onFrame: (aLaw) => frames.push(aLaw[0] ?? -1) },
    )
  })
  afterEach(() => end.stop())

  const connect = async () => {
    const page = await openPage()
    onTestFinished(() => page.close())
    const answer = await end.connect(page.offer)
    await page.take(answer ?? '')
    await page.isConnected()
    return page
  }

  it('speaks and hears over loopback alone, and conceals what was lost by silence of its length', { timeout: 30_000 }, async () => {
    const sent = vi.spyOn(Socket.prototype, 'send')
    onTestFinished(() => sent.mockRestore())
    const page = await connect()
    for (const sequence of [10, 11, 13]) await page.say(sequence, frame(sequence))
    await vi.waitFor(() => expect(frames).toEqual([10, 11, 0xd5, 13]), 5_000)
    expect(states).toEqual(['connecting', 'connected'])
    for (let at = 0; at < 3; at += 1) end.send('call', frame(100 + at), 5_000 + at * 160, at === 2 ? 2 : 0, at === 0)
    await vi.waitFor(() => expect(page.heard.map(({ payload }) => payload[0])).toEqual([100, 101, 102]), 5_000)
    const [first, second, third] = page.heard
    expect([second, third].map((one) => (one?.sequence ?? 0) - (first?.sequence ?? 0))).toEqual([1, 4])
    const addresses = new Set(sent.mock.calls.flatMap((args) => args.filter((arg) => typeof arg === 'string' && /^[\d.]+$|:/.test(arg))))
    expect(sent.mock.calls.length).toBeGreaterThan(10)
    expect([...addresses]).toEqual(['127.0.0.1'])
  })

  it('goes over to a page that was loaded anew, and keeps the one that it has when an offer is bad', { timeout: 30_000 }, async () => {
    const first = await connect()
    await first.say(1, frame(1))
    await vi.waitFor(() => expect(frames).toEqual([1]), 5_000)
    expect(await end.connect('v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n')).toBeNull()
    await first.say(2, frame(2))
    await vi.waitFor(() => expect(frames).toEqual([1, 2]), 5_000)
    const second = await connect()
    await second.say(700, frame(7))
    await vi.waitFor(() => expect(frames).toEqual([1, 2, 7]), 5_000)
    end.send('call', frame(9), 0, 0, true)
    await vi.waitFor(() => expect(second.heard.map(({ payload }) => payload[0])).toEqual([9]), 5_000)
    expect(first.heard).toEqual([])
  })

  it('says that the page is lost when nothing comes from it for two seconds', { timeout: 30_000 }, async () => {
    const page = await connect()
    await page.say(1, frame(1))
    await vi.waitFor(() => expect(end.view().state).toBe('connected'), 5_000)
    await vi.waitFor(() => expect(end.view().state).toBe('lost'), 5_000)
    await page.say(2, frame(2))
    await vi.waitFor(() => expect(end.view().state).toBe('connected'), 5_000)
  })
})
