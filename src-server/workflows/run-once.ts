import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { claimKey, type KeyedRequest, saveAnswer } from '../store/record-store'
import type { Work } from '../store/transaction'

/**
 * Makes work happen once per key: the claim, the effect and the answer are one transaction, and a repeat gets the stored answer. A refusal is
 * rolled back with its claim, so the key may be used again once the reason is gone. Error of its own: `request/keyReused`.
 */
export function onceOnly<T>(request: KeyedRequest, now: number, work: Work<T>): Work<T> {
  return async (unit) => {
    const first = await claimKey(unit.trx, request, now)
    if (first) {
      if (first.requestHash !== request.requestHash) return err(appError('request/keyReused'))
      return ok(JSON.parse(first.answer) as T)
    }
    const result = await work(unit)
    if (result.ok) await saveAnswer(unit.trx, request, JSON.stringify(result.value))
    return result
  }
}
