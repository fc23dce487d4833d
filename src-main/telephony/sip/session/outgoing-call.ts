import { type Dialog, dialogOfResponse, isOfDialog, requestIn } from '../dialog/dialog'
import { parseNameAddress } from '../message/name-address'
import {
  type Header,
  hasToken,
  header,
  headersOf,
  listHeader,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipRequest,
} from '../message/sip-message'
import { parseUri } from '../message/uri'
import { transactionMs } from '../transaction/timers'
import type { EndReason } from '../user-agent'
import { type CallCore, changeCall, endCall, laterInCall } from './call-core'
import { allowHeader, reasonHeaders, supportedHeader } from './capabilities'
import { factsOfRefusal, howRefused, nothingSaid } from './end-cause'
import { hangUpEstablished } from './hang-up'
import { learnFrom } from './in-dialog'
import { makeOffer, takeAnswer } from './offer-answer'
import type { Outcome, SentRequest } from './requester'
import { contactHeader, sdpOf } from './send-accept'
import { startSessionTimer } from './session-clock'
import { leastIntervalS, timerOfResponse, timerRequest } from './session-timer'

/**
 * A call that this seat makes, up to the 200 that opens it: every fork has an early dialog of its own (RFC 3261 §13.2.2), reliable progress is
 * acknowledged (RFC 3262), and a 200 that crosses our CANCEL is acknowledged and hung up.
 */
export interface OutgoingCall {
  cancel(reason?: EndReason): void
  /** Requests of a callee whose dialog is still early (UPDATE, BYE). */
  owns(request: ReceivedRequest): boolean
  dialogOf(request: ReceivedRequest): Dialog | null
}

export interface OutgoingParts {
  readonly core: CallCore
  readonly target: string
  /** Whom the caller dialled, when that is not where the call is sent. */
  readonly to?: string
  readonly nextHop: string
  readonly from: string
  readonly route: readonly string[]
  readonly headers: readonly Header[]
}

interface Fork {
  dialog: Dialog
  /** RSeq of the last reliable response that was taken (RFC 3262 §4). */
  reliable: number | null
  hasAnswer: boolean
  answerFailed: boolean
}

const mostRedirects = 5

