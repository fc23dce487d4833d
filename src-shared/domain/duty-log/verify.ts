import { compareStamps } from '../../base/hybrid-clock'
import { noHash, type Seal, type SealedEntry, sealedText, signedText } from './seal'

/**
 * Reads sealed entries as somebody who trusts nobody: which were changed, which are gone, which were put in, which stand in another place than they
 * were signed for. Pure; it says what it finds and mends nothing.
 *
 * A hash proves the words, the signature proves the hash, the position proves the place, and the head that is known from elsewhere (a handover's
 * record, the last report of the seat) proves the end: without it, entries cut off at the end leave no gap.
 */
export interface LogKey {
  readonly keyId: string
  readonly seatNo: string
  readonly publicKey: string
}

export interface Proving {
  sha256(text: string): string
  isSignedBy(publicKey: string, text: string, signature: string): boolean
}

export const findingKinds = {
  tampered: '被改动',
  deleted: '被删除',
  inserted: '被插入',
  reordered: '顺序被改',
} as const
export type FindingKind = keyof typeof findingKinds

export interface Finding {
  readonly kind: FindingKind
  readonly keyId: string
  readonly position: number
  /** Null where nothing is left to name. */
  readonly entryId: string | null
  /** For people: what of it does not fit. */
  readonly because: string
}

export interface LogProof {
  readonly keyId: string
  readonly seatNo: string | null
  readonly entries: number
  readonly last: { readonly position: number; readonly hash: string } | null
  readonly findings: readonly Finding[]
}

/** What is known of a chain from elsewhere. */
export interface KnownHead {
  readonly keyId: string
  readonly position: number
  /** Null: that there was one is known, and not what it said. */
  readonly hash: string | null
  /** Where it is known from, for people. */
  readonly from?: string
}

/** For a part of a chain: the entry before its first. */
export type ChainStart = KnownHead & { readonly hash: string }

/**
 * One proof for each chain. `rows` in the order in which they are kept. `starts`: for a part of a chain, the entry that its first one hangs on; what lies
 * before is not asked for.
 */
export function verifyLog(
  rows: readonly SealedEntry[],
  keys: readonly LogKey[],
  proving: Proving,
  heads: readonly KnownHead[] = [],
  starts: readonly ChainStart[] = [],
): readonly LogProof[] {
  const chains = new Map<string, SealedEntry[]>()
  for (const head of heads) chains.set(head.keyId, [])
  for (const row of rows) {
    const chain = chains.get(row.seal.keyId)
    if (chain) chain.push(row)
    else chains.set(row.seal.keyId, [row])
  }
  return [...chains].map(([keyId, chain]) => {
    const key = keys.find((one) => one.keyId === keyId)
    const known = heads.filter((head) => head.keyId === keyId)
    return verifyChain(
      chain,
      keyId,
      key,
      proving,
      known,
      starts.find((start) => start.keyId === keyId),
    )
  })
}

function verifyChain(
  rows: readonly SealedEntry[],
  keyId: string,
  key: LogKey | undefined,
  proving: Proving,
  heads: readonly KnownHead[],
  start: ChainStart | undefined,
): LogProof {
  if (!key) {
    const findings = rows.map((row) => finding('inserted', row, '签名所用的密钥没有在中心登记'))
    return { keyId, seatNo: null, entries: rows.length, last: null, findings }
  }
  const { genuine, findings } = sift(rows, key, proving)
  const upTo = Math.max(0, ...heads.map(({ position }) => position), ...genuine.map(({ seal }) => seal.position))
  const byPosition = new Map(genuine.map((row) => [row.seal.position, row]))
  const damaged = new Set(findings.filter(({ kind }) => kind === 'tampered').map(({ position }) => position))
  const last = genuine.reduce<SealedEntry | undefined>(
    (best, row) => (!best || row.seal.position > best.seal.position ? row : best),
    undefined,
  )
  // Behind the last entry nothing of the chain itself tells that more was there.
  const whyGone = (position: number): string => {
    const witness = position > (last?.seal.position ?? 0) ? heads.find((head) => head.position >= position) : undefined
    return witness ? `${witness.from ?? '别处'}已有第 ${witness.position} 条，这里没有` : '这个序号没有记录'
  }
  for (let position = (start?.position ?? 0) + 1; position <= upTo; position++) {
    const row = byPosition.get(position)
    if (!row) {
      if (!damaged.has(position)) findings.push({ kind: 'deleted', keyId, position, entryId: null, because: whyGone(position) })
      continue
    }
    if (start && position === start.position + 1) {
      if (row.seal.previousHash !== start.hash) findings.push(finding('inserted', row, '不接上月末条，属于另一条链'))
    } else findings.push(...againstNeighbour(row, byPosition.get(position - 1)))
  }
  for (const head of heads) {
    const row = byPosition.get(head.position)
    if (row && head.hash !== null && row.seal.hash !== head.hash) findings.push(finding('tampered', row, '与交接时留存的摘要不符'))
  }
  findings.sort((a, b) => a.position - b.position)
  return {
    keyId,
    seatNo: key.seatNo,
    entries: rows.length,
    last: last ? { position: last.seal.position, hash: last.seal.hash } : null,
    findings,
  }
}

