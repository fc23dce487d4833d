import { createHmac, timingSafeEqual } from 'node:crypto'
import { digestResponse } from '#main/telephony/sip/auth/digest'
import { type Header, listHeader, type SipRequest } from '#main/telephony/sip/message/sip-message'
import { readParameters } from '#main/telephony/sip/message/split'
import type { Clock } from '#shared/base/clock'
import type { DeviceSecret } from './gb28181'

/**
 * Who may register: the server's side of Digest (RFC 7616, RFC 8760; GB/T 28181-2016 §9.1). A nonce carries its own proof and is good for the address it
 * was given to alone, so that strangers leave nothing behind here and a registration that was overheard is of no use elsewhere.
 */
export interface Door {
  /** `stranger`: no answer to a challenge of ours yet; `refused`: an answer, and a wrong one. */
  check(request: SipRequest, address: string, secret: DeviceSecret | null): DoorVerdict
}

export type DoorVerdict =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'stranger'; readonly challenges: readonly Header[] }

export type DigestAlgorithm = 'MD5' | 'SHA-256'

export interface DoorParts {
  readonly realm: string
  /** What is offered, the best first (RFC 8760 §2.4). */
  readonly algorithms: readonly DigestAlgorithm[]
  /** Known to this process alone. */
  readonly nonceSecret: string
  readonly clock: Pick<Clock, 'now'>
}

const nonceLifeMs = 300_000

export function createDoor({ realm, algorithms, nonceSecret, clock }: DoorParts): Door {
  const proofOf = (moment: string, address: string): string =>
    createHmac('sha256', nonceSecret).update(`${moment} ${address}`).digest('hex').slice(0, 24)
  const challenge = (address: string, isStale: boolean): DoorVerdict => {
    const moment = Math.floor(clock.now()).toString(36)
    const nonce = `${moment}-${proofOf(moment, address)}`
    const value = (algorithm: string) =>
      `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${isStale ? ', stale=true' : ''}`
    return { kind: 'stranger', challenges: algorithms.map((one) => ({ name: 'www-authenticate', value: value(one) })) }
  }
  return {
    check: (request, address, secret) => {
      const given = answerIn(request)
      const { username, nonce, uri, response } = given
      const algorithm = algorithms.find((one) => one === (given.algorithm ?? 'MD5').toUpperCase())
      if (given.realm !== realm || !username || !nonce || !uri || !response || !algorithm) return challenge(address, false)
      const [moment = '', proof = ''] = nonce.split('-')
      // A nonce of the process before this one, or of another address: whoever knows the password answers the new one.
      if (proof !== proofOf(moment, address)) return challenge(address, true)
      if (!secret || secret.realm !== realm) return { kind: 'refused' }
      const expected = digestResponse({
        challenge: { from: 'www', realm, nonce, opaque: null, isStale: false, algorithm, qop: given.qop ? [given.qop.toLowerCase()] : [] },
        ...{ secret: algorithm === 'MD5' ? secret.md5 : secret.sha256, method: request.method, uri, body: request.body },
        ...{ count: Number.parseInt(given.nc ?? '0', 16) || 0, clientNonce: given.cnonce ?? '' },
      })
      if (!isSame(expected, response.toLowerCase())) return { kind: 'refused' }
      // The password was right; only the nonce is old (RFC 7616 §3.3).
      return clock.now() - Number.parseInt(moment, 36) > nonceLifeMs ? challenge(address, true) : { kind: 'admitted' }
    },
  }
}

function answerIn(request: SipRequest): Readonly<Record<string, string | null>> {
  const [first = '', ...rest] = listHeader(request, 'authorization')
  const scheme = /^Digest\s+(.*)$/i.exec(first)
  return scheme ? readParameters([scheme[1] ?? '', ...rest]) : {}
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
