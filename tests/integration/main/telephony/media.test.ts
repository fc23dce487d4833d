import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { decode } from '#main/telephony/media/audio/g711'
import { createMedia, usualPorts } from '#main/telephony/media/create-media'
import type { Media, MediaEvent, StreamState } from '#main/telephony/media/media'
import type { MediaSession, ResumedMedia } from '#main/telephony/sip/media-session'
import { createKeptLog } from '../../../fakes/kept-log'
import { openFarSide, shareAt, toneFrame } from '../../../fixtures/far-side'
import { openPage } from '../../../fixtures/werift-page'

/** Speech between a page and far sides over real sockets, in real time; tones are measured, not packets counted. */
let folder: string
let streams: Map<string, StreamState>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-'))
  streams = new Map()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

function start(srtp: 'off' | 'required' = 'off') {
  const media = createMedia({
    ...{ clock: createSystemClock(), log: createKeptLog(), randomBytes: (count) => randomBytes(count) },
    journal: {
      read: (callId) => streams.get(callId) ?? null,
      write: (callId, state) => void streams.set(callId, state),
      remove: (callId) => void streams.delete(callId),
    },
    settings: { address: () => '127.0.0.1', ports: usualPorts, srtp: () => srtp, recordingFolder: folder },
  })
  const events: MediaEvent[] = []
  media.onEvent((event) => events.push(event))
  onTestFinished(() => media.stop())
  return { media, events }
}

async function open(media: Media, callId: string, resumed?: ResumedMedia): Promise<MediaSession> {
  const opened = await media.port.open(callId, resumed)
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}

async function connectPage(media: Media) {
  const page = await openPage()
  onTestFinished(() => page.close())
  const answer = await media.connectPage(page.offer)
  await page.take(answer.ok ? answer.value.answerSdp : '')
  await page.isConnected()
  let place = 0
  /** The microphone: a tone, in real time. */
  const speak = async (hz: number, ms: number) => {
    for (const end = place + ms / 20; place < end; place += 1) {
      await page.say(place, toneFrame('PCMA', hz, place))
      await delay(19.5)
    }
  }
  return { ...page, speak, payloads: () => page.heard.map(({ payload }) => payload) }
}

const farSide = async (...args: Parameters<typeof openFarSide>) => {
  const far = await openFarSide(...args)
  onTestFinished(() => void far.close())
  return far
}
const speechOf = (far: Awaited<ReturnType<typeof openFarSide>>) =>
  far.heard.filter(({ payloadType }) => payloadType !== 101).map(({ payload }) => payload)