/** Tells the rows whose words, seal and place belong together from the others; a genuine row that stands twice counts once. */
function sift(rows: readonly SealedEntry[], key: LogKey, proving: Proving): { genuine: SealedEntry[]; findings: Finding[] } {
  const genuine: SealedEntry[] = []
  const findings: Finding[] = []
  const seen = new Set<number>()
  const doubtful: SealedEntry[] = []
  let before = 0
  for (const row of rows) {
    if (!isGenuine(row, row.seal, key, proving)) {
      doubtful.push(row)
      continue
    }
    const { position } = row.seal
    if (seen.has(position)) {
      findings.push(finding('inserted', row, '同一序号出现两次'))
      continue
    }
    if (position < before) findings.push(finding('reordered', row, `排在第 ${before} 条之后`))
    before = Math.max(before, position)
    seen.add(position)
    genuine.push(row)
  }
  const free = [...doubtful.map(({ seal }) => seal.position), ...gapsOf(seen, rows.length)]
  for (const row of doubtful) {
    const signedFor = free.find((position) => !seen.has(position) && isGenuine(row, { ...row.seal, position }, key, proving))
    if (signedFor !== undefined) {
      findings.push(finding('reordered', row, `签名时是第 ${signedFor} 条`))
      seen.add(signedFor)
      genuine.push({ words: row.words, seal: { ...row.seal, position: signedFor } })
    } else if (seen.has(row.seal.position)) findings.push(finding('inserted', row, '没有本坐席的有效签名'))
    else if (isSigned(row, key, proving)) findings.push(finding('tampered', row, '内容与签名时的摘要不符'))
    else findings.push(finding('tampered', row, '签名无效，原内容已不在'))
  }
  return { genuine, findings }
}

function* gapsOf(seen: ReadonlySet<number>, most: number): Generator<number> {
  const upTo = Math.max(most, ...seen)
  for (let position = 1; position <= upTo; position++) if (!seen.has(position)) yield position
}

function isGenuine({ words, seal }: SealedEntry, as: Seal, key: LogKey, proving: Proving): boolean {
  return words.seatNo === key.seatNo && proving.sha256(sealedText(words, as)) === seal.hash && isSigned({ words, seal }, key, proving)
}

function isSigned({ seal }: SealedEntry, key: LogKey, proving: Proving): boolean {
  return proving.isSignedBy(key.publicKey, signedText(seal.hash), seal.signature)
}

/** Both rows are genuine: what does not fit between them was signed so, by a seat that went back to an older state of its disk. */
function againstNeighbour(row: SealedEntry, before: SealedEntry | undefined): readonly Finding[] {
  if (row.seal.position === 1) {
    return row.seal.previousHash === noHash ? [] : [finding('inserted', row, '首条之前另有记录')]
  }
  if (!before) return []
  if (row.seal.previousHash !== before.seal.hash) return [finding('inserted', row, '不接上一条，属于另一条链')]
  if (compareStamps(row.seal.stamp, before.seal.stamp) <= 0) return [finding('reordered', row, '时刻早于上一条')]
  return []
}

const finding = (kind: FindingKind, { words, seal }: SealedEntry, because: string): Finding => ({
  kind,
  keyId: seal.keyId,
  position: seal.position,
  entryId: words.entryId,
  because,
})
