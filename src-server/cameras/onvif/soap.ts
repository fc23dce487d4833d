import { createHash, randomBytes } from 'node:crypto'
import { escapeXml, readXml, type XmlElement, xmlAll, xmlAt } from '#shared/base/xml'

/**
 * SOAP 1.2 as ONVIF cameras speak it, with the digest of a username token (OASIS WS-Security UsernameToken Profile 1.0 §3.1):
 * Base64(SHA-1(nonce + created + password)). The password itself never travels.
 */
export interface OnvifAccount {
  readonly user: string
  readonly password: string
}

export function passwordDigest(nonce: Buffer, created: string, password: string): string {
  return createHash('sha1').update(nonce).update(created, 'utf8').update(password, 'utf8').digest('base64')
}

const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0'
const messages = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0'

/** `at`: the camera's own time, which most makes insist on. `account` null: what needs none, such as the time itself. */
export function envelope(body: string, account: OnvifAccount | null, at: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema">${
    account ? header(account, at) : ''
  }<s:Body>${body}</s:Body></s:Envelope>`
}

function header({ user, password }: OnvifAccount, at: number): string {
  const nonce = randomBytes(16)
  const created = new Date(at).toISOString()
  return [
    `<s:Header><Security s:mustUnderstand="1" xmlns="${security}"><UsernameToken>`,
    `<Username>${escapeXml(user)}</Username>`,
    `<Password Type="${profile}#PasswordDigest">${passwordDigest(nonce, created, password)}</Password>`,
    `<Nonce EncodingType="${messages}#Base64Binary">${nonce.toString('base64')}</Nonce>`,
    `<Created xmlns="${utility}">${created}</Created>`,
    '</UsernameToken></Security></s:Header>',
  ].join('')
}

export type SoapAnswer =
  | { readonly kind: 'answer'; readonly body: XmlElement }
  | { readonly kind: 'fault'; readonly isUnauthorised: boolean; readonly words: string }
  | { readonly kind: 'rubbish' }

export function readEnvelope(text: string): SoapAnswer {
  const root = readXml(text)
  const body = xmlAt(root, 'Body')
  if (root?.name !== 'Envelope' || !body) return { kind: 'rubbish' }
  const fault = xmlAt(body, 'Fault')
  if (!fault) return { kind: 'answer', body }
  const codes = xmlAll(fault, 'Value').map((value) => value.text)
  const words = xmlAll(fault, 'Text')[0]?.text ?? codes.at(-1) ?? '拒绝'
  return { kind: 'fault', isUnauthorised: codes.some((code) => /NotAuthorized|FailedAuthentication/.test(code)), words }
}
