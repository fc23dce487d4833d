import { type Dialog, dialogOfResponse, requestIn } from '#main/telephony/sip/dialog/dialog'
import type { ReceivedResponse, SipRequest } from '#main/telephony/sip/message/sip-message'
import { header } from '#main/telephony/sip/message/sip-message'
import { type ClientTransaction, cancelFor } from '#main/telephony/sip/transaction/client-transaction'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { PictureQuality } from '#shared/contracts/camera-shapes'
import { domainOfCode } from '#shared/domain/gb28181/codes'
import { freeSsrc, readLiveAnswer, writeLiveOffer, writeSubject } from '#shared/domain/gb28181/invite'
import { judgeLive, type LiveWatch, newWatch, seenLive } from '#shared/domain/gb28181/live-stream'
import type { MediaGateway } from './gateway'
import type { KeptBinding } from './gb28181'
import { endpointOf, type Reaching, refusalWords } from './reaching'
import { newRequest } from './sip-end'

/**
 * Live pictures: INVITE to the device with the gateway's port in it, and BYE when nobody looks (GB/T 28181-2016 §9.2.2, the platform inviting). One
 * stream for each channel and quality, however many seats look at it.
 *
 *   opening ─200→ running ─nobody looks, device says BYE, device away→ over
 *      └─refused, no answer, no port at the gateway→ over
 */
export interface LiveStreams {
  open(ask: LiveAsk): Promise<Result<string, string>>
  /** The device ends it (BYE), or says that it is at its end. False: no stream of ours. */
  endedByDevice(callId: string): boolean
  deviceGone(deviceId: string): void
  count(): number
  /** Looks after all of them once. */
  tick(): Promise<void>
  stop(): Promise<void>
}

export interface LiveAsk {
  readonly deviceId: string
  readonly channelId: string
  readonly quality: PictureQuality
  readonly binding: KeptBinding
}

export interface LiveParts {
  readonly serverId: string
  readonly gateway: MediaGateway | null
  readonly reaching: Reaching
  readonly bindingOf: (deviceId: string) => KeptBinding | null
  readonly clock: Clock
  readonly log: Log
  readonly token: () => string
}

interface Stream {
  readonly key: string
  readonly streamId: string
  readonly ask: LiveAsk
  readonly ssrc: string
  readonly callId: string
  dialog: Dialog | null
  watch: LiveWatch
  opened: Promise<Result<string, string>>
  isOver: boolean
}

/** A person looks at a dark tile no longer; the seat's own question is given up after ten. */
const inviteWithinMs = 7_000
const mostStreams = 500

