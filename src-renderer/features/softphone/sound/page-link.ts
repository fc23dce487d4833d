import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { Bridge } from '../../../bridge/bridge'
import { browserClock } from '../../../bridge/browser-clock'

/**
 * One WebRTC connection between this page and the program on this PC: A-law both ways over loopback. It asks no server for anything. It is made once
 * and lives over many calls; when it is down another is made (`seat-sound.ts`).
 */
export interface PageLink {
  /** Another microphone, without another negotiation. */
  speakWith(track: MediaStreamTrack): void
  /** Of the time since it was asked last; null while nothing is played. */
  playout(): Promise<Playout | null>
  close(): void
}

export interface Playout {
  readonly delayMs: number | null
  readonly concealedRatio: number | null
  /** Of the way from the program to this page alone: nothing of the line is in it. */
  readonly lossRatio: number | null
  readonly jitterMs: number | null
}

export interface PageLinkNeeds {
  readonly bridge: Pick<Bridge, 'call'>
  readonly track: MediaStreamTrack
  /** What the seat hears. */
  onSpeech(stream: MediaStream): void
  onUp(): void
  onDown(): void
}

/** Local candidates are there at once; a machine whose network cards are slow to tell gets this long. */
const gatherWithinMs = 1_500
/** Loopback does not lose connections; one that says so for longer is gone. */
const disconnectedForMs = 2_000

/** Errors: those of `sound.connect`. */
export async function openPageLink(needs: PageLinkNeeds): Promise<Result<PageLink, AppError>> {
  const connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  const { sender, receiver } = offerALaw(connection, needs.track)
  needs.onSpeech(new MediaStream([receiver.track]))
  let isClosed = false
  let stopWaiting = (): void => {}
  const close = (): void => {
    isClosed = true
    stopWaiting()
    connection.close()
  }
  const down = (): void => {
    if (isClosed) return
    close()
    needs.onDown()
  }
  connection.addEventListener('connectionstatechange', () => {
    stopWaiting()
    if (isClosed) return
    if (connection.connectionState === 'connected') needs.onUp()
    else if (connection.connectionState === 'disconnected') stopWaiting = browserClock.after(disconnectedForMs, down)
    else if (connection.connectionState === 'failed' || connection.connectionState === 'closed') down()
  })
  try {
    await connection.setLocalDescription()
    await gathered(connection)
    const answered = await needs.bridge.call('sound.connect', { offerSdp: connection.localDescription?.sdp ?? '' })
    if (!answered.ok) {
      close()
      return answered
    }
    await connection.setRemoteDescription({ type: 'answer', sdp: answered.value.answerSdp })
  } catch {
    close()
    return err(appError('phone/soundRefused'))
  }
  const playout = createPlayoutMeter(receiver)
  return ok({ speakWith: (track) => void sender.replaceTrack(track).catch(() => {}), playout, close })
}

function offerALaw(connection: RTCPeerConnection, track: MediaStreamTrack): RTCRtpTransceiver {
  const transceiver = connection.addTransceiver(track, { direction: 'sendrecv' })
  const aLaw = RTCRtpReceiver.getCapabilities('audio')?.codecs.filter(({ mimeType }) => mimeType === 'audio/PCMA') ?? []
  // Without more codecs there are no comfort-noise packets either: the microphone is the beat of all calls (`media/headset.ts`).
  transceiver.setCodecPreferences(aLaw)
  return transceiver
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const stop = browserClock.after(gatherWithinMs, resolve)
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return
      stop()
      resolve()
    })
  })
}

interface Played {
  readonly delay: number
  readonly emitted: number
  readonly concealed: number
  readonly samples: number
  readonly received: number
  readonly lost: number
  /** Now, seconds; no sum. */
  readonly jitter: number
}

/** What W3C webrtc-stats calls `inbound-rtp`; its counters only grow. */
function createPlayoutMeter(receiver: RTCRtpReceiver): () => Promise<Playout | null> {
  let last: Played = { delay: 0, emitted: 0, concealed: 0, samples: 0, received: 0, lost: 0, jitter: 0 }
  return async () => {
    const report = await receiver.getStats().catch(() => null)
    const inbound = [...(report?.values() ?? [])].find(({ type }) => type === 'inbound-rtp')
    if (!inbound) return null
    const now: Played = {
      delay: inbound.jitterBufferDelay ?? 0,
      emitted: inbound.jitterBufferEmittedCount ?? 0,
      // What was made up of silence while nobody spoke is heard by nobody.
      concealed: (inbound.concealedSamples ?? 0) - (inbound.silentConcealedSamples ?? 0),
      samples: inbound.totalSamplesReceived ?? 0,
      received: inbound.packetsReceived ?? 0,
      lost: inbound.packetsLost ?? 0,
      jitter: inbound.jitter ?? 0,
    }
    const playout = playoutBetween(last, now)
    last = now
    return playout
  }
}

/** Pure. Null: nothing was played in between. */
export function playoutBetween(before: Played, after: Played): Playout | null {
  const samples = after.samples - before.samples
  const emitted = after.emitted - before.emitted
  if (emitted <= 0) return null
  const delayMs = Math.max(0, ((after.delay - before.delay) / emitted) * 1000)
  const lost = Math.max(0, after.lost - before.lost)
  const packets = after.received - before.received + lost
  return {
    delayMs,
    concealedRatio: samples > 0 ? Math.min(1, Math.max(0, (after.concealed - before.concealed) / samples)) : null,
    lossRatio: packets > 0 ? lost / packets : null,
    jitterMs: after.jitter * 1_000,
  }
}
