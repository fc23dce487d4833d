import { ok } from '#shared/base/result'
import type { DutyLogArchive, DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import { type ChainStart, verifyLog } from '#shared/domain/duty-log/verify'
import type { Step } from '#shared/domain/shift/handover'
import { headsOfHandovers } from '#shared/domain/shift/handover-heads'
import { entriesOfSpan, hashAt, listSeatKeys, spansOf } from '../../store/log-store'
import { listSteps } from '../../store/shift-store'
import type { Answer, Ask, Services } from '../services'
import { createProving } from './proving'
import { isSignedStep } from './signed-step'
import { sealedOf } from './verify-log'

/**
 * A month of the log for the archive 归档: copied out with everything that proves it, and nothing taken away here. Years later it is checked without this
 * centre: keys, the entry that each chain hangs on, and the signatures of handovers travel with it.
 */
export async function archiveMonth(services: Services, ask: Ask<InputOf<'dutyLog.archive'>>): Answer<OutputOf<'dutyLog.archive'>> {
  const { db, clock } = services
  const { month } = ask.input.query
  const [from, until] = spanOfMonth(month)
  const entries = await entriesOfSpan(db, from, until)
  const starts: ChainStart[] = []
  for (const [keyId, [first]] of spansOf(entries)) {
    const hash = first > 1 ? await hashAt(db, keyId, first - 1) : undefined
    if (hash !== undefined) starts.push({ keyId, position: first - 1, hash })
  }
  const used = new Set(entries.flatMap(({ seal }) => (seal ? [seal.keyId] : [])))
  const steps = await listSteps(db, from)
  const begun = new Map<string, number>()
  for (const { handoverId, at } of steps) begun.set(handoverId, Math.min(at, begun.get(handoverId) ?? at))
  const handovers = steps.filter(({ handoverId }) => {
    const at = begun.get(handoverId) ?? 0
    return at >= from && at < until
  })
  const signing = new Set([...used, ...handovers.map(({ keyId }) => keyId)])
  const keys = (await listSeatKeys(db)).filter(({ keyId }) => signing.has(keyId))
  const { proofs, unsealed } = proofOfArchive({ month, entries, keys, starts, handovers })
  return ok({
    ...{ month, at: clock.now(), entries: [...entries], keys: [...keys], starts: [...starts], handovers: [...handovers] },
    proofs: proofs.map((proof) => ({ ...proof, findings: [...proof.findings] })),
    unsealed,
  })
}

/** Proves an archive by what it brings along: the same here, and years later from its file alone. */
export function proofOfArchive({
  month,
  entries,
  keys,
  starts,
  handovers,
}: {
  readonly month: string
  readonly entries: readonly DutyLogEntry[]
  readonly keys: DutyLogArchive['keys']
  readonly starts: readonly ChainStart[]
  readonly handovers: readonly HandoverStepSchema[]
}) {
  const sealed = entries.flatMap((entry) => sealedOf(entry) ?? []).sort((a, b) => a.seal.position - b.seal.position)
  const proving = createProving()
  const [, until] = spanOfMonth(month)
  const spans = spansOf(entries)
  // A handover of the month also names chains that wrote nothing in it, and one that went on after it knows of more than the month.
  const known = headsOfHandovers((handovers as readonly Step[]).filter((step) => isSignedStep(step as HandoverStepSchema, keys, proving)))
  const heads = known.filter(({ keyId, at, position }) => at < until && position >= (spans.get(keyId)?.[0] ?? Number.MAX_SAFE_INTEGER))
  return { proofs: verifyLog(sealed, keys, proving, heads, starts), unsealed: entries.length - sealed.length }
}

/** China time: from the first day of the month to the first of the next. */
function spanOfMonth(month: string): readonly [number, number] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return [Date.parse(`${month}-01T00:00:00+08:00`), Date.parse(`${next}-01T00:00:00+08:00`)]
}
