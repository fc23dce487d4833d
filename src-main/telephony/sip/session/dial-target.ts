import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import { escapeUser, hostForUri, parseUri } from '../message/uri'

/** From what a person dials to a Request-URI of the exchange. Null: that cannot be dialled. */
type DialRules = Pick<ExchangeProfile, 'domain' | 'areaCode' | 'outsidePrefix'>

export function dialTarget(text: string, rules: DialRules): string | null {
  const trimmed = text.trim()
  if (/^sips?:/i.test(trimmed)) return parseUri(trimmed)?.user ? trimmed : null
  const digits = trimmed.replace(/[\s().-]/g, '')
  if (!/^\+?[0-9*#]{1,32}$/.test(digits)) return null
  return numberUri(asExchangeDials(digits, rules), rules.domain)
}

export function numberUri(number: string, domain: string): string {
  return `sip:${escapeUser(number)}@${hostForUri(domain)}`
}

/** Numbers are kept in E.164; a city exchange dials as people do: mobile numbers plain, other cities with 0, its own without. */
function asExchangeDials(digits: string, { areaCode, outsidePrefix }: DialRules): string {
  const national = digits.startsWith('+86') ? digits.slice(3) : null
  const plain =
    national === null
      ? digits.replace(/^\+/, '00')
      : /^1[3-9]\d{9}$/.test(national)
        ? national
        : areaCode && national.startsWith(areaCode)
          ? national.slice(areaCode.length)
          : `0${national}`
  // Seven digits and more are subscribers; extensions and services are shorter.
  return plain.length >= 7 && /^\d+$/.test(plain) ? outsidePrefix + plain : plain
}
