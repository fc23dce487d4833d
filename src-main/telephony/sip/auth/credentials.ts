import type { SipRequest, SipResponse } from '../message/sip-message'
import { type Challenge, readChallenges } from './challenge'
import { canAnswer, digestAnswer } from './digest'

/**
 * Keeps the challenges of the exchange, so that the next request carries its answer at once (RFC 3261 §22.3, RFC 7616 §3.4): a call is then set up
 * without a second round trip. The password is asked for when it is needed and never kept here.
 */
export interface Credentials {
  /** The request with an answer to each challenge that is remembered for its kind. */
  authorize(request: SipRequest): SipRequest
  /**
   * Takes the challenges of a 401 or 407. `true`: sending again makes sense; `false`: what was sent was refused (wrong password), or nothing in it
   * can be answered. `sent` is the request that was refused.
   */
  learn(response: SipResponse, sent: SipRequest): boolean
  forget(): void
}

export interface CredentialParts {
  readonly user: string
  readonly password: () => string
  /** False for exchanges whose policy forbids MD5 (RFC 8760 §2.6 leaves it to the client). */
  readonly allowMd5: boolean
  readonly clientNonce: () => string
}

interface Remembered {
  readonly challenge: Challenge
  count: number
}

/** A registrar and a proxy of the same exchange may challenge with different realms; a handful is plenty. */
const mostRemembered = 8

export function createCredentials({ user, password, allowMd5, clientNonce }: CredentialParts): Credentials {
  const remembered = new Map<string, Remembered>()

  const isAllowed = (challenge: Challenge): boolean => canAnswer(challenge) && (allowMd5 || !/^MD5/i.test(challenge.algorithm ?? 'MD5'))
  return {
    authorize: (request) => {
      const kept = request.headers.filter(({ name }) => name !== 'authorization' && name !== 'proxy-authorization')
      const answers = [...remembered.entries()].filter(([key]) => key.startsWith(`${scopeOf(request)} `))
      const added = answers.map(([, one]) => {
        one.count += 1
        const { challenge, count } = one
        const input = { challenge, user, password: password(), method: request.method, uri: request.uri, body: request.body, count }
        const value = digestAnswer({ ...input, clientNonce: clientNonce() })
        return { name: challenge.from === 'www' ? 'authorization' : 'proxy-authorization', value }
      })
      return { ...request, headers: [...kept, ...added] }
    },
    learn: (response, sent) => {
      // One answer per realm: the first that we can and may give; the server sends its best first (RFC 8760 §2.4).
      const perRealm = new Map<string, Challenge>()
      for (const challenge of readChallenges(response).filter(isAllowed)) {
        const key = `${scopeOf(sent)} ${challenge.from} ${challenge.realm}`
        if (!perRealm.has(key)) perRealm.set(key, challenge)
      }
      const isNews = ([key, challenge]: readonly [string, Challenge]): boolean => {
        const answered = remembered.get(key)
        const wasSent = sent.headers.some(({ name }) => name === (challenge.from === 'www' ? 'authorization' : 'proxy-authorization'))
        // RFC 7616 §3.3: a new nonce with stale=true means that only the nonce was old. The same nonce again means a wrong password; a new one
        // without the flag does too, unless what was refused had been reused from before (then the exchange may simply have restarted).
        return !answered || !wasSent || challenge.isStale || (answered.challenge.nonce !== challenge.nonce && answered.count > 1)
      }
      const hasNews = perRealm.size > 0 && [...perRealm].some(isNews)
      for (const [key, challenge] of perRealm) remembered.set(key, { challenge, count: 0 })
      while (remembered.size > mostRemembered) remembered.delete([...remembered.keys()][0] ?? '')
      if (!hasNews) for (const key of perRealm.keys()) remembered.delete(key)
      return hasNews
    },
    forget: () => remembered.clear(),
  }
}

/** The registrar's challenge answers nothing that a proxy asks for a call, and the other way round. */
function scopeOf({ method }: SipRequest): string {
  return method === 'REGISTER' ? 'register' : 'call'
}
