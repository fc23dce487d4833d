import { useEffect } from 'react'
import { draftKeyOfCall } from '#shared/domain/case/registration'
import { useBridge } from '../../../../bridge/react'
import { positionOf, type RegistrationDraft } from '../registration-draft'
import type { CallInHand } from './use-call-in-hand'

/** While a citizen is on the line, the pin of that call's report goes along with the state of this seat: whoever answers for the shift sees where people call from. */
export function useTellPlace(call: CallInHand | undefined, draftKey: string | undefined, draft: RegistrationDraft): void {
  const bridge = useBridge()
  const callId = call?.isTaken && call.ended === null && draftKey === draftKeyOfCall(call.callId) ? call.callId : undefined
  const place = draft.callId === callId ? draft.position : ''
  useEffect(() => {
    // A call that ended this moment is on no map: nothing to say to anybody.
    if (callId !== undefined) void bridge.call('telephone.place', { callId, position: positionOf(place) ?? null })
  }, [bridge, callId, place])
}
