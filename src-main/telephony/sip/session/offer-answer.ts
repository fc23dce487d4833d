import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { MediaDirection, NegotiatedMedia } from '../media-session'
import { applyMedia, type CallCore, changeCall } from './call-core'
import { answerOffer, type DescriptionFailure, readAnswer, readDescription, receivesIn, writeOffer } from './describe-media'

/** The negotiation of a call (RFC 3264): its own offers and answers, with the o= line counted and the hold of both sides kept. */

/** What this end wants, before the peer has its say. */
export function wantedDirection(core: CallCore): MediaDirection {
  return core.isHeldHere ? 'sendonly' : 'sendrecv'
}

export async function openMedia(core: CallCore): Promise<Result<void, AppError>> {
  if (core.media) return ok(undefined)
  const opened = await core.services.mediaPort.open(core.id)
  if (!opened.ok) return opened
  if (core.state === 'ended') {
    opened.value.close()
    return err(appError('phone/callEnded'))
  }
  core.media = opened.value
  return ok(undefined)
}

/** RFC 3264 §8.3.1: an offer in an established session keeps to a held peer's wish; it may send nothing that the peer does not want. */
export function makeOffer(core: CallCore): { readonly sdp: string; readonly direction: MediaDirection } | null {
  if (!core.media) return null
  const direction = core.isHeldHere && core.isHeldByPeer ? 'inactive' : wantedDirection(core)
  core.exchange = 'ours'
  return { sdp: writeOffer(core.media.local(), nextId(core), direction), direction }
}

export function takeAnswer(core: CallCore, sdp: string, offered: MediaDirection): Result<NegotiatedMedia, DescriptionFailure> {
  core.exchange = 'none'
  const described = readDescription(sdp)
  if (!described.ok) return described
  if (!core.media) return err('noAudio')
  const agreed = readAnswer(described.value, core.media.local(), offered)
  if (!agreed.ok) return agreed
  // A peer that answers our sendrecv with sendonly or inactive is holding us; under our own hold its answer says nothing of its wish.
  if (!core.isHeldHere) core.isHeldByPeer = !receivesIn(described.value.direction)
  applyMedia(core, agreed.value)
  return agreed
}

/** Our answer to the peer's offer; what both agreed on holds from the moment the answer leaves. */
export function makeAnswer(core: CallCore, offerText: string): Result<string, DescriptionFailure> {
  const offer = readDescription(offerText)
  if (!offer.ok) return offer
  if (!core.media) return err('noAudio')
  const answer = answerOffer(offer.value, core.media.local(), nextId(core), wantedDirection(core))
  if (!answer.ok) return answer
  const isHeld = !receivesIn(offer.value.direction)
  if (core.isHeldByPeer !== isHeld) {
    if (core.state === 'established') changeCall(core, { isHeldByPeer: isHeld })
    else core.isHeldByPeer = isHeld
  }
  applyMedia(core, answer.value.media)
  return ok(answer.value.text)
}

function nextId(core: CallCore): { readonly sessionId: string; readonly version: number } {
  core.sdpVersion += 1
  return { sessionId: core.sdpSessionId, version: core.sdpVersion }
}
