import { type Canonical, canonicalText } from '#shared/base/canonical'
import type { EpochMs } from '#shared/base/clock'
import { afterHearing, noStamp, type Stamp, stampAfter } from '#shared/base/hybrid-clock'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import { type ChainHead, emptyChain, headAfter, type SealedEntry, sealEntry, type Words } from '#shared/domain/duty-log/seal'
import { stepText } from '#shared/domain/shift/handover'
import type { SeatKeyPair } from '../../platform/ports'
import type { Store } from '../ports'

/** Seals what this seat writes. Every function runs inside the caller's transaction: the end of the chain moves with the record, or not at all. */
export interface LogSealer {
  readonly keyId: string
  readonly publicKey: string
  sha256(text: string): string
  seal(words: Words): SealedEntry
  sign(step: Omit<HandoverStepSchema, 'stamp' | 'keyId' | 'signature'>): HandoverStepSchema
  /** Somebody else's record was read: what is written from now on comes after it. */
  hear(stamp: Stamp): void
}

export function createLogSealer(key: SeatKeyPair, store: Pick<Store, 'logChain'>, now: () => EpochMs): LogSealer {
  const { keyId, publicKey, sha256, sign } = key
  const head = (): ChainHead => store.logChain.head(keyId) ?? emptyChain(keyId, store.logChain.newestStamp() ?? noStamp)
  return {
    ...{ keyId, publicKey, sha256 },
    seal(words) {
      const sealed = sealEntry(words, head(), now(), { sha256, sign })
      store.logChain.put(headAfter(sealed))
      return sealed
    },
    sign(step) {
      const before = head()
      const stamp = stampAfter(before.stamp, now())
      store.logChain.put({ ...before, stamp })
      const stamped = { ...step, stamp, keyId }
      return { ...stamped, signature: sign(stepText(sha256(canonicalText(stamped as unknown as Canonical)))) }
    },
    hear(stamp) {
      const before = head()
      store.logChain.put({ ...before, stamp: afterHearing(before.stamp, stamp, now()) })
    },
  }
}
