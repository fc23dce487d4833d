import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { header, type ReceivedRequest } from '../message/sip-message'
import { readParameters, splitOutside } from '../message/split'
import { type CallCore, changeCall, laterInCall } from './call-core'
import { hangUpEstablished } from './hang-up'
import { endsByOutcome, sendInDialog } from './in-dialog'
import { contactHeader } from './send-accept'

/** Asking the peer to call somebody else (REFER, RFC 3515, RFC 5589), and listening to how that goes. */

/** A peer that accepted a REFER and never says how it went: then the citizen is still with us, and the seat is told. */
const patienceMs = 180_000

export function refer(core: CallCore, referTo: string, referredBy: string): Promise<Result<void, AppError>> {
  if (core.state !== 'established') return Promise.resolve(err(appError('phone/notNow', { state: core.state })))
  if (core.transfer !== 'none') return Promise.resolve(err(appError('phone/notNow', { state: 'transferring' })))
  changeCall(core, { transfer: 'asked' })
  return new Promise((resolve) => {
    let isSettled = false
    const settle = (result: Result<void, AppError>): void => {
      if (isSettled) return
      isSettled = true
      stopWaiting()
      core.waiting.referProgress = null
      core.waiting.isHangUpSuccess = false
      changeCall(core, { transfer: 'none' })
      resolve(result)
    }
    const refused = (status: number, reason: string): void => settle(err(appError('phone/refused', { status, reason })))
    const stopWaiting = laterInCall(core, patienceMs, () => settle(err(appError('phone/noAnswer'))))
    core.atEnd.add(() => settle(core.end?.how === 'transferred' ? ok(undefined) : err(appError('phone/callEnded'))))
    core.waiting.referProgress = (status, isOver) => {
      core.services.emit({ type: 'transferProgressed', callId: core.id, status })
      if (status >= 200 && status < 300) {
        // RFC 5589 §6.1: the transferor leaves when it hears of the success.
        hangUpEstablished(core, undefined, 'here', 'transferred')
        settle(ok(undefined))
      } else if (status >= 300) refused(status, 'transfer target')
      else if (isOver) settle(err(appError('phone/noAnswer')))
    }
    const headers = [
      ['refer-to', referTo] as const,
      ['referred-by', `<${referredBy}>`] as const,
      ['contact', contactHeader(core).value] as const,
    ]
    sendInDialog(
      core,
      'REFER',
      { headers },
      {
        onOutcome: (outcome) => {
          if (isSettled) return
          if (outcome.kind === 'response' && outcome.response.status < 300) {
            core.waiting.isHangUpSuccess = true
            return changeCall(core, { transfer: 'trying' })
          }
          if (endsByOutcomeOfRefer(core, outcome)) return settle(err(appError('phone/callEnded')))
          if (outcome.kind === 'response') return refused(outcome.response.status, outcome.response.reason)
          settle(err(appError(outcome.kind === 'timeout' ? 'phone/noAnswer' : 'phone/offline')))
        },
      },
    )
  })
}

/** RFC 5057 §5.3: a 404 or 480 to a REFER speaks of the target, not of the call; only 481 says that the call is gone. */
function endsByOutcomeOfRefer(core: CallCore, outcome: Parameters<typeof endsByOutcome>[1]): boolean {
  return outcome.kind === 'response' && outcome.response.status === 481 && endsByOutcome(core, outcome)
}

/** RFC 3515 §2.4.4: a NOTIFY of the implicit subscription carries the status line of the new call. Null: not about a REFER. */
export function readReferProgress(notify: ReceivedRequest): { readonly status: number | null; readonly isOver: boolean } | null {
  if (!/^refer(;|\s|$)/i.test(header(notify, 'event') ?? '')) return null
  const status = /^SIP\/2\.0\s+([1-6]\d\d)\b/i.exec(notify.body.toString('utf8').trimStart())?.[1]
  const [state = ''] = splitOutside(header(notify, 'subscription-state') ?? '', ';')
  return { status: status ? Number(status) : null, isOver: state.toLowerCase() === 'terminated' }
}

/** RFC 3891 §3: which call an INVITE wants to take the place of. */
export interface ReplacesTarget {
  readonly callId: string
  readonly toTag: string
  readonly fromTag: string
  readonly isEarlyOnly: boolean
}

export function readReplaces(request: ReceivedRequest): ReplacesTarget | null {
  const value = header(request, 'replaces')
  if (value === undefined) return null
  const [callId = '', ...rest] = splitOutside(value, ';')
  const parameters = readParameters(rest)
  return { callId, toTag: parameters['to-tag'] ?? '', fromTag: parameters['from-tag'] ?? '', isEarlyOnly: 'early-only' in parameters }
}

/** RFC 5589 §7: Refer-To the peer of the consultation, with a Replaces that names it as that peer knows it. */
export function referToOf(consult: CallCore): string | null {
  const { dialog } = consult
  if (!dialog) return null
  const replaces = `${dialog.sipCallId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`
  const target = dialog.remoteTarget.replace(/\?.*$/, '')
  return `<${target}?Replaces=${encodeURIComponent(replaces)}>`
}

/** RFC 3261 §19.1.1: what travels with a blind transfer goes as headers in the URI, which the transferee puts into its INVITE. */
export function referToWith(target: string, headers: readonly { readonly name: string; readonly value: string }[]): string {
  const query = headers.map(({ name, value }) => `${titled(name)}=${encodeURIComponent(value)}`).join('&')
  return `<${target}${query === '' ? '' : `?${query}`}>`
}

function titled(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (letter) => letter.toUpperCase())
}
