import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { CallerKnown, EarlierCall } from '#shared/contracts/caller-shapes'
import { inOrder } from '#shared/domain/case/known-caller'
import type { Store } from '../ports'

/** What this seat knows of a line by itself: cases as the centre last told them, with masked names, and the calls that this seat took. */
const mostShown = 20

export function fromSeat(
  store: Pick<Store, 'callers' | 'calls'>,
  { callId, line, number }: { readonly callId: string; readonly line: string; readonly number: string },
  now: EpochMs,
): CallerKnown {
  const found = store.callers.find(line)
  const cases = inOrder(found.map(({ row }) => row)) as CallerKnown['cases']
  const { items } = store.calls.list({ which: 'all', number, until: now, limit: mostShown })
  const calls = items.filter((call) => call.callId !== callId)
  return {
    names: namesOf(found),
    cases: cases.slice(0, mostShown),
    total: cases.length,
    calls: calls.map(earlier),
    callTotal: calls.length,
    lastFollowUp: null,
    maybes: [],
  }
}

const earlier = ({ callId, startedAt, answeredAt, direction, name, wrapUpCode }: CallRecord): EarlierCall => ({
  ...{ callId, startedAt, answeredAt, direction, wrapUpCode },
  agentName: answeredAt === null ? null : name,
})

function namesOf(found: ReturnType<Store['callers']['find']>): CallerKnown['names'] {
  const names = new Map<string, CallerKnown['names'][number]>()
  for (const { name, gender, row } of found) {
    if (name === '') continue
    const known = names.get(name)
    names.set(name, { name, gender, times: (known?.times ?? 0) + 1, lastAt: Math.max(known?.lastAt ?? 0, row.beganAt) })
  }
  return [...names.values()].sort((a, b) => b.times - a.times || b.lastAt - a.lastAt)
}
