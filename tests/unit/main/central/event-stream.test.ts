import { beforeEach, describe, expect, it } from 'vitest'
import { type CentralEventStream, createEventStream } from '#main/central/event-stream'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { ServerEvent } from '#shared/contracts/server-events/table'
import { createFakeClock, type FakeClock, settle } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'

const sessionId = '01990000-0000-7000-8000-000000000001'
const frame = (seq: number, payload: unknown = { sessionId, at: 5, reason: 'signedOut' }, name = 'session.closed') =>
  `id: ${seq}\nevent: ${name}\ndata: ${JSON.stringify({ at: 7, payload })}\n\n`

describe('the event stream', () => {
  let clock: FakeClock
  let stream: CentralEventStream
  let events: ServerEvent[]
  let heard: string[]
  let statuses: string[]
  let openings: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly line: Line }[]
  let refuseWith: 'central/offline' | 'auth/tokenExpired' | undefined

  interface Line {
    say(text: string): void
    end(): void
  }

  beforeEach(() => {
    clock = createFakeClock(1_000_000)
    events = []
    heard = []
    statuses = []
    openings = []
    refuseWith = undefined
    stream = createEventStream({
      clock,
      random: () => 0.5,
      log: createKeptLog(),
      onEvent: (event) => {
        events.push(event)
        heard.push(String(event.seq))
      },
      onPassed: ({ after, upTo }) => void heard.push(`${after}>${upTo}`),
      onStatus: (status) => void statuses.push(status),
      open: async (headers, signal) => {
        let controller: ReadableStreamDefaultController<Uint8Array> | undefined
        const body = new ReadableStream<Uint8Array>({
          start(begun) {
            controller = begun
          },
        })
        signal.addEventListener('abort', () => controller?.error(new Error('aborted')))
        const line: Line = { say: (text) => controller?.enqueue(new TextEncoder().encode(text)), end: () => controller?.close() }
        openings.push({ headers, signal, line })
        return refuseWith ? err(appError(refuseWith)) : ok(new Response(body))
      },
    })
  })

  const line = () => {
    const last = openings.at(-1)
    if (!last) throw new Error('nothing was opened')
    return last.line
  }

  it('goes on after the cursor and gives events whole, however the bytes are cut', async () => {
    stream.start(41)
    await settle()
    expect(openings[0]?.headers).toEqual({ 'last-event-id': '41' })
    const text = `: seq 41\n\n${frame(42)}${frame(43)}`
    for (const character of text) line().say(character)
    await settle()
    expect(events.map(({ seq, name, at }) => ({ seq, name, at }))).toEqual([
      { seq: 42, name: 'session.closed', at: 7 },
      { seq: 43, name: 'session.closed', at: 7 },
    ])
  })

  it('opens again after the last event seen, waiting longer each time and no longer than 15 s', async () => {
    stream.start(undefined)
    await settle()
    line().say(frame(9))
    await settle()
    refuseWith = 'central/offline'
    line().end()
    await settle()
    const waits: number[] = []
    for (let failure = 0; failure < 8; failure += 1) {
      const before = openings.length
      let waited = 0
      while (openings.length === before) {
        await clock.advance(125)
        waited += 125
      }
      waits.push(waited)
    }
    expect(waits).toEqual([500, 750, 1_500, 3_000, 6_000, 11_250, 11_250, 11_250])
    expect(openings.at(-1)?.headers).toEqual({ 'last-event-id': '9' })
    expect(statuses.filter((status) => status === 'broken')).toHaveLength(9)
  })

  it.each(['whole', 'byte by byte'] as const)('tells in order what was for others, said %s, and resumes behind it', async (how) => {
    stream.start(41)
    await settle()
    const text = `: seq 41\n\nid: 43\n\n${frame(44)}id: 46\n\nid: 47\n\n${frame(48)}id: 50\n\nid: 49\n\n`
    for (const part of how === 'whole' ? [text] : text) line().say(part)
    await settle()
    expect(heard).toEqual(['41>43', '44', '44>46', '46>47', '48', '48>50'])
    line().end()
    await clock.advance(500)
    expect(openings.at(-1)?.headers).toEqual({ 'last-event-id': '50' })
  })

  it('does not let what was for others hide a message that was skipped', async () => {
    stream.start(1)
    await settle()
    line().say(`${frame(2, { sessionId: 'no uuid' })}id: 3\n\n`)
    await settle()
    expect(heard).toEqual(['2>3'])
  })

  it('calls a line dead after 12 s of silence; a comment counts as life', async () => {
    stream.start(1)
    await settle()
    await clock.advance(11_999)
    line().say(': \n\n')
    await settle()
    await clock.advance(11_999)
    expect(openings).toHaveLength(1)
    await clock.advance(1)
    await settle()
    await clock.advance(500)
    expect(openings).toHaveLength(2)
  })

  it('counts and skips what has not the agreed shape, and goes on behind it', async () => {
    stream.start(1)
    await settle()
    line().say(frame(2, { sessionId: 'no uuid' }))
    line().say(frame(3, {}, 'weather.changed'))
    line().say('id: 4\nevent: session.closed\ndata: {broken\n\n')
    line().say(frame(5))
    await settle()
    expect(events.map(({ seq }) => seq)).toEqual([5])
    expect(stream.malformed()).toBe(3)
  })

  it('stops for good when the centre wants a sign-in, until it is started anew', async () => {
    refuseWith = 'auth/tokenExpired'
    stream.start(1)
    await clock.advance(120_000)
    expect(openings).toHaveLength(1)
    expect(clock.pending()).toBe(0)
    refuseWith = undefined
    stream.start(1)
    await settle()
    expect(openings).toHaveLength(2)
  })

  it('tries at once when asked to, and leaves nothing running when stopped', async () => {
    refuseWith = 'central/offline'
    stream.start(1)
    await settle()
    stream.retryNow()
    await settle()
    expect(openings).toHaveLength(2)
    stream.stop()
    expect(clock.pending()).toBe(0)
    refuseWith = undefined
    stream.start(1)
    await settle()
    stream.stop()
    await settle()
    expect(openings.at(-1)?.signal.aborted).toBe(true)
    expect(clock.pending()).toBe(0)
  })
})
