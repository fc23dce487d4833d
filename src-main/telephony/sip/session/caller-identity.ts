import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import { normaliseNumber } from '#shared/domain/call/number'
import type { CallData, RemoteParty } from '../call-parties'
import { parseNameAddress } from '../message/name-address'
import { type Header, header, headersOf, listHeader, type ReceivedRequest } from '../message/sip-message'
import { splitOutside } from '../message/split'
import { parseUri, type SipUri } from '../message/uri'

/**
 * Who calls, and what the exchange or another seat sent along. Everything here is text from outside: bounded, without control characters, and
 * never believed beyond what its source is worth (RFC 3325 §7: assertions count only from a trusted exchange).
 */
type IdentityRules = Pick<ExchangeProfile, 'trustsIdentityHeaders' | 'areaCode' | 'outsidePrefix' | 'dataHeaders'>

const mostNameLength = 64
const mostDataLength = 512

export function callerOf(request: ReceivedRequest, rules: IdentityRules): RemoteParty {
  // RFC 3323 §4.2, RFC 3325 §9.3: with privacy asked for, an exchange still tells its own seats; the number is there, but withheld from display.
  const isPrivate = listHeader(request, 'privacy').some((value) => value.split(';').some((one) => /^(id|header|user)$/i.test(one.trim())))
  const asserted = rules.trustsIdentityHeaders ? assertedIdentity(request) : null
  const { source, name, uri } = asserted ?? { source: 'from' as const, name: request.from.displayName, uri: parseUri(request.from.uri) }
  const isAnonymous =
    uri === null || uri.host === 'anonymous.invalid' || /^(anonymous|unavailable|unknown|restricted|private)$/i.test(uri.user ?? '')
  const number = isAnonymous ? null : normaliseNumber(uri?.user ?? '', rules)
  const isWithheld = isPrivate || isAnonymous
  return { number: isWithheld ? null : number, displayName: isWithheld ? null : cleanName(name), isWithheld, source }
}

function assertedIdentity(
  request: ReceivedRequest,
): { source: 'assertedIdentity' | 'remotePartyId'; name: string | null; uri: SipUri } | null {
  const read = (name: 'p-asserted-identity' | 'remote-party-id') =>
    listHeader(request, name).flatMap((value) => {
      const address = parseNameAddress(value)
      const uri = address && parseUri(address.uri)
      return address && uri ? [{ name: address.displayName, uri, parameters: address.parameters }] : []
    })
  // RFC 3325 §9.1: one sip and one tel may stand together; the tel is the number itself.
  const asserted = read('p-asserted-identity')
  const best = asserted.find(({ uri }) => uri.scheme === 'tel') ?? asserted[0]
  if (best) return { source: 'assertedIdentity', name: best.name ?? asserted[0]?.name ?? null, uri: best.uri }
  const party = read('remote-party-id').find(({ parameters }) => parameters.party !== 'called')
  return party ? { source: 'remotePartyId', name: party.name, uri: party.uri } : null
}

/** Which of the hotline's numbers the citizen dialled: the first of a diversion, else To. */
export function calledNumberOf(request: ReceivedRequest, rules: IdentityRules): string | null {
  // RFC 5806 §5: the top Diversion is the last redirection; the bottom one is where the call was first meant to go.
  const diverted = parseNameAddress(listHeader(request, 'diversion').at(-1) ?? '')
  const uri = parseUri(diverted?.uri ?? request.to.uri)
  return uri?.user ? (normaliseNumber(uri.user, rules) ?? clean(uri.user, mostNameLength)) : null
}

export function dataOf(request: { readonly headers: readonly Header[] }, { dataHeaders }: Pick<IdentityRules, 'dataHeaders'>): CallData {
  const extra = Object.entries(dataHeaders).flatMap(([key, name]) => {
    const value = clean(header(request, name.toLowerCase()) ?? '', mostDataLength)
    return value === null ? [] : [[key, value] as const]
  })
  const userToUser = header(request, 'user-to-user')
  return {
    caseNo: clean(header(request, 'x-case-no') ?? '', 64),
    userToUser: userToUser ? readUserToUser(userToUser) : null,
    extra: Object.fromEntries(extra),
  }
}

export function dataHeadersOf(data: CallData | undefined, { dataHeaders }: Pick<IdentityRules, 'dataHeaders'>): Header[] {
  if (!data) return []
  const extra = Object.entries(data.extra).map(([key, value]) => [dataHeaders[key] ?? '', clean(value, mostDataLength)] as const)
  return headersOf([
    ['x-case-no', data.caseNo === null ? null : clean(data.caseNo, 64)],
    // RFC 7433 §4.1: hex is the encoding that every implementation reads.
    [
      'user-to-user',
      data.userToUser === null ? null : `${Buffer.from(data.userToUser.slice(0, 128), 'utf8').toString('hex')};encoding=hex`,
    ],
    ...extra.filter(([name]) => name !== ''),
  ])
}

function readUserToUser(value: string): string | null {
  const [content = '', ...parameters] = splitOutside(value, ';')
  const isHex = parameters.length === 0 || parameters.some((one) => /^encoding=hex$/i.test(one))
  if (!isHex || !/^([0-9A-Fa-f]{2})+$/.test(content)) return clean(content.replace(/^"|"$/g, ''), mostDataLength)
  const bytes = Buffer.from(content, 'hex')
  // Exchanges of the ISDN kind put a protocol discriminator before the text (Q.931 §4.5.30); 04 is IA5.
  const text = (bytes[0] === 4 ? bytes.subarray(1) : bytes).toString('utf8')
  return clean(text, mostDataLength) ?? content
}

function cleanName(name: string | null): string | null {
  return name === null ? null : clean(name, mostNameLength)
}

/** Bounded and printable, or null: bidi overrides and line breaks have no place in a name. */
function clean(text: string, mostLength: number): string | null {
  const printable = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim()
  return printable === '' ? null : [...printable].slice(0, mostLength).join('')
}