describe('speech of a call', { timeout: 30_000 }, () => {
  it('goes both ways, whichever law the far side speaks, and is recorded on two sides', async () => {
    const { media, events } = start()
    const [page, far] = [await connectPage(media), await farSide('PCMU')]
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    media.join(['call-1'])
    expect((await media.startRecording('call-1', 'rec-1')).ok).toBe(true)
    await Promise.all([far.say(440, 2_000, session.local().port), page.speak(1_000, 2_000)])
    await delay(200)
    expect(media.isUp()).toBe(true)
    // A machine that is busy for a moment loses a frame: the phase turns there, and no more.
    expect(shareAt(440, 'PCMA', page.payloads().slice(20)), 'in the page').toBeGreaterThan(0.8)
    expect(shareAt(1_000, 'PCMU', speechOf(far).slice(20)), 'at the far side').toBeGreaterThan(0.8)
    const sequences = far.heard.map(({ sequence }) => sequence)
    expect(sequences.every((sequence, at) => at === 0 || sequence === ((sequences[at - 1] ?? 0) + 1) % 65_536)).toBe(true)
    session.close()
    await vi.waitFor(() =>
      expect(events.some((event) => event.type === 'recordingChanged' && event.recording.state === 'finished')).toBe(true),
    )
    const recording = await media.recordings.find('rec-1')
    expect(recording?.durationMs).toBeGreaterThan(1_900)
    const wav = readFileSync(media.recordings.fileOf('rec-1') ?? '').subarray(58)
    // In stretches of 200 ms: where a sound card's clock is followed, the phase may turn.
    const stretches = (hz: number, side: number) => {
      const samples = wav.filter((_, at) => at % 2 === side)
      return [1, 2, 3, 4, 5, 6, 7].filter((at) => shareAt(hz, 'PCMA', [samples.subarray(at * 1_600, (at + 1) * 1_600)]) > 0.8)
    }
    expect(stretches(440, 0).length, 'the citizen on the left').toBeGreaterThanOrEqual(6)
    expect(stretches(1_000, 1).length, 'the seat on the right').toBeGreaterThanOrEqual(6)
    const measured = events.flatMap((event) => (event.type === 'measured' ? [event.measure] : []))
    expect(measured.at(-1)).toMatchObject({ isSending: true, received: { lost: 0 } })
    expect(measured.at(-1)?.score).toBeGreaterThan(4)
  })

  it('keeps a line alive with silence while there is no page', async () => {
    const { media } = start()
    const far = await farSide('PCMA')
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    await delay(1_200)
    expect(far.heard.length).toBeGreaterThan(40)
    expect(far.heard.length).toBeLessThan(70)
    expect(far.heard.every(({ payload }) => payload.length === 160 && payload.every((octet) => octet === 0xd5))).toBe(true)
  })

  it('says the loss of 5 % with disorder and 30 ms of jitter, and stays understandable', async () => {
    const { media, events } = start()
    const [page, far] = [await connectPage(media), await farSide('PCMA')]
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    media.join(['call-1'])
    const speaking = page.speak(1_000, 5_000)
    // Whole waves in a packet, so that a lost one does not turn the phase.
    await far.say(400, 5_000, session.local().port, (place) => (place % 20 === 7 ? [] : [(place * 7) % 31]))
    await speaking
    await delay(200)
    const measured = events.flatMap((event) => (event.type === 'measured' ? [event.measure] : []))
    session.close()
    const total = events.flatMap((event) => (event.type === 'closed' ? [event.total] : [])).at(-1)
    expect(total?.lossRatio).toBeGreaterThan(0.03)
    expect(total?.lossRatio).toBeLessThan(0.07)
    expect(total?.scoreMean).toBeGreaterThan(3)
    expect(measured.at(-1)?.received.jitterMs).toBeGreaterThan(3)
    expect(shareAt(400, 'PCMA', page.payloads().slice(20))).toBeGreaterThan(0.6)
    const sequences = page.heard.map(({ sequence }) => sequence)
    expect(sequences, 'in order for the page').toEqual([...sequences].sort((a, b) => a - b))
  })

  it('does not hold back what follows a lost packet for longer than the window', async () => {
    const { media } = start()
    const [page, far] = [await connectPage(media), await farSide('PCMA')]
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    media.join(['call-1'])
    await far.say(400, 200, session.local().port, (place) => (place === 3 ? [] : [0]))
    await delay(150)
    expect(page.heard.filter(({ payload }) => shareAt(400, 'PCMA', [payload]) > 0.8)).toHaveLength(9)
  })

  it('sends keys as events, and as tones to those who take none', async () => {
    const { media } = start()
    const far = await farSide('PCMA')
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    expect(await media.sendDigits('call-1', '42')).toEqual({ ok: true, value: 'events' })
    const events = far.heard.filter(({ payloadType }) => payloadType === 101)
    expect([...new Set(events.map(({ payload }) => payload[0]))]).toEqual([4, 2])
    session.apply(far.agreed({ telephoneEvent: null }))
    const before = far.heard.length
    expect(await media.sendDigits('call-1', '5')).toEqual({ ok: true, value: 'tones' })
    const tone = speechOf(far)
      .slice(before - events.length)
      .filter((payload) => payload.some((octet) => octet !== 0xd5))
    expect(shareAt(770, 'PCMA', tone) + shareAt(1_336, 'PCMA', tone)).toBeGreaterThan(0.7)
    session.apply(far.agreed({ direction: 'recvonly' }))
    expect(await media.sendDigits('call-1', '1'), 'nothing flows').toMatchObject({ ok: false, error: { code: 'phone/notNow' } })
    expect(await media.sendDigits('call-1', 'x')).toMatchObject({ ok: false, error: { code: 'call/badDigits' } })
  })

  it('joins two far sides and the seat, and tells each only what the others say', async () => {
    const { media } = start()
    const page = await connectPage(media)
    const [one, two] = [await farSide('PCMA'), await farSide('PCMU')]
    const [first, second] = [await open(media, 'one'), await open(media, 'two')]
    first.apply(one.agreed())
    second.apply(two.agreed())
    media.join(['one', 'two'])
    await Promise.all([one.say(400, 2_000, first.local().port), two.say(700, 2_000, second.local().port), page.speak(1_100, 2_000)])
    await delay(200)
    const shares = (law: 'PCMA' | 'PCMU', parts: readonly Uint8Array[]) =>
      [400, 700, 1_100].map((hz) => shareAt(hz, law, parts.slice(25, 95)) > 0.15)
    expect(shares('PCMA', speechOf(one)), 'the first').toEqual([false, true, true])
    expect(shares('PCMU', speechOf(two)), 'the second').toEqual([true, false, true])
    expect(shares('PCMA', page.payloads()), 'the seat').toEqual([true, true, false])
    media.join(['one'])
    two.heard.length = 0
    await page.speak(1_100, 600)
    expect(
      speechOf(two)
        .slice(5)
        .every((payload) => decode('PCMU', payload).every((sample) => Math.abs(sample) <= 8)),
      'who waits hears nothing of the consultation',
    ).toBe(true)
    expect(speechOf(two).length).toBeGreaterThan(20)
    media.setMuted(true)
    one.heard.length = 0
    await page.speak(1_100, 600)
    expect(
      speechOf(one)
        .slice(5)
        .every((payload) => payload.every((octet) => octet === 0xd5)),
      'muted',
    ).toBe(true)
  })

  it('is not heard from another address, and goes on as one stream in the next process', async () => {
    const { media } = start()
    const [far, stranger] = [await farSide('PCMA'), await farSide('PCMA', '127.0.0.2')]
    const session = await open(media, 'call-1')
    session.apply(far.agreed())
    await stranger.say(440, 200, session.local().port)
    expect(media.counters()).toMatchObject({ received: 0 })
    expect(media.counters().strangers).toBeGreaterThan(5)
    await delay(1_200)
    const local = session.local()
    await media.stop()
    const last = far.heard.at(-1)
    const next = start()
    await open(next.media, 'call-1', { local, negotiated: far.agreed() })
    await vi.waitFor(() => expect(far.heard.at(-1)?.sequence).not.toBe(last?.sequence))
    const first = far.heard[far.heard.findIndex(({ sequence }) => sequence === last?.sequence) + 1]
    expect(first?.ssrc).toBe(last?.ssrc)
    expect(((first?.sequence ?? 0) - (last?.sequence ?? 0)) & 0xffff).toBeLessThan(200)
    expect(((first?.timestamp ?? 0) - (last?.timestamp ?? 0)) | 0).toBeGreaterThan(0)
  })

  it('sends and takes nothing at all when the agreed keys cannot be used', async () => {
    const { media } = start('required')
    const far = await farSide('PCMA')
    const session = await open(media, 'call-1')
    const [local] = session.local().srtp.keys
    if (!local) throw new Error('no key')
    session.apply(far.agreed({ srtp: { local, remote: { ...local, keySalt: 'c2hvcnQ=' } } }))
    await far.say(440, 300, session.local().port)
    expect(far.heard).toEqual([])
    expect(media.counters()).toMatchObject({ received: 0, sent: 0 })
  })

  it('is secret on the wire when it must be, and understood at the other end', async () => {
    const [here, there] = [start('required'), start('required')]
    const page = await connectPage(there.media)
    const [mine, theirs] = [await open(here.media, 'a'), await open(there.media, 'b')]
    const [local, remote] = [mine.local().srtp.keys[0], theirs.local().srtp.keys[0]]
    if (!local || !remote) throw new Error('no keys')
    const far = await farSide('PCMA')
    const agreed = (port: number, srtp: { local: typeof local; remote: typeof remote }) =>
      far.agreed({ remote: { address: '127.0.0.1', port, rtcpPort: port + 1 }, srtp })
    mine.apply(agreed(theirs.local().port, { local, remote }))
    theirs.apply(agreed(mine.local().port, { local: remote, remote: local }))
    there.media.join(['b'])
    await page.speak(1_000, 1_500)
    expect(here.media.counters().received).toBeGreaterThan(50)
    expect([here, there].map(({ media }) => media.counters().malformed)).toEqual([0, 0])
    expect(page.heard.length).toBeGreaterThan(50)
  })
})
