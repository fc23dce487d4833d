import { Socket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { createSystemClock } from '#main/platform/system-clock'
import { createPageEnd, type PageEnd } from '#main/telephony/media/relay/page-link'
import { createKeptLog } from '../../../fakes/kept-log'

/** A page that is no Chromium: werift at both ends, over real sockets. What Chromium does is proved with the whole program. */
async function openPage() {
  const connection = new RTCPeerConnection({
    codecs: { audio: [new RTCRtpCodecParameters({ mimeType: 'audio/PCMA', clockRate: 8_000, channels: 1, payloadType: 8 })], video: [] },
    iceServers: [],
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
  })
  const transceiver = connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' })
  const heard: { sequence: number; timestamp: number; octet: number | undefined }[] = []
  connection.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      heard.push({ sequence: header.sequenceNumber, timestamp: header.timestamp, octet: payload[0] })
    })
  })
  await connection.setLocalDescription(await connection.createOffer())
  for (const { connection: ice } of connection.iceTransports) Object.assign(ice, { stunServer: undefined })
  await vi.waitFor(() => expect(connection.iceGatheringState).toBe('complete'), 5_000)
  return {
    offer: connection.localDescription?.sdp ?? '',
    heard,
    take: (sdp: string) => connection.setRemoteDescription({ type: 'answer', sdp }),
    isConnected: () => vi.waitFor(() => expect(connection.connectionState).toBe('connected'), 10_000),
    say: (sequence: number, octets: Uint8Array) =>
      transceiver.sender.sendRtp(
        new RtpPacket(
          new RtpHeader({
            payloadType: 8,
            sequenceNumber: sequence,
            timestamp: sequence * 160,
            marker: false,
            ssrc: transceiver.sender.ssrc,
          }),
          Buffer.from(octets),
        ),
      ),
    close: () => connection.close(),
  }
}

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
    await vi.waitFor(() => expect(page.heard.map(({ octet }) => octet)).toEqual([100, 101, 102]), 5_000)
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
    await vi.waitFor(() => expect(second.heard.map(({ octet }) => octet)).toEqual([9]), 5_000)
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
