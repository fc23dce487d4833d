import { createHash } from 'node:crypto'

/**
 * Answers the challenge of a camera: Digest (RFC 2617, RFC 7616 with MD5 or SHA-256), or Basic where the camera offers nothing better. Passwords
 * are used here and nowhere kept.
 */
export interface CameraAccount {
  readonly user: string
  readonly password: string
}

export interface Challenge {
  readonly scheme: 'digest' | 'basic'
  readonly realm: string
  readonly nonce: string
  readonly algorithm: 'md5' | 'sha256'
  /** Without it the older form of RFC 2069 is used, as most cameras do. */
  readonly hasQop: boolean
  readonly opaque: string | null
}

/** The strongest challenge that can be answered; null when there is none. */
export function chooseChallenge(headers: readonly string[]): Challenge | null {
  const known = headers.map(readChallenge).filter((one) => one !== null)
  const rank = ({ scheme, algorithm }: Challenge) => (scheme === 'basic' ? 0 : algorithm === 'md5' ? 1 : 2)
  return known.sort((a, b) => rank(b) - rank(a))[0] ?? null
}

function readChallenge(header: string): Challenge | null {
  const [, word = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(header.trim()) ?? []
  const scheme = word.toLowerCase()
  const values = new Map(
    [...rest.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      quoted ?? bare ?? '',
    ]),
  )
  const base = { realm: values.get('realm') ?? '', opaque: values.get('opaque') ?? null }
  if (scheme === 'basic') return { ...base, scheme, nonce: '', algorithm: 'md5', hasQop: false }
  const algorithm = (values.get('algorithm') ?? 'MD5').toLowerCase().replace('-', '')
  const nonce = values.get('nonce')
  if (scheme !== 'digest' || nonce === undefined || (algorithm !== 'md5' && algorithm !== 'sha256')) return null
  const qops = values
    .get('qop')
    ?.split(',')
    .map((qop) => qop.trim())
  return { ...base, scheme, nonce, algorithm, hasQop: qops?.includes('auth') ?? false }
}

/** UTF-8 as text of one character an octet, as headers are read and written: the realm of a camera may be in any encoding, and counts as it came. */
const asOctets = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** `count`: how often this nonce has been used, beginning with 1. `clientNonce`: fresh and unforeseeable. */
export function authorization(
  challenge: Challenge,
  { user, password }: CameraAccount,
  request: { readonly method: string; readonly uri: string; readonly count: number; readonly clientNonce: string },
): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const { realm, nonce, algorithm, hasQop, opaque } = challenge
  const hash = (text: string) => createHash(algorithm).update(text, 'latin1').digest('hex')
  const count = request.count.toString(16).padStart(8, '0')
  const secret = hash(`${asOctets(user)}:${realm}:${asOctets(password)}`)
  const asked = hash(`${request.method}:${request.uri}`)
  const response = hash(hasQop ? `${secret}:${nonce}:${count}:${request.clientNonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`)
  const fields = [
    `username="${asOctets(user)}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    ...(algorithm === 'sha256' ? ['algorithm=SHA-256'] : []),
    ...(hasQop ? ['qop=auth', `nc=${count}`, `cnonce="${request.clientNonce}"`] : []),
    ...(opaque === null ? [] : [`opaque="${opaque}"`]),
  ]
  return `Digest ${fields.join(', ')}`
}
