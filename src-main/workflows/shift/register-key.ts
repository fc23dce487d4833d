import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { SeatKeyPair } from '../../platform/ports'
import type { Central } from '../ports'

/** Before the first sealed record leaves, the centre is told the public half of the key; once for each run of the program. */
export type RegisterKey = (options: { readonly accountNo: string; readonly timeoutMs: number }) => Promise<Result<unknown, AppError>>

export function createRegisterKey(central: Central, { keyId, publicKey }: Pick<SeatKeyPair, 'keyId' | 'publicKey'>): RegisterKey {
  let isKnown = false
  return async (options) => {
    if (isKnown) return ok({})
    const registered = await central.call('seatKeys.register', { params: { keyId }, body: { publicKey } }, options)
    isKnown = registered.ok
    return registered
  }
}
