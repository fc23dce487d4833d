import { telephoneKeyIds } from '../../features/softphone/key-names'
import { useSoftphone } from '../../features/softphone/softphone'
import { type KeyHandlers, useKeyHandlers } from '../keyboard/keyboard'

/** Gives the telephone's keys to the softphone of this window. */
export function useTelephoneKeys(isActive: boolean): void {
  const { press, hangUp } = useSoftphone()
  const presses: KeyHandlers = Object.fromEntries(
    telephoneKeyIds.map((id) => [`telephone.${id}`, id === 'hangUp' ? hangUp : () => press(id)]),
  )
  useKeyHandlers(presses, isActive)
}
