import { networkInterfaces } from 'node:os'
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { readPageOffer } from './page-offer'

/**
 * One WebRTC connection to the page over loopback (werift). It answers one offer, carries A-law both ways and ends; a page that was reloaded makes a
 * new one. It asks no server for anything: everything it sends stays on this machine.
 */
export interface PageConnection {
  readonly answerSdp: string
  /** One packet to the page; sequence number and timestamp are those of the page's stream. */
  send(sequence: number, timestamp: number, marker: boolean, aLaw: Uint8Array): void
  close(): void
}

export interface PageConnectionEvents {
  /** ICE or DTLS gave up, or the page closed it. */
  onEnded(): void
  /** Payload of one packet of A-law from the page. */
  onSpeech(aLaw: Uint8Array, sequence: number): void
}

const aLawType = 8

/** Null: the offer cannot be used. */
export async function answerPage(offerSdp: string, events: PageConnectionEvents): Promise<PageConnection | null> {
  const offer = readPageOffer(offerSdp, ownAddresses())
  if (!offer) return null
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [new RTCRtpCodecParameters({ mimeType: 'audio/PCMA', clockRate: 8_000, channels: 1, payloadType: aLawType })],
      video: [],
    },
    headerExtensions: { audio: [], video: [] },
    iceServers: [],
    // Loopback is named as an additional address, because werift leaves it out of the machine's own.
    iceUseIpv4: !offer.hasLoopback,
    iceUseIpv6: false,
    ...(offer.hasLoopback && { iceAdditionalHostAddresses: ['127.0.0.1'] }),
  })
  let isEnded = false
  const end = (): void => {
    if (isEnded) return
    isEnded = true
    connection.close().catch(() => {})
    events.onEnded()
  }
  const transceiver = connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' })
  connection.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      if (!isEnded && header.payloadType === aLawType) events.onSpeech(payload, header.sequenceNumber)
    })
  })
  connection.connectionStateChange.subscribe((state) => {
    if (state === 'failed' || state === 'closed') end()
  })
  try {
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp })
    // werift asks a public STUN server even when it was given none.
    for (const { connection: ice } of connection.iceTransports) Object.assign(ice, { stunServer: undefined })
    await connection.setLocalDescription(await connection.createAnswer())
    await gathered(connection)
  } catch {
    // Whatever werift stumbled over in the text, the answer is the same.
    isEnded = true
    connection.close().catch(() => {})
    return null
  }
  const answerSdp = connection.localDescription?.sdp
  if (!answerSdp) return null
  return {
    answerSdp,
    send: (sequence, timestamp, marker, aLaw) => {
      if (isEnded || connection.connectionState !== 'connected') return
      const header = new RtpHeader({ payloadType: aLawType, sequenceNumber: sequence, timestamp, marker, ssrc: transceiver.sender.ssrc })
      // A send that fails is a packet lost; the state of the connection tells the rest.
      transceiver.sender.sendRtp(new RtpPacket(header, Buffer.from(aLaw))).catch(() => {})
    },
    close: () => {
      isEnded = true
      connection.close().catch(() => {})
    },
  }
}

/** Without servers to ask, candidates are there as soon as their ports are bound. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    connection.iceGatheringStateChange.subscribe((state) => state === 'complete' && resolve())
  })
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
}
