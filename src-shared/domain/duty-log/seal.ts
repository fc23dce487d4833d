import { canonicalText } from '../../base/canonical'
import type { EpochMs } from '../../base/clock'
import { type Stamp, stampAfter } from '../../base/hybrid-clock'
import type { DutyLogKind } from './duty-log'

/**
 * The seal of a duty log entry: each entry of a seat names the hash of the one before it and is signed with the key of the seat. A chain belongs to
 * one key; a PC that was set up anew has a new key and begins a new chain. Pure: hashing and signing come in as `Sealing`.
 */

/** What an entry may point at. */
export const linkKinds = {
  case: '案卷',
  call: '通话',
  camera: '探头',
  seat: '坐席',
  attachment: '照片',
  handover: '交接',
  repair: '报障',
} as const
export type LinkKind = keyof typeof linkKinds
export interface DutyLogLink {
  readonly to: LinkKind
  readonly id: string
  /** As people call it: the number of the case, the name of the camera. */
  readonly label: string
}

/** Who wrote it: a person, or the program about something that it saw. Shown, signed, and never to be confused. */
export const origins = { person: '人工', automatic: '自动' } as const
export type Origin = keyof typeof origins

/** What is chained and signed of an entry. `corrects`: the entry that this one puts right; both stay. */
export interface Words {
  readonly entryId: string
  readonly kind: DutyLogKind
  readonly text: string
  readonly shiftId: string | null
  readonly authorNo: string
  readonly authorName: string
  readonly seatNo: string
  readonly writtenAt: EpochMs
  readonly origin: Origin
  readonly corrects: string | null
  readonly links: readonly DutyLogLink[]
}

export interface Seal {
  /** SHA-256 of the public key, hex: names the chain. */
  readonly keyId: string
  /** 1, 2, 3 … without gaps within a chain. */
  readonly position: number
  readonly stamp: Stamp
  readonly previousHash: string
  readonly hash: string
  /** Ed25519 (RFC 8032), base64. */
  readonly signature: string
}

export interface SealedEntry {
  readonly words: Words
  readonly seal: Seal
}

/** The end of a chain: what the next entry hangs on. */
export interface ChainHead {
  readonly keyId: string
  readonly position: number
  readonly hash: string
  readonly stamp: Stamp
}

/** What the first entry of a chain hangs on. */
export const noHash = '0'.repeat(64)

export interface Sealing {
  /** Of the text in UTF-8; 64 hex digits. */
  sha256(text: string): string
  /** Ed25519 over the text in UTF-8; base64. */
  sign(text: string): string
}

/** What a seal is over, in one spelling. The first line keeps a signature from ever standing for something else. */
export function sealedText(words: Words, { keyId, position, stamp, previousHash }: Omit<Seal, 'hash' | 'signature'>): string {
  const { entryId, kind, text, shiftId, authorNo, authorName, seatNo, writtenAt, origin, corrects, links } = words
  const named = links.map(({ to, id, label }) => ({ to, id, label }))
  const stamped = { ms: stamp.ms, count: stamp.count }
  return canonicalText({
    ...{ entryId, kind, text, shiftId, authorNo, authorName, seatNo, writtenAt, origin, corrects, links: named },
    ...{ keyId, position, stamp: stamped, previousHash },
  })
}

export const signedText = (hash: string) => `duty-log/1\n${hash}`

/** Seals what is written now behind `head`. `now` is the time of this PC. */
export function sealEntry(words: Words, head: ChainHead, now: EpochMs, { sha256, sign }: Sealing): SealedEntry {
  const stamp = stampAfter(head.stamp, now)
  const place = { keyId: head.keyId, position: head.position + 1, stamp, previousHash: head.hash }
  const hash = sha256(sealedText(words, place))
  return { words, seal: { ...place, hash, signature: sign(signedText(hash)) } }
}

export const headAfter = ({ seal }: SealedEntry): ChainHead => ({
  keyId: seal.keyId,
  position: seal.position,
  hash: seal.hash,
  stamp: seal.stamp,
})

export const emptyChain = (keyId: string, stamp: Stamp): ChainHead => ({ keyId, position: 0, hash: noHash, stamp })
