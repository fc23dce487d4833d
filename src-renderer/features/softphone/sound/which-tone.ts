import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'

/**
 * What the seat hears besides speech. `ring`: on the ringing device. `waiting`: a second call while one is spoken with, softly in the headset, so
 * that the citizen does not hear it. `ringBack`: a call out rings at the far side, and the exchange plays nothing itself.
 */
export type SeatTone = 'ring' | 'waiting' | 'ringBack'

const inSpeech = ['answering', 'dialing', 'early', 'talking', 'transferring'] as const

export function toneFor(calls: readonly Pick<TelephoneCallView, 'phase' | 'hasEarlyMedia' | 'held'>[]): SeatTone | null {
  const isInSpeech = calls.some(({ phase }) => inSpeech.some((one) => one === phase))
  if (calls.some(({ phase }) => phase === 'ringing')) return isInSpeech ? 'waiting' : 'ring'
  // Beside speech that goes on nothing is played; a call that is held waits for the one being dialled.
  const isTalking = calls.some(({ phase, held }) => phase === 'talking' && held === 'none')
  return !isTalking && calls.some(({ phase, hasEarlyMedia }) => phase === 'early' && !hasEarlyMedia) ? 'ringBack' : null
}
