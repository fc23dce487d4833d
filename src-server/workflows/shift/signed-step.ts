import { type Canonical, canonicalText } from '#shared/base/canonical'
import type { HandoverStepSchema, SeatKey } from '#shared/contracts/shift-shapes'
import type { Proving } from '#shared/domain/duty-log/verify'
import { stepText } from '#shared/domain/shift/handover'

/** Whether this step of a handover is as the seat signed it that it names. */
export function isSignedStep(signed: HandoverStepSchema, keys: readonly SeatKey[], proving: Proving): boolean {
  const { keyId, signature, ...step } = signed
  const key = keys.find((one) => one.keyId === keyId)
  if (!key || key.seatNo !== step.seatNo) return false
  const hash = proving.sha256(canonicalText({ ...step, keyId } as unknown as Canonical))
  return proving.isSignedBy(key.publicKey, stepText(hash), signature)
}
