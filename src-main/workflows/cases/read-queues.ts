import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import type { SeatContext } from '../context'
import { rowsPerTransaction } from './keep-cases'

/**
 * Reads every queue of the signed-in post from the centre, a page at a time, while events go on being applied. Between pages and between
 * transactions everything else has its turn.
 *
 * A queue that time alone fills (超时) cannot be followed by events: a case enters it without anything happening. For a post that has one, all open
 * cases are read instead, of which every queue is a part, and the seat's own clock does the rest.
 */
const pageLength = 1_000
const pageTimeoutMs = 15_000

/** `isWanted` false, looked at after every wait: somebody else signed in, or the whole state is due again. The rest is then left. */
export async function readQueues(
  seat: Pick<SeatContext, 'central' | 'cases' | 'clock'>,
  isWanted: () => boolean,
): Promise<Result<'read' | 'left', AppError>> {
  const reading = seat.cases.beginReading()
  for (const { filter, queues } of readingsOf(seat.cases.queues())) {
    let after: string | undefined
    do {
      const query = { ...filter, limit: pageLength, ...(after !== undefined && { after }) }
      const page = await seat.central.call('cases.list', { query }, { timeoutMs: pageTimeoutMs })
      if (!page.ok || !isWanted()) {
        reading.abandon()
        return page.ok ? ok('left') : page
      }
      const kept = await keepInSlices(seat.clock, reading.keep, page.value.items, isWanted)
      if (!kept.ok || !isWanted()) {
        reading.abandon()
        return kept.ok ? ok('left') : kept
      }
      after = page.value.next ?? undefined
    } while (after !== undefined)
    for (const queue of queues) reading.complete(queue)
  }
  const finished = reading.finish()
  return finished.ok ? ok('read') : finished
}

interface QueueReading {
  readonly filter: { readonly queue?: QueueId; readonly isOpen?: true }
  readonly queues: readonly QueueId[]
}

export function readingsOf(queues: readonly QueueId[]): readonly QueueReading[] {
  if (queues.some((queue) => queueSpec(queue).filter.isOverdue)) return [{ filter: { isOpen: true }, queues }]
  return queues.map((queue) => ({ filter: { queue }, queues: [queue] }))
}

async function keepInSlices(
  clock: SeatContext['clock'],
  keep: (rows: readonly CaseRow[]) => Result<void, AppError>,
  rows: readonly CaseRow[],
  isWanted: () => boolean,
): Promise<Result<void, AppError>> {
  for (let from = 0; from < rows.length && isWanted(); from += rowsPerTransaction) {
    const kept = keep(rows.slice(from, from + rowsPerTransaction))
    if (!kept.ok) return kept
    await new Promise<void>((resolve) => void clock.after(0, resolve))
  }
  return ok(undefined)
}
