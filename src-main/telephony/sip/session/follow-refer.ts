import { parseNameAddress } from '../message/name-address'
import { phraseOf, respond } from '../message/respond'
import { headersOf, listHeader } from '../message/sip-message'
import { readParameters, splitOutside } from '../message/split'
import { parseUri } from '../message/uri'
import type { ServerTransaction } from '../transaction/server-transaction'
import type { CallCore } from './call-core'
import { dataOf } from './caller-identity'
import { sendInDialog } from './in-dialog'

/** The other end of a transfer (RFC 3515 §2.4): a peer asks us to connect it elsewhere, and is told how that goes. */

export function receiveRefer(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  const refuse = (status: number): void => transaction.respond(respond(request, status, { reason: phraseOf(status) }))
  const { onTransferAsked, profile } = core.services
  // A seat calls whom its agent chooses, not whom a caller names.
  if (!onTransferAsked) return refuse(603)
  // §2.4.2: exactly one, or nobody knows which is meant.
  const [referTo, ...others] = listHeader(request, 'refer-to')
  const uri = parseUri(parseNameAddress(referTo ?? '')?.uri ?? '')
  if (!uri?.user || others.length > 0) return refuse(400)
  if (core.state !== 'established') return refuse(481)
  transaction.respond(respond(request, 202, { headers: headersOf([['contact', `<${core.services.contact()}>`]]) }))
  const carried = Object.entries(uri.headers).map(([name, value]) => ({ name, value }))
  reportTransfer(core, 100)
  onTransferAsked(core, { target: uri.user, replaces: replacesOf(uri.headers.replaces), data: dataOf({ headers: carried }, profile) })
}

/** §2.4.5: each NOTIFY carries the status line of the new call; a final one ends the subscription. */
export function reportTransfer(core: CallCore, status: number): void {
  const state = status < 200 ? 'active;expires=180' : 'terminated;reason=noresource'
  sendInDialog(
    core,
    'NOTIFY',
    {
      headers: [
        ['event', 'refer'],
        ['subscription-state', state],
        ['contact', `<${core.services.contact()}>`],
      ],
      body: Buffer.from(`SIP/2.0 ${status} ${phraseOf(status)}\r\n`),
      contentType: 'message/sipfrag;version=2.0',
    },
    // A peer that hangs up at once is as well served.
    { onOutcome: () => {} },
  )
}

function replacesOf(value: string | undefined): { readonly callId: string; readonly toTag: string; readonly fromTag: string } | null {
  if (value === undefined) return null
  const [callId = '', ...rest] = splitOutside(value, ';')
  const parameters = readParameters(rest)
  return { callId, toTag: parameters['to-tag'] ?? '', fromTag: parameters['from-tag'] ?? '' }
}
