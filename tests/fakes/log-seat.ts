import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { EpochMs } from '#shared/base/clock'
import { afterHearing, noStamp } from '#shared/base/hybrid-clock'
import { emptyChain, headAfter, type SealedEntry, type Sealing, sealEntry, type Words } from '#shared/domain/duty-log/seal'
import type { LogKey, Proving } from '#shared/domain/duty-log/verify'

/** Node's own crypto, as the seat and the centre use it. */
export const proving: Proving = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  isSignedBy(publicKey, text, signature) {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  },
}

/** A seat with a key of its own whose clock is wrong by `skewMs`, and that knows what it wrote and what it heard. */
export interface LogSeat {
  readonly key: LogKey
  readonly privateKey: KeyObject
  readonly written: SealedEntry[]
  readonly known: Map<string, SealedEntry>
  write(at: EpochMs, text: string): SealedEntry
  hear(at: EpochMs, rows: readonly SealedEntry[]): void
  /** The PC is set back to an image in which the last entries were not written yet. */
  goBack(entries: number): void
}

export function createLogSeat(seatNo: string, skewMs = 0, name: () => Partial<Words> = () => ({})): LogSeat {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const keyId = proving.sha256(publicKey)
  const sealing: Sealing = {
    sha256: proving.sha256,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), pair.privateKey).toString('base64'),
  }
  let head = emptyChain(keyId, noStamp)
  const known = new Map<string, SealedEntry>()
  const written: SealedEntry[] = []
  return {
    key: { keyId, seatNo, publicKey },
    privateKey: pair.privateKey,
    written,
    known,
    write(at, text) {
      const now = at + skewMs
      const words = {
        entryId: `${seatNo}-${written.length + 1}`,
        ...{ kind: 'event' as const, text, shiftId: null, authorNo: `09${seatNo}`, authorName: '测试', seatNo },
        ...{ writtenAt: now, origin: 'person' as const, corrects: null, links: [] },
        ...name(),
      }
      const row = sealEntry(words, head, now, sealing)
      head = headAfter(row)
      written.push(row)
      known.set(row.seal.hash, row)
      return row
    },
    goBack(entries) {
      written.splice(-entries)
      const last = written.at(-1)
      head = last ? headAfter(last) : emptyChain(keyId, noStamp)
    },
    hear(at, rows) {
      for (const row of rows) {
        if (known.has(row.seal.hash)) continue
        known.set(row.seal.hash, row)
        head = { ...head, stamp: afterHearing(head.stamp, row.seal.stamp, at + skewMs) }
      }
    },
  }
}
