import { createHmac, timingSafeEqual } from 'node:crypto'
import { digestAnswer } from '#main/telephony/sip/auth/digest'
import { type Header, listHeader, type SipRequest } from '#main/telephony/sip/message/sip-message'
import { readParameters } from '#main/telephony/sip/message/split'
import type { Clock } from '#shared/base/clock'

/** Who may register and call: the server's side of Digest (RFC 7616, RFC 8760). Nonces carry their own proof, so none is remembered. */
export interface Gatekeeper {
  /** The account whose password the request proves; else the challenges to answer it with. */
  check(request: SipRequest, as: 'www' | 'proxy'): { readonly account: string } | { readonly challenges: readonly Header[] }
}

export interface GatekeeperParts {
  readonly realm: string
  /** Null: there is no such account. */
  readonly passwordOf: (account: string) => string | null
  /** Known to this process alone. */
  readonly secret: string
  readonly clock: Clock
}

const nonceLifeMs = 600_000
/** RFC 8760 §2.4 would have SHA-256 beside it, but older telephones give up over a second challenge of the same realm (libre, in baresip 1.0). */
const algorithm = 'MD5'

export function createGatekeeper({ realm, passwordOf, secret, clock }: GatekeeperParts): Gatekeeper {
  const proofOf = (moment: string): string => createHmac('sha256', secret).update(moment).digest('hex').slice(0, 24)
  const nonceNow = (): string => {
    const moment = Math.floor(clock.now()).toString(36)
    return `${moment}-${proofOf(moment)}`
  }
  const ageOf = (nonce: string): number | null => {
    const [moment = '', proof = ''] = nonce.split('-')
    return proof === proofOf(moment) ? clock.now() - Number.parseInt(moment, 36) : null
  }
  const challenge = (as: 'www' | 'proxy', isStale: boolean): { readonly challenges: readonly Header[] } => {
    const value = `Digest realm="${realm}", nonce="${nonceNow()}", algorithm=${algorithm}, qop="auth"${isStale ? ', stale=true' : ''}`
    return { challenges: [{ name: as === 'www' ? 'www-authenticate' : 'proxy-authenticate', value }] }
  }
  return {
    check: (request, as) => {
      const given = readAnswer(request, as === 'www' ? 'authorization' : 'proxy-authorization')
      const { username: user, nonce, uri, response } = given
      if (given.realm !== realm || !user || !nonce || !uri || !response) return challenge(as, false)
      const age = ageOf(nonce)
      const password = passwordOf(user)
      if (age === null || password === null) return challenge(as, false)
      const expected = digestAnswer({
        challenge: {
          ...{ from: as, realm, nonce, opaque: null, isStale: false },
          algorithm: given.algorithm ?? null,
          qop: given.qop ? [given.qop] : [],
        },
        ...{ user, password, method: request.method, uri, body: request.body },
        ...{ count: Number.parseInt(given.nc ?? '0', 16), clientNonce: given.cnonce ?? '' },
      })
      if (!isSame(/response="([0-9a-f]+)"/.exec(expected)?.[1] ?? '', response)) return challenge(as, false)
      // The password was right; only the nonce is old (RFC 7616 §3.3).
      return age > nonceLifeMs ? challenge(as, true) : { account: user }
    },
  }
}

function readAnswer(request: SipRequest, name: string): Readonly<Record<string, string | null>> {
  const [first = '', ...rest] = listHeader(request, name)
  const scheme = /^Digest\s+(.*)$/i.exec(first)
  return scheme ? readParameters([scheme[1] ?? '', ...rest]) : {}
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && one !== '' && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