export function createLiveStreams(parts: LiveParts): LiveStreams {
  const { serverId, gateway, reaching, clock, token } = parts
  const log = parts.log.child({ room: 'gb28181' })
  const streams = new Map<string, Stream>()
  let nextSsrc = 0

  const sendIn = (stream: Stream, method: 'BYE'): void => {
    const binding = parts.bindingOf(stream.ask.deviceId) ?? stream.ask.binding
    if (!stream.dialog) return
    const { dialog, request } = requestIn(stream.dialog, method)
    stream.dialog = dialog
    const silent = { onResponse: () => {}, onTimeout: () => {}, onTransportFailure: () => {} }
    reaching.endOf(binding).request(request, endpointOf(binding), silent)
  }
  const forget = (stream: Stream): void => {
    stream.isOver = true
    if (streams.get(stream.key) === stream) streams.delete(stream.key)
  }
  const end = async (stream: Stream, why: string): Promise<void> => {
    if (stream.isOver) return
    forget(stream)
    if (why !== 'device') sendIn(stream, 'BYE')
    log.info('a live picture ended', { channelId: stream.ask.channelId, why })
    await gateway?.close(stream.streamId)
  }

  async function begin(stream: Stream): Promise<Result<string, string>> {
    const { ask, streamId, ssrc } = stream
    if (!gateway) return err('中心没有配置流媒体网关')
    const port = await gateway.open({ streamId, ssrc })
    if (!port.ok) return port
    const { transport } = gateway
    const invited = await invite(stream, writeLiveOffer({ ...ask, ...port.value, ssrc, transport }))
    if (!invited.ok) {
      await gateway.close(streamId)
      return invited
    }
    // Its clock runs from the answer: the device may have taken seconds for it.
    stream.watch = newWatch(clock.now())
    return ok(gateway.playAddress(streamId))
  }

  function invite(stream: Stream, offer: string): Promise<Result<void, string>> {
    const { channelId, binding } = stream.ask
    const uri = reaching.uri(channelId, binding)
    const request = newRequest('INVITE', {
      ...{ uri, from: reaching.own(), to: `sip:${channelId}@${domainOfCode(serverId)}`, fromTag: token(), callId: stream.callId },
      body: Buffer.from(offer, 'latin1'),
      headers: [
        ['contact', `<${reaching.own()}>`],
        ['subject', writeSubject(channelId, stream.ssrc, serverId)],
        ['content-type', 'APPLICATION/SDP'],
      ],
    })
    const end = reaching.endOf(binding)
    const to = endpointOf(binding)
    return new Promise((resolve) => {
      let hasProvisional = false
      let isGivenUp = false
      const settle = (answer: Result<void, string>): void => {
        stopWaiting()
        resolve(answer)
      }
      const stopWaiting = clock.after(inviteWithinMs, () => {
        isGivenUp = true
        if (hasProvisional) end.cancel(cancelFor(transaction.request), to)
        settle(err(hasProvisional ? '设备迟迟不给画面' : '设备没有应答'))
      })
      const transaction: ClientTransaction = end.request(request, to, {
        onResponse: (response) => {
          if (response.status < 200) {
            hasProvisional = true
            if (isGivenUp) end.cancel(cancelFor(transaction.request), to)
            return
          }
          if (response.status >= 300) return settle(err(refusalWords(response.status, response.reason)))
          const answer = accept(stream, transaction.request, response)
          if (answer.ok && !isGivenUp) return settle(answer)
          // A 200 that comes too late, or promises nothing: the device sends, and has to be told to stop (RFC 3261 §13.2.2.4).
          sendIn(stream, 'BYE')
          settle(answer)
        },
        onTimeout: () => settle(err('设备没有应答')),
        onTransportFailure: () => settle(err('连不上设备')),
      })
    })
  }

  /** Every 200 is acknowledged, repeated ones too: a lost ACK makes the device repeat it, and at last give up. */
  function accept(stream: Stream, invite: SipRequest, response: ReceivedResponse): Result<void, string> {
    const { binding } = stream.ask
    stream.dialog ??= dialogOf(invite, response)
    if (!stream.dialog) return err('设备的应答不合规')
    const { request } = requestIn(stream.dialog, 'ACK', { sequence: response.sequence })
    reaching.endOf(binding).acknowledge(request, endpointOf(binding))
    const answer = readLiveAnswer(response.body.toString('latin1'))
    return answer.ok ? ok(undefined) : answer
  }

  return {
    open(ask) {
      const key = `${ask.channelId} ${ask.quality}`
      const known = streams.get(key)
      if (known) return known.opened
      if (streams.size >= mostStreams) return Promise.resolve(err(`中心同时取的画面已有 ${mostStreams} 路`))
      const taken = new Set([...streams.values()].map(({ ssrc }) => ssrc))
      const ssrc = freeSsrc(serverId, nextSsrc + 1, (one) => taken.has(one))
      if (ssrc === null) return Promise.resolve(err('中心没有空闲的码流号'))
      nextSsrc = Number(ssrc.slice(-4))
      const stream: Stream = {
        // Nobody may guess the name of a picture: many gateways ask for nothing else.
        ...{ key, streamId: `${ask.channelId}-${token().slice(0, 12)}`, ask, ssrc, callId: `${token()}@${domainOfCode(serverId)}` },
        ...{ dialog: null, watch: newWatch(clock.now()), isOver: false, opened: Promise.resolve(err('')) },
      }
      streams.set(key, stream)
      stream.opened = begin(stream).then(
        (opened) => {
          if (!opened.ok) forget(stream)
          return opened
        },
        (thrown: unknown) => {
          forget(stream)
          log.error('a live picture could not be opened', { reason: String(thrown) })
          return err('中心内部出错')
        },
      )
      return stream.opened
    },
    endedByDevice(callId) {
      const stream = [...streams.values()].find((one) => one.callId === callId)
      if (stream) void end(stream, 'device')
      return stream !== undefined
    },
    deviceGone(deviceId) {
      for (const stream of [...streams.values()]) if (stream.ask.deviceId === deviceId && stream.dialog) void end(stream, 'device away')
    },
    count: () => streams.size,
    async tick() {
      for (const stream of [...streams.values()]) {
        if (!stream.dialog || !gateway) continue
        // What is true when it answers was so when it was asked, or began since.
        const now = clock.now()
        const viewers = await gateway.viewers(stream.streamId)
        stream.watch = seenLive(stream.watch, viewers.ok ? viewers.value : undefined, now)
        const verdict = judgeLive(stream.watch, now)
        if (verdict !== 'keep') await end(stream, verdict)
      }
    },
    async stop() {
      await Promise.all([...streams.values()].map((stream) => end(stream, 'centre stops')))
    },
  }
}

/** Some devices leave the Contact out; they are found where they registered from in any case. */
function dialogOf(invite: SipRequest, response: ReceivedResponse): Dialog | null {
  const contact = header(response, 'contact') === undefined ? [{ name: 'contact', value: `<${invite.uri}>` }] : []
  return dialogOfResponse(invite, { ...response, headers: [...response.headers, ...contact] })
}