export function startOutgoingCall(parts: OutgoingParts): OutgoingCall {
  const { core } = parts
  const { services } = core
  const localTag = services.token()
  const forks = new Map<string, Fork>()
  const acks = new Map<string, () => void>()
  let sent: SentRequest | null = null
  let sequence = 0
  let redirects = 0
  let leastS = leastIntervalS
  let asked: readonly Header[] = []
  let giveUp: { readonly how: 'cancelled' | 'noAnswer'; readonly reason?: EndReason } | null = null
  let winner: string | null = null

  const offer = makeOffer(core)
  const invite = (target: string): SipRequest => {
    sequence += 1
    asked = timerRequest(services.profile, null, leastS)
    return {
      kind: 'request',
      method: 'INVITE',
      uri: target,
      headers: headersOf([
        ...parts.route.map((value) => ['route', value] as const),
        ['max-forwards', '70'],
        ['from', `${parts.from};tag=${localTag}`],
        ['to', `<${parts.to ?? parts.target}>`],
        ['call-id', core.sipCallId],
        ['cseq', `${sequence} INVITE`],
        ...[contactHeader(core), allowHeader, supportedHeader, ...asked, ...parts.headers].map(({ name, value }) => [name, value] as const),
        ['content-type', 'application/sdp'],
      ]),
      body: Buffer.from(offer?.sdp ?? '', 'utf8'),
    }
  }
  const start = (target: string): void => {
    const nextHop = redirects === 0 ? parts.nextHop : target
    sent = services.requester.send(invite(target), nextHop, {
      onProvisional: progress,
      onOutcome: settle,
      nextSequence: () => {
        sequence += 1
        return sequence
      },
    })
  }
  const forkOf = (response: ReceivedResponse, request: SipRequest): Fork | null => {
    const tag = response.to.parameters.tag ?? ''
    const known = forks.get(tag)
    if (known) return known
    const dialog = dialogOfResponse(request, response)
    if (!dialog || forks.size >= 16) return null
    const fork: Fork = { dialog, reliable: null, hasAnswer: false, answerFailed: false }
    forks.set(tag, fork)
    return fork
  }
  const takeDescription = (fork: Fork, response: ReceivedResponse): void => {
    const sdp = sdpOf(response)
    if (sdp === null || fork.hasAnswer || !offer) return
    // RFC 3261 §13.2.1: the first description of a dialog is the answer, later ones repeat it.
    fork.hasAnswer = true
    fork.answerFailed = !takeAnswer(core, sdp, offer.direction).ok
  }
  function progress(response: ReceivedResponse, request: SipRequest): void {
    if (response.status === 100 || core.state === 'ended') return
    const fork = forkOf(response, request)
    if (!fork) return void changeCall(core, { state: core.state === 'early' ? 'early' : 'ringing' })
    if (hasToken(response, 'require', '100rel') && !acknowledgeProgress(core, fork, response)) return
    if (giveUp) return
    takeDescription(fork, response)
    const hasSpeech = fork.hasAnswer && !fork.answerFailed
    changeCall(core, { state: hasSpeech || core.state === 'early' ? 'early' : 'ringing' })
  }
  function settle(outcome: Outcome) {
    if (outcome.kind === 'response' && outcome.response.status < 300) return accepted(outcome.response, outcome.sent)
    if (core.state === 'ended' || winner !== null) return
    if (giveUp) return endGivenUp()
    if (outcome.kind !== 'response') {
      return endCall(core, 'network', outcome.kind === 'timeout' ? 'noAnswer' : 'lost', {
        ...nothingSaid,
        sipCause: outcome.kind === 'timeout' ? 408 : 503,
      })
    }
    const { response } = outcome
    if (response.status < 400 && followRedirect(response)) return
    const wantedS = Number(header(response, 'min-se'))
    // RFC 4028 §7.3
    if (response.status === 422 && wantedS > leastS && wantedS <= 86_400) {
      leastS = wantedS
      return start(parts.target)
    }
    endCall(core, 'peer', howRefused(response.status), factsOfRefusal(response))
  }
  const followRedirect = (response: ReceivedResponse): boolean => {
    const next = listHeader(response, 'contact').flatMap((value) => parseNameAddress(value)?.uri ?? [])[0]
    const uri = next ? parseUri(next) : null
    // RFC 3261 §8.1.3.4; to telephones only, and not for ever.
    if (!uri || uri.scheme === 'tel' || redirects >= mostRedirects) return false
    redirects += 1
    forks.clear()
    start(uri.text)
    return true
  }
  function accepted(response: ReceivedResponse, request: SipRequest) {
    const tag = response.to.parameters.tag ?? ''
    const repeated = acks.get(tag)
    if (repeated) return repeated()
    const dialog = dialogOfResponse(request, response)
    // A 2xx without tag or Contact opens nothing that could be talked in; there is nowhere to send an ACK (RFC 3261 §12.1).
    if (!dialog) return
    const fork = forks.get(tag)
    const confirmed: Dialog = {
      ...dialog,
      localSequence: Math.max(dialog.localSequence, fork?.dialog.localSequence ?? 0),
      remoteSequence: fork?.dialog.remoteSequence ?? null,
    }
    const acknowledge = (): void => sendAck(core, confirmed, request, response.sequence)
    acks.set(tag, acknowledge)
    acknowledge()
    // §13.2.2.4: of several forks that answer one is talked to; a call that was given up meanwhile is none.
    if (winner !== null || giveUp || core.state === 'ended') {
      byeTo(core, confirmed)
      if (giveUp && winner === null) endGivenUp()
      return
    }
    winner = tag
    open(confirmed, response, fork)
  }
  const open = (dialog: Dialog, response: ReceivedResponse, fork: Fork | undefined) => {
    core.dialog = dialog
    core.inviteSequence = response.sequence
    learnFrom(core, response)
    stopRinging()
    const state: Fork = fork ?? { dialog, reliable: null, hasAnswer: false, answerFailed: false }
    // Only a reliable answer is final (RFC 3262 §5); what a plain 183 announced the 200 may put differently.
    if (state.reliable === null) state.hasAnswer = sdpOf(response) === null && state.hasAnswer
    takeDescription(state, response)
    core.exchange = 'none'
    changeCall(core, { state: 'established', establishedAt: services.clock.now() })
    if (!state.hasAnswer || state.answerFailed) return hangUpEstablished(core, { sipCause: 488, q850Cause: 65 })
    core.sessionTimer = timerOfResponse(response, asked)
    startSessionTimer(core)
  }
  const endGivenUp = (): void =>
    endCall(core, 'here', giveUp?.how ?? 'cancelled', {
      sipCause: 487,
      q850Cause: giveUp?.how === 'noAnswer' ? 19 : 16,
      reasonText: giveUp?.reason?.text ?? null,
    })
  const cancel = (how: 'cancelled' | 'noAnswer', reason?: EndReason): void => {
    if (giveUp || winner !== null) return
    giveUp = { how, ...(reason && { reason }) }
    stopRinging()
    sent?.cancel(reasonHeaders(reason))
    // §9.1: a callee of RFC 2543 may never answer; after 64·T1 the call is taken as cancelled.
    laterInCall(core, transactionMs, endGivenUp)
  }
  const stopRinging = laterInCall(core, services.profile.ringForS * 1_000, () => cancel('noAnswer'))

  start(parts.target)
  return {
    cancel: (reason) => cancel('cancelled', reason),
    owns: (request) => [...forks.values()].some(({ dialog }) => isOfDialog(dialog, request)),
    dialogOf: (request) => [...forks.values()].find(({ dialog }) => isOfDialog(dialog, request))?.dialog ?? null,
  }
}

/** RFC 3262 §4: taken in order only, each one acknowledged by a PRACK of its own. False: a repetition, or one before its turn. */
function acknowledgeProgress(core: CallCore, fork: Fork, response: ReceivedResponse): boolean {
  const rseq = Number(header(response, 'rseq'))
  if (!Number.isInteger(rseq) || rseq < 1 || (fork.reliable !== null && rseq !== fork.reliable + 1)) return false
  fork.reliable = rseq
  const { dialog, request, nextHop } = requestIn(fork.dialog, 'PRACK', { headers: [['rack', `${rseq} ${response.sequence} INVITE`]] })
  fork.dialog = dialog
  core.services.requester.send(request, nextHop, {
    nextSequence: () => {
      fork.dialog = { ...fork.dialog, localSequence: fork.dialog.localSequence + 1 }
      return fork.dialog.localSequence
    },
    onOutcome: () => {},
  })
  return true
}

function sendAck(core: CallCore, dialog: Dialog, invite: SipRequest, sequence: number): void {
  // RFC 3261 §22.1: the ACK carries the credentials of its INVITE, because it cannot be challenged.
  const credentials = invite.headers.filter(({ name }) => name === 'authorization' || name === 'proxy-authorization')
  const { request, nextHop } = requestIn(dialog, 'ACK', { sequence, headers: credentials.map(({ name, value }) => [name, value] as const) })
  core.services.requester.acknowledge(request, nextHop)
}

function byeTo(core: CallCore, dialog: Dialog): void {
  const { request, nextHop } = requestIn(dialog, 'BYE')
  core.services.requester.send(request, nextHop, { onOutcome: () => {} })
}
