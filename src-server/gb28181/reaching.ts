import { randomInt } from 'node:crypto'
import { hostForUri } from '#main/telephony/sip/message/uri'
import type { Endpoint } from '#main/telephony/sip/transport/wire'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { domainOfCode } from '#shared/domain/gb28181/codes'
import type { KeptBinding } from './gb28181'
import { newRequest, type SipEnd } from './sip-end'

/** How a device is spoken to: MANSCDP in a MESSAGE (GB/T 28181-2016 §9.3 and annex J.3), answered or not within seconds. */
export interface Reaching {
  /** The way to a device that is registered. */
  endOf(binding: KeptBinding): SipEnd
  say(binding: KeptBinding, targetId: string, text: string): Promise<Result<void, string>>
  uri(id: string, binding: KeptBinding): string
  own(): string
  nextSn(): number
}

export interface ReachingParts {
  readonly serverId: string
  readonly ends: readonly SipEnd[]
  readonly clock: Clock
  readonly token: () => string
}

/** A device at work answers in a fraction of a second; a person at a joystick waits no longer. */
const answerWithinMs = 5_000

export const endpointOf = ({ address, port }: KeptBinding): Endpoint => ({ address, port })

export function createReaching({ serverId, ends, clock, token }: ReachingParts): Reaching {
  // Not from one: an answer to the process before this one must not pass for one to us.
  let sn = randomInt(1, 1_000_000)
  const own = `sip:${serverId}@${domainOfCode(serverId)}`
  const endOf = ({ protocol }: KeptBinding): SipEnd => {
    const end = ends.find((one) => one.protocol === protocol) ?? ends[0]
    if (!end) throw new Error('no transport is open')
    return end
  }
  const uri = (id: string, { address, port }: KeptBinding): string => `sip:${id}@${hostForUri(address)}:${port}`
  return {
    endOf,
    uri,
    own: () => own,
    nextSn: () => {
      sn += 1
      return sn
    },
    say: (binding, targetId, text) =>
      new Promise((resolve) => {
        const request = newRequest('MESSAGE', {
          ...{ uri: uri(targetId, binding), from: own, to: `sip:${targetId}@${domainOfCode(serverId)}` },
          ...{ fromTag: token(), callId: `${token()}@${domainOfCode(serverId)}`, body: Buffer.from(text, 'latin1') },
          headers: [['content-type', 'Application/MANSCDP+xml']],
        })
        const stopWaiting = clock.after(answerWithinMs, () => {
          transaction.abandon()
          resolve(err('设备没有应答'))
        })
        const end = (answer: Result<void, string>): void => {
          stopWaiting()
          resolve(answer)
        }
        const transaction = endOf(binding).request(request, endpointOf(binding), {
          onResponse: ({ status, reason }) => {
            if (status >= 200) end(status < 300 ? ok(undefined) : err(refusalWords(status, reason)))
          },
          onTimeout: () => end(err('设备没有应答')),
          onTransportFailure: () => end(err('连不上设备')),
        })
      }),
  }
}

export function refusalWords(status: number, reason: string): string {
  if (status === 401 || status === 403 || status === 407) return '设备不许本平台这样做'
  if (status === 404) return '设备上没有这个通道'
  if (status === 408 || status === 480) return '通道不在线'
  if (status === 486 || status === 600) return '设备已达到能给的路数'
  if (status === 488 || status === 606) return '设备不给这种码流'
  return `设备拒绝（${status} ${reason.replace(/[^\p{L}\p{N} ]/gu, '').slice(0, 40)}）`
}
